"""What services may ask of the stored rows of pantry."""

from collections.abc import Iterator
from typing import Protocol

from django_layers.schemas import Page, Upload

from apps.pantry.schemas import (
    ItemChanges,
    ItemInsert,
    ItemQuery,
    ItemRead,
    ShelfChanges,
    ShelfInsert,
    ShelfQuery,
    ShelfRead,
)
from mealgenie.actors import UserId


class ShelfRepository(Protocol):
    """Stored shelves."""

    def get(self, shelf_id: int, /, *, visible_to: UserId | None = None) -> ShelfRead:
        """Return a shelf, or raise `NotFound`.

        Args:
            shelf_id: its key.
            visible_to: whose shelves there are; None for everybody's.
        """
        ...

    def page(
        self, query: ShelfQuery, /, *, visible_to: UserId | None = None
    ) -> Page[ShelfRead]:
        """Return the page of shelves that the query asks for.

        Args:
            query: filters, order and page.
            visible_to: whose shelves there are; None for everybody's.
        """
        ...

    def require(self, *shelf_ids: int, visible_to: UserId | None = None) -> None:
        """Raise `NotFound` unless there are such shelves.

        Args:
            shelf_ids: their keys.
            visible_to: whose shelves there are; None for everybody's.
        """
        ...

    def add(self, shelf: ShelfInsert, /) -> ShelfRead:
        """Store a shelf, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(self, shelf_id: int, changes: ShelfChanges, /) -> ShelfRead:
        """Change a shelf, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, shelf_id: int, /) -> None:
        """Delete a shelf, or raise `NotFound`, or `Conflict` while something refers to
        it.
        """
        ...


class ItemRepository(Protocol):
    """Stored items."""

    def get(self, item_id: int, /) -> ItemRead:
        """Return an item, or raise `NotFound`."""
        ...

    def page(self, query: ItemQuery, /) -> Page[ItemRead]:
        """Return the page of items that the query asks for."""
        ...

    def require(self, *item_ids: int) -> None:
        """Raise `NotFound` unless there are such items."""
        ...

    def add(self, item: ItemInsert, /) -> ItemRead:
        """Store an item, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(
        self, item_id: int, changes: ItemChanges, /, *, version: int | None = None
    ) -> ItemRead:
        """Change an item, or raise `NotFound`, `Conflict` or `RuleViolated`, or `Stale`
        where the version is another one.
        """
        ...

    def delete(self, item_id: int, /, *, version: int | None = None) -> None:
        """Delete an item, or raise `NotFound`, or `Conflict` while something refers to
        it, or `Stale` where the version is another one.
        """
        ...

    def stream(self, query: ItemQuery, /) -> Iterator[ItemRead]:
        """Return all items that the query asks for, whatever page it names."""
        ...

    def lock(self, item_id: int, /) -> ItemRead:
        """Return an item and keep others from changing it until the unit of work ends,
        or raise `NotFound`.
        """
        ...

    def set_photo(
        self, item_id: int, upload: Upload, /, *, version: int | None = None
    ) -> ItemRead:
        """Store the photo of an item, or raise `NotFound` or `Stale`."""
        ...

    def remove_photo(self, item_id: int, /, *, version: int | None = None) -> ItemRead:
        """Remove the photo of an item, or raise `NotFound` or `Stale`."""
        ...
