"""What services may ask of stored tags."""

from collections.abc import Iterator
from typing import Protocol

from django_layers.schemas import Page

from recipes.schemas.tag import TagChanges, TagInsert, TagQuery, TagRead


class TagRepository(Protocol):
    """Stored tags."""

    def get(self, tag_id: int, /) -> TagRead:
        """Return a tag, or raise `NotFound`."""
        ...

    def page(self, query: TagQuery, /) -> Page[TagRead]:
        """Return the page of tags that the query asks for."""
        ...

    def require(self, *tag_ids: int) -> None:
        """Raise `NotFound` unless there are such tags."""
        ...

    def add(self, tag: TagInsert, /) -> TagRead:
        """Store a tag, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(self, tag_id: int, changes: TagChanges, /) -> TagRead:
        """Change a tag, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, tag_id: int, /) -> None:
        """Delete a tag, or raise `NotFound`, or `Conflict` while something refers to
        it.
        """
        ...

    def stream(self, query: TagQuery, /) -> Iterator[TagRead]:
        """Return all tags that the query asks for, whatever page it names."""
        ...

    def lock(self, tag_id: int, /) -> TagRead:
        """Return a tag and keep others from changing it until the unit of work ends, or
        raise `NotFound`.
        """
        ...
