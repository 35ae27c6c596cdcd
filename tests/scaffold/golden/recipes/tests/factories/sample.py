"""Samples for tests."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import factory
from django_layers.testing import MemoryDatabase
from factory.base import Factory
from factory.django import DjangoModelFactory

from recipes.models import Sample
from recipes.schemas.sample import SampleCreate, SampleRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.memory import sample_service
from recipes.types import SampleLevel


class SampleFactory(DjangoModelFactory[Sample]):
    """Samples in the database."""

    class Meta:
        model = Sample

    line = factory.Sequence(lambda n: f"line {n}")
    nickname = factory.Sequence(lambda n: f"nickname {n}")
    text = factory.Sequence(lambda n: f"text {n}")
    number = factory.Sequence(lambda n: 1 + n % 10_000)
    big = factory.Sequence(lambda n: 1 + n % 10_000)
    small = factory.Sequence(lambda n: -3 + n % 10_000)
    ratio = factory.Sequence(lambda n: n % 100 / 100 * 1.0)
    price = factory.Sequence(lambda n: Decimal("0.01") + n % 10_000 * Decimal("0.01"))
    active = factory.Sequence(lambda n: n % 2 == 0)
    day = factory.Sequence(
        lambda n: dt.date(2020, 1, 1) + dt.timedelta(days=n % 10_000)
    )
    moment = factory.Sequence(
        lambda n: (
            dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=n % 10_000)
        )
    )
    at = factory.Sequence(
        lambda n: (
            dt.datetime.combine(dt.date(2026, 1, 1), dt.time(18, 0))
            - dt.timedelta(seconds=n % 10_000)
        ).time()
    )
    length = factory.Sequence(
        lambda n: dt.timedelta(minutes=30) + dt.timedelta(seconds=n % 10_000)
    )
    code = factory.Sequence(lambda n: UUID(int=n + 1))
    email = factory.Sequence(lambda n: f"user{n}@example.com")
    site = factory.Sequence(lambda n: f"https://example.com/{n}")
    slug = factory.Sequence(lambda n: f"slug-{n}")
    address = factory.Sequence(lambda n: f"10.0.{n // 256 % 256}.{n % 256}")
    data = factory.Sequence(lambda n: {"number": n})
    level = factory.Iterator(SampleLevel)


class SampleCreateFactory(Factory[SampleCreate]):
    """Requests to create a sample."""

    class Meta:
        model = SampleCreate

    line = factory.Sequence(lambda n: f"line {n}")
    nickname = factory.Sequence(lambda n: f"nickname {n}")
    text = factory.Sequence(lambda n: f"text {n}")
    number = factory.Sequence(lambda n: 1 + n % 10_000)
    big = factory.Sequence(lambda n: 1 + n % 10_000)
    small = factory.Sequence(lambda n: -3 + n % 10_000)
    ratio = factory.Sequence(lambda n: n % 100 / 100 * 1.0)
    price = factory.Sequence(lambda n: Decimal("0.01") + n % 10_000 * Decimal("0.01"))
    active = factory.Sequence(lambda n: n % 2 == 0)
    day = factory.Sequence(
        lambda n: dt.date(2020, 1, 1) + dt.timedelta(days=n % 10_000)
    )
    moment = factory.Sequence(
        lambda n: (
            dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=n % 10_000)
        )
    )
    at = factory.Sequence(
        lambda n: (
            dt.datetime.combine(dt.date(2026, 1, 1), dt.time(18, 0))
            - dt.timedelta(seconds=n % 10_000)
        ).time()
    )
    length = factory.Sequence(
        lambda n: dt.timedelta(minutes=30) + dt.timedelta(seconds=n % 10_000)
    )
    code = factory.Sequence(lambda n: UUID(int=n + 1))
    email = factory.Sequence(lambda n: f"user{n}@example.com")
    site = factory.Sequence(lambda n: f"https://example.com/{n}")
    slug = factory.Sequence(lambda n: f"slug-{n}")
    address = factory.Sequence(lambda n: f"10.0.{n // 256 % 256}.{n % 256}")
    data = factory.Sequence(lambda n: {"number": n})
    level = factory.Iterator(SampleLevel)


def requested_sample(database: MemoryDatabase) -> SampleCreate:
    """Return a request to create a sample."""
    return SampleCreateFactory.build()


def stored_sample(database: MemoryDatabase) -> SampleRead:
    """Store a sample in memory."""
    return sample_service(database).create(
        SUPERUSER,
        requested_sample(database),
    )
