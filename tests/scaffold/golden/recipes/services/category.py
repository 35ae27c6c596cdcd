"""The rules of categories."""

from django_layers.schemas import Page, Upload
from django_layers.services import UnitOfWork
from pydantic import MISSING

from mealgenie.actors import Actor
from recipes.repositories.category import CategoryRepository
from recipes.schemas.category import (
    CategoryChanges,
    CategoryCreate,
    CategoryInsert,
    CategoryQuery,
    CategoryRead,
    CategoryUpdate,
)
from recipes.services.tag import TagService


class CategoryService:
    """The rules of categories, and the only way in for callers."""

    def __init__(
        self,
        *,
        categories: CategoryRepository,
        tags: TagService,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._categories = categories
        self._tags = tags
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, category_id: int) -> CategoryRead:
        """Return a category.

        Raises:
            NotFound: there is no such category.
        """
        return self._categories.get(category_id)

    def page(self, actor: Actor, query: CategoryQuery) -> Page[CategoryRead]:
        """Return a page of categories."""
        return self._categories.page(query)

    def require(self, actor: Actor, *category_ids: int) -> None:
        """Make sure that there are these categories, before something refers to them.

        Raises:
            NotFound: there is no such category.
        """
        self._categories.require(*category_ids)

    def create(self, actor: Actor, data: CategoryCreate) -> CategoryRead:
        """Create a category.

        Raises:
            NotAuthenticated: the actor is nobody.
            Forbidden: the actor lacks the permission.
            NotFound: there is no such parent, tag or group, or the actor may not see
                it.
        """
        actor.require("recipes.add_category")
        with self._unit_of_work():
            if data.parent_id is not None:
                self.require(actor, data.parent_id)
            self._tags.require(actor, *data.tag_ids)
            self._categories.require_groups(*data.group_ids)
            return self._categories.add(
                CategoryInsert(
                    name=data.name,
                    parent_id=data.parent_id,
                    tag_ids=data.tag_ids,
                    group_ids=data.group_ids,
                )
            )

    def update(
        self, actor: Actor, category_id: int, data: CategoryUpdate
    ) -> CategoryRead:
        """Change a category; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such category, parent, tag or group, or the actor may
                not see it.
            Forbidden: the actor lacks the permission.
        """
        actor.require("recipes.change_category")
        with self._unit_of_work():
            if data.parent_id is not MISSING and data.parent_id is not None:
                self.require(actor, data.parent_id)
            if data.tag_ids is not MISSING:
                self._tags.require(actor, *data.tag_ids)
            if data.group_ids is not MISSING:
                self._categories.require_groups(*data.group_ids)
            return self._categories.update(
                category_id,
                CategoryChanges(
                    name=data.name,
                    parent_id=data.parent_id,
                    tag_ids=data.tag_ids,
                    group_ids=data.group_ids,
                ),
            )

    def delete(self, actor: Actor, category_id: int) -> None:
        """Delete a category.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such category.
            Forbidden: the actor lacks the permission.
            Conflict: something still refers to the category.
        """
        actor.require("recipes.delete_category")
        with self._unit_of_work():
            self._categories.delete(category_id)

    def set_manual(
        self, actor: Actor, category_id: int, upload: Upload
    ) -> CategoryRead:
        """Store the manual of a category, in place of the one before.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such category.
            Forbidden: the actor lacks the permission.
        """
        actor.require("recipes.change_category")
        with self._unit_of_work():
            return self._categories.set_manual(category_id, upload)

    def remove_manual(self, actor: Actor, category_id: int) -> CategoryRead:
        """Remove the manual of a category.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such category.
            Forbidden: the actor lacks the permission.
        """
        actor.require("recipes.change_category")
        with self._unit_of_work():
            return self._categories.remove_manual(category_id)
