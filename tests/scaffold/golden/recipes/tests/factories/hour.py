"""Hours for tests."""

from django_layers.testing import MemoryDatabase
from factory.base import Factory
from factory.django import DjangoModelFactory

from recipes.models import Hour
from recipes.schemas.hour import HourCreate, HourRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.memory import hour_service


class HourFactory(DjangoModelFactory[Hour]):
    """Hours in the database."""

    class Meta:
        model = Hour


class HourCreateFactory(Factory[HourCreate]):
    """Requests to create an hour."""

    class Meta:
        model = HourCreate


def requested_hour(database: MemoryDatabase) -> HourCreate:
    """Return a request to create an hour."""
    return HourCreateFactory.build()


def stored_hour(database: MemoryDatabase) -> HourRead:
    """Store an hour in memory."""
    return hour_service(database).create(
        SUPERUSER,
        requested_hour(database),
    )
