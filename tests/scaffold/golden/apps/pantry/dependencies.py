"""The composition root of pantry: which implementation each service gets."""

from django_layers.repositories import database_unit_of_work

from apps.pantry.repositories_orm import DjangoItemRepository, DjangoShelfRepository
from apps.pantry.services import ItemService, ShelfService
from recipes import dependencies as recipes_dependencies


def shelf_service() -> ShelfService:
    """Return the service of shelves, on the database."""
    return ShelfService(
        shelves=DjangoShelfRepository(),
        unit_of_work=database_unit_of_work(),
    )


def item_service() -> ItemService:
    """Return the service of items, on the database."""
    return ItemService(
        items=DjangoItemRepository(),
        recipes=recipes_dependencies.recipe_service(),
        shelves=shelf_service(),
        unit_of_work=database_unit_of_work(),
    )
