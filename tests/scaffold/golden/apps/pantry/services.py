"""The rules of pantry."""

from django_layers.schemas import Page, Upload
from django_layers.services import UnitOfWork
from pydantic import MISSING

from apps.pantry.repositories import ItemRepository, ShelfRepository
from apps.pantry.schemas import (
    ItemChanges,
    ItemCreate,
    ItemInsert,
    ItemMove,
    ItemQuery,
    ItemRead,
    ItemRestock,
    ItemUpdate,
    ItemUseUp,
    ShelfChanges,
    ShelfCreate,
    ShelfInsert,
    ShelfQuery,
    ShelfRead,
    ShelfUpdate,
)
from mealgenie.actors import Actor
from recipes.services.recipe import RecipeService


class ShelfService:
    """The rules of shelves, and the only way in for callers."""

    def __init__(
        self,
        *,
        shelves: ShelfRepository,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._shelves = shelves
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, shelf_id: int) -> ShelfRead:
        """Return a shelf.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such shelf, or the actor may not see it.
        """
        visible_to = actor.rows_visible_with("pantry.view_shelf")
        return self._shelves.get(shelf_id, visible_to=visible_to)

    def page(self, actor: Actor, query: ShelfQuery) -> Page[ShelfRead]:
        """Return a page of shelves, of those that the actor may see.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        visible_to = actor.rows_visible_with("pantry.view_shelf")
        return self._shelves.page(query, visible_to=visible_to)

    def require(self, actor: Actor, *shelf_ids: int) -> None:
        """Make sure that the actor may see these shelves, before something refers to
        them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such shelf, or the actor may not see it.
        """
        visible_to = actor.rows_visible_with("pantry.view_shelf")
        self._shelves.require(*shelf_ids, visible_to=visible_to)

    def create(self, actor: Actor, data: ShelfCreate) -> ShelfRead:
        """Create a shelf that the actor owns.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        owner_id = actor.user_id
        with self._unit_of_work():
            return self._shelves.add(
                ShelfInsert(
                    title=data.title,
                    owner_id=owner_id,
                )
            )

    def update(self, actor: Actor, shelf_id: int, data: ShelfUpdate) -> ShelfRead:
        """Change a shelf; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such shelf, or the actor may not see it.
            Forbidden: the shelf is somebody else's.
        """
        with self._unit_of_work():
            # Others' rows are not found, so nobody learns of them.
            shelf = self.get(actor, shelf_id)
            actor.require_owner(shelf.owner_id, or_permission="pantry.change_shelf")
            return self._shelves.update(
                shelf_id,
                ShelfChanges(
                    title=data.title,
                ),
            )

    def delete(self, actor: Actor, shelf_id: int) -> None:
        """Delete a shelf.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such shelf, or the actor may not see it.
            Forbidden: the shelf is somebody else's.
            Conflict: something still refers to the shelf.
        """
        with self._unit_of_work():
            # Others' rows are not found, so nobody learns of them.
            shelf = self.get(actor, shelf_id)
            actor.require_owner(shelf.owner_id, or_permission="pantry.delete_shelf")
            self._shelves.delete(shelf_id)


class ItemService:
    """The rules of items, and the only way in for callers."""

    def __init__(
        self,
        *,
        items: ItemRepository,
        recipes: RecipeService,
        shelves: ShelfService,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._items = items
        self._recipes = recipes
        self._shelves = shelves
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, item_id: int) -> ItemRead:
        """Return an item.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such item.
        """
        actor.require_user()
        return self._items.get(item_id)

    def page(self, actor: Actor, query: ItemQuery) -> Page[ItemRead]:
        """Return a page of items.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._items.page(query)

    def require(self, actor: Actor, *item_ids: int) -> None:
        """Make sure that there are these items, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such item.
        """
        actor.require_user()
        self._items.require(*item_ids)

    def create(self, actor: Actor, data: ItemCreate) -> ItemRead:
        """Create an item.

        Raises:
            NotAuthenticated: the actor is nobody.
            Forbidden: the actor lacks the permission.
            NotFound: there is no such shelf or recipe, or the actor may not see it.
        """
        actor.require("pantry.add_item")
        with self._unit_of_work():
            self._shelves.require(actor, data.shelf_id)
            if data.recipe_id is not None:
                self._recipes.require(actor, data.recipe_id)
            return self._items.add(
                ItemInsert(
                    shelf_id=data.shelf_id,
                    recipe_id=data.recipe_id,
                    title=data.title,
                    kind=data.kind,
                )
            )

    def update(
        self,
        actor: Actor,
        item_id: int,
        data: ItemUpdate,
        *,
        expected_version: int | None = None,
    ) -> ItemRead:
        """Change an item; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such item, shelf or recipe, or the actor may not see
                it.
            Forbidden: the actor lacks the permission.
            Stale: the item has another version by now.
        """
        actor.require("pantry.change_item")
        with self._unit_of_work():
            if data.shelf_id is not MISSING:
                self._shelves.require(actor, data.shelf_id)
            if data.recipe_id is not MISSING and data.recipe_id is not None:
                self._recipes.require(actor, data.recipe_id)
            return self._items.update(
                item_id,
                ItemChanges(
                    shelf_id=data.shelf_id,
                    recipe_id=data.recipe_id,
                    title=data.title,
                    kind=data.kind,
                ),
                version=expected_version,
            )

    def delete(
        self, actor: Actor, item_id: int, *, expected_version: int | None = None
    ) -> None:
        """Delete an item.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such item.
            Forbidden: the actor lacks the permission.
            Conflict: something still refers to the item.
            Stale: the item has another version by now.
        """
        actor.require("pantry.delete_item")
        with self._unit_of_work():
            self._items.delete(item_id, version=expected_version)

    def set_photo(
        self,
        actor: Actor,
        item_id: int,
        upload: Upload,
        *,
        expected_version: int | None = None,
    ) -> ItemRead:
        """Store the photo of an item, in place of the one before.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such item.
            Forbidden: the actor lacks the permission.
            Stale: the item has another version by now.
        """
        actor.require("pantry.change_item")
        with self._unit_of_work():
            return self._items.set_photo(item_id, upload, version=expected_version)

    def remove_photo(
        self, actor: Actor, item_id: int, *, expected_version: int | None = None
    ) -> ItemRead:
        """Remove the photo of an item.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such item.
            Forbidden: the actor lacks the permission.
            Stale: the item has another version by now.
        """
        actor.require("pantry.change_item")
        with self._unit_of_work():
            return self._items.remove_photo(item_id, version=expected_version)

    def use_up(
        self,
        actor: Actor,
        item_id: int,
        data: ItemUseUp,
        *,
        expected_version: int | None = None,
    ) -> ItemRead:
        """Use an item up.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such item.
            Forbidden: the actor lacks the permission.
            Stale: the item has another version by now.
        """
        actor.require("pantry.change_item")
        with self._unit_of_work():
            item = self._items.lock(item_id)
            return self._items.update(
                item_id,
                self._use_up_changes(item, data),
                version=expected_version,
            )

    def _use_up_changes(self, item: ItemRead, data: ItemUseUp) -> ItemChanges:
        """Return what `use_up` changes of an item, or refuse it with `RuleViolated`:
        its rule.
        """
        return ItemChanges()

    def move(
        self,
        actor: Actor,
        item_id: int,
        data: ItemMove,
        *,
        expected_version: int | None = None,
    ) -> ItemRead:
        """Move an item.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such item or shelf, or the actor may not see it.
            Forbidden: the actor lacks the permission.
            Stale: the item has another version by now.
        """
        actor.require("pantry.change_item")
        with self._unit_of_work():
            self._shelves.require(actor, data.shelf_id)
            return self._items.update(
                item_id,
                ItemChanges(
                    shelf_id=data.shelf_id,
                    kind=data.kind,
                ),
                version=expected_version,
            )

    def restock(self, actor: Actor, data: ItemRestock) -> tuple[ItemRead, ...]:
        """Restock all items: each of them, or none.

        Raises:
            NotAuthenticated: the actor is nobody.
            Forbidden: the actor lacks the permission.
        """
        actor.require("pantry.change_item")
        query = ItemQuery()
        with self._unit_of_work():
            return tuple(
                self._items.update(
                    item.id,
                    ItemChanges(
                        kind=data.kind,
                    ),
                )
                for item in tuple(self._items.stream(query))
            )

    def count(self, actor: Actor) -> None:
        """Count all items: each of them, or none.

        Raises:
            NotAuthenticated: the actor is nobody.
            Forbidden: the actor lacks the permission.
        """
        actor.require("pantry.change_item")
        query = ItemQuery()
        with self._unit_of_work():
            for found in tuple(self._items.stream(query)):
                self._items.update(
                    found.id,
                    self._count_changes(self._items.lock(found.id)),
                )

    def _count_changes(self, item: ItemRead) -> ItemChanges:
        """Return what `count` changes of an item, or refuse it with `RuleViolated`: its
        rule.
        """
        return ItemChanges()
