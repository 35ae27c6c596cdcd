"""The services of pantry in memory: the composition root of their tests."""

from django_layers.testing import MemoryDatabase

from apps.pantry.repositories_orm import DjangoItemRepository, DjangoShelfRepository
from apps.pantry.services import ItemService, ShelfService
from apps.pantry.tests.actors import ALICE, BOB, SUPERUSER
from recipes.tests import memory as recipes_memory


def memory_database() -> MemoryDatabase:
    """Return an empty database in memory that knows the users of the tests."""
    database = MemoryDatabase()
    database.register(
        "auth.User", *(actor.user_id for actor in (ALICE, BOB, SUPERUSER))
    )
    return database


def shelf_service(database: MemoryDatabase) -> ShelfService:
    """Return the service of shelves, in memory."""
    return ShelfService(
        shelves=database.repository(DjangoShelfRepository),
        unit_of_work=database.unit_of_work(),
    )


def item_service(database: MemoryDatabase) -> ItemService:
    """Return the service of items, in memory."""
    return ItemService(
        items=database.repository(DjangoItemRepository),
        recipes=recipes_memory.recipe_service(database),
        shelves=shelf_service(database),
        unit_of_work=database.unit_of_work(),
    )
