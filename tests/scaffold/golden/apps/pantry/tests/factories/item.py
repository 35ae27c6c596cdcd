"""Items for tests."""

import factory
from django_layers.testing import MemoryDatabase
from factory.base import Factory
from factory.django import DjangoModelFactory

from apps.pantry.models import Item
from apps.pantry.schemas import ItemCreate, ItemRead
from apps.pantry.tests.actors import SUPERUSER
from apps.pantry.tests.factories.shelf import ShelfFactory, stored_shelf
from apps.pantry.tests.memory import item_service
from apps.pantry.types import ItemKind
from mealgenie.actors import Actor
from recipes.tests.factories.recipe import RecipeFactory, stored_recipe


class ItemFactory(DjangoModelFactory[Item]):
    """Items in the database."""

    class Meta:
        model = Item

    shelf = factory.SubFactory(ShelfFactory)
    recipe = factory.SubFactory(RecipeFactory)
    title = factory.Sequence(lambda n: f"title {n}")
    kind = factory.Iterator(ItemKind)


class ItemCreateFactory(Factory[ItemCreate]):
    """Requests to create an item; what they refer to is the caller's to give."""

    class Meta:
        model = ItemCreate

    title = factory.Sequence(lambda n: f"title {n}")
    kind = factory.Iterator(ItemKind)


def requested_item(database: MemoryDatabase, actor: Actor = SUPERUSER) -> ItemCreate:
    """Return a request to create an item, with what it refers to in memory."""
    return ItemCreateFactory.build(
        shelf_id=stored_shelf(database, actor).id,
        recipe_id=stored_recipe(database).id,
    )


def stored_item(database: MemoryDatabase) -> ItemRead:
    """Store an item in memory, with all that it refers to."""
    return item_service(database).create(
        SUPERUSER,
        requested_item(database),
    )
