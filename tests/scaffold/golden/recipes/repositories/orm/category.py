"""Every query of categories."""

from typing import ClassVar

from django_layers.repositories import ModelRepository
from django_layers.schemas import Upload

from recipes.models import Category
from recipes.schemas.category import (
    CategoryChanges,
    CategoryInsert,
    CategoryQuery,
    CategoryRead,
)


class DjangoCategoryRepository(
    ModelRepository[
        Category, CategoryRead, CategoryInsert, CategoryChanges, CategoryQuery
    ]
):
    """Categories in the database."""

    filters: ClassVar = {
        "group_id": "groups",
        "tag_id": "tags",
    }
    orders: ClassVar = {
        "default": ("name", "-created_at"),
    }
    id_lists: ClassVar = {
        "tag_ids": "tags",
        "group_ids": "groups",
    }

    def set_manual(self, category_id: int, upload: Upload, /) -> CategoryRead:
        """Store the manual of a category, or raise `NotFound`."""
        return self._store_file(category_id, "manual", upload)

    def remove_manual(self, category_id: int, /) -> CategoryRead:
        """Remove the manual of a category, or raise `NotFound`."""
        return self._remove_file(category_id, "manual")

    def require_groups(self, *group_ids: int) -> None:
        """Raise `NotFound` unless there are such groups."""
        self._require_related("groups", *group_ids)
