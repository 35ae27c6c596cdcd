"""Shelves for tests."""

import factory
from django_layers.testing import MemoryDatabase, UserFactory
from factory.base import Factory
from factory.django import DjangoModelFactory

from apps.pantry.models import Shelf
from apps.pantry.schemas import ShelfCreate, ShelfRead
from apps.pantry.tests.actors import SUPERUSER
from apps.pantry.tests.memory import shelf_service
from mealgenie.actors import Actor


class ShelfFactory(DjangoModelFactory[Shelf]):
    """Shelves in the database."""

    class Meta:
        model = Shelf

    title = factory.Sequence(lambda n: f"title {n}")
    owner = factory.SubFactory(UserFactory)


class ShelfCreateFactory(Factory[ShelfCreate]):
    """Requests to create a shelf."""

    class Meta:
        model = ShelfCreate

    title = factory.Sequence(lambda n: f"title {n}")


def requested_shelf(database: MemoryDatabase) -> ShelfCreate:
    """Return a request to create a shelf."""
    return ShelfCreateFactory.build()


def stored_shelf(database: MemoryDatabase, actor: Actor = SUPERUSER) -> ShelfRead:
    """Store a shelf in memory."""
    return shelf_service(database).create(
        actor,
        requested_shelf(database),
    )
