"""The rules of hours, on in-memory repositories."""

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.hour import HourQuery
from recipes.services.hour import HourService
from recipes.tests.actors import ALICE, BOB, NOBODY
from recipes.tests.factories.hour import requested_hour, stored_hour
from recipes.tests.memory import hour_service, memory_database

EDITOR = Actor.user(
    ALICE.user_id,
    permissions=["recipes.add_hour", "recipes.change_hour", "recipes.delete_hour"],
)


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def hours(database: MemoryDatabase) -> HourService:
    return hour_service(database)


def test_a_created_hour_can_be_read(
    hours: HourService, database: MemoryDatabase
) -> None:
    request = requested_hour(database)

    created = hours.create(EDITOR, request)

    assert hours.get(BOB, created.id) == created


def test_a_list_holds_the_stored_hours(
    hours: HourService, database: MemoryDatabase
) -> None:
    hour = stored_hour(database)

    assert hours.page(BOB, HourQuery()).items == (hour,)


def test_a_deleted_hour_is_gone(hours: HourService, database: MemoryDatabase) -> None:
    hour = stored_hour(database)

    hours.delete(EDITOR, hour.id)

    with pytest.raises(NotFound):
        hours.get(EDITOR, hour.id)


def test_only_an_hour_that_is_there_can_be_referred_to(
    hours: HourService, database: MemoryDatabase
) -> None:
    hour = stored_hour(database)

    hours.require(BOB, hour.id)
    hours.delete(EDITOR, hour.id)
    with pytest.raises(NotFound):
        hours.require(BOB, hour.id)


def test_hours_are_written_with_the_permission_only(
    hours: HourService, database: MemoryDatabase
) -> None:
    hour = stored_hour(database)
    request = requested_hour(database)

    with pytest.raises(Forbidden):
        hours.create(BOB, request)
    with pytest.raises(Forbidden):
        hours.delete(BOB, hour.id)


def test_each_permission_lets_do_one_thing(
    hours: HourService, database: MemoryDatabase
) -> None:
    adder = Actor.user(BOB.user_id, permissions=["recipes.add_hour"])
    deleter = Actor.user(BOB.user_id, permissions=["recipes.delete_hour"])

    hour = hours.create(adder, requested_hour(database))
    hours.delete(deleter, hour.id)
    assert hours.page(BOB, HourQuery()).items == ()


def test_nobody_cannot_read_hours(hours: HourService, database: MemoryDatabase) -> None:
    hour = stored_hour(database)

    with pytest.raises(NotAuthenticated):
        hours.get(NOBODY, hour.id)
    with pytest.raises(NotAuthenticated):
        hours.require(NOBODY, hour.id)
    with pytest.raises(NotAuthenticated):
        hours.page(NOBODY, HourQuery())


def test_nobody_cannot_write_hours(
    hours: HourService, database: MemoryDatabase
) -> None:
    hour = stored_hour(database)
    request = requested_hour(database)

    with pytest.raises(NotAuthenticated):
        hours.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        hours.delete(NOBODY, hour.id)
