"""Every query of pantry."""

from django_layers.repositories import ModelRepository
from django_layers.schemas import Upload

from apps.pantry.models import Item, Shelf
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


class DjangoShelfRepository(
    ModelRepository[Shelf, ShelfRead, ShelfInsert, ShelfChanges, ShelfQuery]
):
    """Shelves in the database."""

    owner = "owner"


class DjangoItemRepository(
    ModelRepository[Item, ItemRead, ItemInsert, ItemChanges, ItemQuery]
):
    """Items in the database."""

    def set_photo(
        self, item_id: int, upload: Upload, /, *, version: int | None = None
    ) -> ItemRead:
        """Store the photo of an item, or raise `NotFound` or `Stale`."""
        return self._store_file(item_id, "photo", upload, version=version)

    def remove_photo(self, item_id: int, /, *, version: int | None = None) -> ItemRead:
        """Remove the photo of an item, or raise `NotFound` or `Stale`."""
        return self._remove_file(item_id, "photo", version=version)
