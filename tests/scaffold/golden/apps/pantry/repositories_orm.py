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

    def set_photo(self, item_id: int, upload: Upload, /) -> ItemRead:
        """Store the photo of an item in place of the one before, or raise `NotFound`."""
        return self._store_file(item_id, "photo", upload)

    def remove_photo(self, item_id: int, /) -> ItemRead:
        """Remove the photo of an item, or raise `NotFound`."""
        return self._remove_file(item_id, "photo")
