"""What services may ask of stored categories."""

from typing import Protocol

from django_layers.schemas import Page, Upload

from recipes.schemas.category import (
    CategoryChanges,
    CategoryInsert,
    CategoryQuery,
    CategoryRead,
)


class CategoryRepository(Protocol):
    """Stored categories."""

    def get(self, category_id: int, /) -> CategoryRead:
        """Return a category, or raise `NotFound`."""
        ...

    def page(self, query: CategoryQuery, /) -> Page[CategoryRead]:
        """Return the page of categories that the query asks for."""
        ...

    def require(self, *category_ids: int) -> None:
        """Raise `NotFound` unless there are such categories."""
        ...

    def add(self, category: CategoryInsert, /) -> CategoryRead:
        """Store a category, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(self, category_id: int, changes: CategoryChanges, /) -> CategoryRead:
        """Change a category, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, category_id: int, /) -> None:
        """Delete a category, or raise `NotFound`, or `Conflict` while something refers
        to it.
        """
        ...

    def set_manual(self, category_id: int, upload: Upload, /) -> CategoryRead:
        """Store the manual of a category, or raise `NotFound`."""
        ...

    def remove_manual(self, category_id: int, /) -> CategoryRead:
        """Remove the manual of a category, or raise `NotFound`."""
        ...

    def require_groups(self, *group_ids: int) -> None:
        """Raise `NotFound` unless there are such groups."""
        ...
