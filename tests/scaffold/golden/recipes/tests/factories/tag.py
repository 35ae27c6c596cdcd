"""Tags for tests."""

import factory
from django_layers.testing import MemoryDatabase
from factory.base import Factory
from factory.django import DjangoModelFactory

from recipes.models import Tag
from recipes.schemas.tag import TagCreate, TagRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.memory import tag_service


class TagFactory(DjangoModelFactory[Tag]):
    """Tags in the database."""

    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"name {n}")


class TagCreateFactory(Factory[TagCreate]):
    """Requests to create a tag."""

    class Meta:
        model = TagCreate

    name = factory.Sequence(lambda n: f"name {n}")


def requested_tag(database: MemoryDatabase) -> TagCreate:
    """Return a request to create a tag."""
    return TagCreateFactory.build()


def stored_tag(database: MemoryDatabase) -> TagRead:
    """Store a tag in memory."""
    return tag_service(database).create(
        SUPERUSER,
        requested_tag(database),
    )
