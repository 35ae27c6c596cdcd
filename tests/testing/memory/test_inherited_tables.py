"""Rows that are in several tables: memory keeps all of them, as the database does."""

# ruff: noqa: DJ008

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.db.models import Model
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_layers.errors import Conflict, DomainError
from django_layers.repositories import database_unit_of_work
from django_layers.schemas import MISSING, PageQuery
from django_layers.services import UnitOfWork
from django_layers.testing import MemoryDatabase
from django_layers.testing.memory.conditions import NotInMemory
from django_layers.testing.memory.store import Store
from tests.bookings.models import Hall, Place
from tests.bookings.repositories import (
    BookingInsert,
    DjangoBookingRepository,
    DjangoHallRepository,
    DjangoPlaceRepository,
    HallChanges,
    HallInsert,
    HallQuery,
    PlaceChanges,
    PlaceInsert,
)

REPOSITORIES = {"place": DjangoPlaceRepository, "hall": DjangoHallRepository, "booking": DjangoBookingRepository}
KEYS = st.integers(1, 5)
NAMES = st.sampled_from(["a", "b", "c"])


def booking(place: int, guest: str) -> BookingInsert:
    # Not every database knows that vouchers are unique, so those of different guests differ.
    return BookingInsert(place_id=place, guest=guest, voucher=ord(guest))


STEPS = st.one_of(
    st.tuples(st.just("place"), st.just("add"), st.tuples(st.builds(PlaceInsert, name=NAMES))),
    st.tuples(
        st.just("hall"),
        st.just("add"),
        st.tuples(st.builds(HallInsert, name=NAMES, code=NAMES, seats=st.sampled_from([-1, 1, 100, 101]))),
    ),
    st.tuples(st.just("booking"), st.just("add"), st.tuples(st.builds(booking, KEYS, NAMES))),
    st.tuples(st.just("place"), st.just("update"), st.tuples(KEYS, st.builds(PlaceChanges, name=NAMES))),
    st.tuples(
        st.just("hall"),
        st.just("update"),
        st.tuples(
            KEYS,
            st.builds(HallChanges, name=st.just(MISSING) | NAMES, seats=st.just(MISSING) | st.sampled_from([5, 101])),
        ),
    ),
    st.tuples(st.sampled_from(["place", "hall", "booking"]), st.just("delete"), st.tuples(KEYS)),
    st.tuples(st.just("place"), st.just("delete_where"), st.just((PageQuery(),))),
    st.tuples(st.just("hall"), st.just("delete_where"), st.tuples(st.builds(HallQuery, name=NAMES))),
    st.tuples(
        st.just("hall"),
        st.just("update_where"),
        st.tuples(st.builds(HallQuery, code=NAMES), st.builds(HallChanges, name=NAMES, seats=st.integers(1, 3))),
    ),
)


class Bookings:
    """A database or a memory, to which the same is done."""

    def __init__(self, repository: Callable[[Any], Any], unit_of_work: UnitOfWork) -> None:
        self._repositories = {name: repository(each) for name, each in REPOSITORIES.items()}
        self._unit_of_work = unit_of_work

    def outcome(self, name: str, method: str, arguments: tuple[Any, ...]) -> object:
        """Return what a step returns or raises, and all rows that there are then."""
        try:
            with self._unit_of_work():
                result = getattr(self._repositories[name], method)(*arguments)
        except DomainError as error:
            # Which of several unique values is told is up to the database.
            result = type(error), error.code, error.code == "unique" or (error.fields, error.detail)
        queries = {"place": PageQuery(), "hall": HallQuery(order_by="-seats"), "booking": PageQuery()}
        return result, [each.page(queries[name]).items for name, each in self._repositories.items()]


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the numbers that an undone insert used up are gone elsewhere"
)
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=20))
def test_memory_answers_every_step_as_the_database_does(steps: list[Any]) -> None:
    memory = MemoryDatabase()
    in_memory = Bookings(memory.repository, memory.unit_of_work())
    with transaction.atomic():
        in_database = Bookings(lambda repository: repository(), database_unit_of_work())
        for number, step in enumerate(steps):
            assert (number, step, in_memory.outcome(*step)) == (number, step, in_database.outcome(*step))
        transaction.set_rollback(True)


@pytest.fixture
def store() -> Store:
    store = Store()
    for model in (Place, Hall):
        store.know(model)
    return store


def test_a_row_is_in_the_table_above_under_the_same_key(store: Store) -> None:
    store.insert(Place, {"name": "square"})
    hall = store.insert(Hall, {"name": "hall", "code": "h", "seats": 3})

    assert hall == {"id": 2, "place_ptr_id": 2, "name": "hall", "code": "h", "seats": 3}
    assert store.tables.of(Place).rows[2] == {"id": 2, "name": "hall"}
    with pytest.raises(Conflict) as caught:
        store.insert(Hall, {"name": "square", "code": "s", "seats": 3})
    assert caught.value.detail == "There is another hall with the same name."


def test_a_new_row_takes_over_none_of_the_table_above(store: Store) -> None:
    place = store.insert(Place, {"name": "square"})

    with pytest.raises(Conflict) as caught:
        store.insert(Hall, {"id": place["id"], "name": "taken over", "code": "h", "seats": 3})
    assert (caught.value.code, caught.value.fields) == ("unique", ("id",))
    assert store.tables.of(Place).rows[place["id"]] == place


def test_what_changes_above_has_changed_below_and_what_goes_goes_from_both(store: Store) -> None:
    hall = store.insert(Hall, {"name": "hall", "code": "h", "seats": 3})

    store.change(Place, store.tables.of(Place).rows[hall["id"]], {"name": "room"})
    assert store.tables.of(Hall).rows[hall["id"]]["name"] == "room"

    store.delete(Hall, [hall["id"]])
    assert not store.tables.of(Place).rows
    other = store.insert(Hall, {"name": "other", "code": "o", "seats": 3})
    store.delete(Place, [other["id"]])
    assert not store.tables.of(Hall).rows


def test_a_registered_row_is_there_in_both_tables(store: Store) -> None:
    store.register(Hall, [7])

    assert (store.has(Hall, 7), store.has(Place, 7), store.has(Place, 8)) == (True, True, False)


@pytest.fixture
def isolated() -> Iterator[None]:
    with isolate_apps("tests.bookings"):
        yield


class InBookings(Model):
    """The base of the models that tests declare."""

    class Meta:
        abstract = True
        app_label = "bookings"


@pytest.mark.usefixtures("isolated")
def test_there_may_be_as_many_tables_above_as_one_likes() -> None:
    class First(InBookings):
        code = models.CharField(max_length=5, primary_key=True)
        note = models.CharField(max_length=5)

    class Second(First):
        number = models.IntegerField(unique=True)

    class Third(Second):
        word = models.CharField(max_length=5)

    store = Store()
    store.know(Third)
    third = store.insert(Third, {"code": "x", "note": "n", "number": 1, "word": "w"})
    store.change(First, store.tables.of(First).rows["x"], {"note": "new"})

    assert {**third, "note": "new"} == store.tables.of(Third).rows["x"]
    assert store.tables.of(Second).rows["x"]["note"] == "new"
    with pytest.raises(Conflict):
        store.insert(Second, {"code": "y", "note": "n", "number": 1})
    store.delete(Second, ["x"])
    assert not any(table.rows for table in store.tables)


@pytest.mark.usefixtures("isolated")
def test_tables_with_keys_of_their_own_are_refused_loudly() -> None:
    class Left(InBookings):
        left = models.AutoField(primary_key=True)

    class Right(InBookings):
        right = models.AutoField(primary_key=True)

    class Both(Left, Right):
        pass

    class Coded(Left):
        above = models.OneToOneField(Left, on_delete=models.CASCADE, parent_link=True)
        code = models.CharField(max_length=5, primary_key=True)

    for model in (Both, Coded):
        with pytest.raises(NotInMemory, match=f"{model.__name__} is in several tables with a key of its own in each"):
            Store().know(model)
