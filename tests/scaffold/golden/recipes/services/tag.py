"""The rules of tags."""

from django_layers.schemas import Page
from django_layers.services import UnitOfWork

from mealgenie.actors import Actor
from recipes.repositories.tag import TagRepository
from recipes.schemas.tag import (
    TagChanges,
    TagCorrect,
    TagCreate,
    TagInsert,
    TagQuery,
    TagRead,
    TagUpdate,
)


class TagService:
    """The rules of tags, and the only way in for callers."""

    def __init__(
        self,
        *,
        tags: TagRepository,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._tags = tags
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, tag_id: int) -> TagRead:
        """Return a tag.

        Raises:
            NotFound: there is no such tag.
        """
        return self._tags.get(tag_id)

    def page(self, actor: Actor, query: TagQuery) -> Page[TagRead]:
        """Return a page of tags."""
        return self._tags.page(query)

    def require(self, actor: Actor, *tag_ids: int) -> None:
        """Make sure that there are these tags, before something refers to them.

        Raises:
            NotFound: there is no such tag.
        """
        self._tags.require(*tag_ids)

    def create(self, actor: Actor, data: TagCreate) -> TagRead:
        """Create a tag.

        Raises:
            Conflict: there is a tag with this name already.
        """
        with self._unit_of_work():
            return self._tags.add(
                TagInsert(
                    name=data.name,
                )
            )

    def update(self, actor: Actor, tag_id: int, data: TagUpdate) -> TagRead:
        """Change a tag; a field left out keeps its value.

        Raises:
            NotFound: there is no such tag.
            Conflict: there is a tag with this name already.
        """
        with self._unit_of_work():
            return self._tags.update(
                tag_id,
                TagChanges(
                    name=data.name,
                ),
            )

    def delete(self, actor: Actor, tag_id: int) -> None:
        """Delete a tag.

        Raises:
            NotFound: there is no such tag.
            Conflict: something still refers to the tag.
        """
        with self._unit_of_work():
            self._tags.delete(tag_id)

    def correct(self, actor: Actor, tag_id: int, data: TagCorrect) -> TagRead:
        """Correct a tag.

        Raises:
            NotFound: there is no such tag.
            Conflict: there is a tag with this name already.
        """
        with self._unit_of_work():
            return self._tags.update(
                tag_id,
                TagChanges(
                    name=data.name,
                ),
            )

    def tidy(self, actor: Actor) -> tuple[TagRead, ...]:
        """Tidy all tags: each of them, or none.

        Raises:
            Conflict: there is a tag with this name already.
        """
        query = TagQuery()
        with self._unit_of_work():
            return tuple(
                self._tags.update(
                    found.id,
                    self._tidy_changes(self._tags.lock(found.id)),
                )
                for found in tuple(self._tags.stream(query))
            )

    def _tidy_changes(self, tag: TagRead) -> TagChanges:
        """Return what `tidy` changes of a tag, or refuse it with `RuleViolated`: its
        rule.
        """
        return TagChanges()
