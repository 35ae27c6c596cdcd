"""Locking a row until the end of the unit of work."""

from __future__ import annotations

from threading import Event

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from django_layers.errors import Busy, NotFound
from django_layers.repositories import OutsideUnitOfWork, database_unit_of_work
from django_layers.testing import count_queries
from tests.depot.models import Counter, Crane, Shelf, Stock
from tests.depot.repositories import (
    CounterChanges,
    CounterInsert,
    Counters,
    CraneInsert,
    Cranes,
    ShelfInsert,
    Shelves,
    StockInsert,
    Stocks,
)
from tests.repositories.threads import at_once, in_thread

locks_rows = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite knows no locks of rows.")
unit_of_work = database_unit_of_work()


@pytest.mark.django_db
def test_a_locked_row_is_returned_as_it_is() -> None:
    counter = Counters().add(CounterInsert(name="a", value=3))
    with unit_of_work():
        assert Counters().lock(counter.id) == counter


@pytest.mark.django_db
def test_a_row_is_locked_by_the_database() -> None:
    counter = Counters().add(CounterInsert(name="a", value=3))
    with unit_of_work(), count_queries() as counted:
        Counters().lock(counter.id)
    assert any("FOR UPDATE" in sql for sql in counted.statements) == (connection.vendor != "sqlite")


@pytest.mark.django_db
def test_a_row_with_what_the_database_works_out_can_be_locked() -> None:
    shelf = Shelves().add(ShelfInsert(name="left"))
    crane = Cranes().add(CraneInsert(serial="a", name="crane", tons=1))
    with unit_of_work():
        assert Shelves().lock(shelf.id) == shelf
        assert Cranes().lock(crane.machine_ptr_id) == crane


@pytest.mark.django_db
def test_outside_of_a_unit_of_work_nothing_would_hold_the_lock() -> None:
    counter = Counters().add(CounterInsert(name="a", value=3))
    with pytest.raises(OutsideUnitOfWork, match=r"A row of depot.Counter is to be locked outside of a unit of work"):
        Counters().lock(counter.id)
    with transaction.atomic():
        assert Counters().lock(counter.id) == counter


@pytest.mark.django_db
def test_what_is_not_there_cannot_be_locked() -> None:
    class FullStocks(Stocks):
        """Stocks of something, on a shelf with a name."""

        def _queryset(self) -> QuerySet[Stock]:
            return super()._queryset().filter(amount__gt=0).exclude(shelf__name="")

    shelves = [Shelf.objects.create(name=name).pk for name in ("left", "right")]
    empty = Stocks().add(StockInsert(shelf_id=shelves[0], article="a", amount=0))
    full = Stocks().add(StockInsert(shelf_id=shelves[0], article="b", amount=1))
    with unit_of_work():
        assert FullStocks().lock(full.id, visible_to=shelves[0]) == full
        for key, owner in ((empty.id, None), (full.id, shelves[1]), (10**9, None), (10**30, None)):
            with pytest.raises(NotFound, match="There is no such stock"):
                FullStocks().lock(key, visible_to=owner)


@locks_rows
@pytest.mark.django_db(transaction=True)
def test_of_many_who_count_under_a_lock_none_loses_a_count() -> None:
    counter = Counters().add(CounterInsert(name="a", value=0))

    def count() -> None:
        with unit_of_work():
            locked = Counters().lock(counter.id)
            Counters().update(locked.id, CounterChanges(value=locked.value + 1))

    assert at_once([count] * 8) == [None] * 8
    assert Counters().get(counter.id).value == 8


@locks_rows
@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_keeps_locked_is_busy_and_the_caller_may_go_on() -> None:
    counter, crane = Counters().add(CounterInsert(name="a", value=0)), Crane.objects.create(serial="a", tons=1)
    is_locked, may_go = Event(), Event()

    def keep() -> None:
        with unit_of_work():
            Counters().lock(counter.id)
            is_locked.set()
            may_go.wait(timeout=30)

    def ask() -> None:
        try:
            is_locked.wait(timeout=30)
            with unit_of_work():
                with connection.cursor() as cursor:
                    cursor.execute(IMPATIENT[connection.vendor])
                with pytest.raises(Busy) as caught:
                    Counters().lock(counter.id)
                assert caught.value.code == "lock_timeout"
                Counters().add(CounterInsert(name="b", value=0))
                Cranes().lock(crane.pk)
        finally:
            may_go.set()

    assert at_once([keep, ask]) == [None, None]
    assert set(Counter.objects.values_list("name", flat=True)) == {"a", "b"}


@locks_rows
@pytest.mark.django_db(transaction=True)
def test_a_lock_ends_with_its_unit_of_work() -> None:
    counter = Counters().add(CounterInsert(name="a", value=0))

    def fail() -> None:
        with unit_of_work():
            Counters().lock(counter.id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert in_thread(lambda: Counters().update(counter.id, CounterChanges(value=1)).value) == 1


IMPATIENT = {
    "postgresql": "SET LOCAL lock_timeout = '50ms'",
    "mysql": "SET SESSION innodb_lock_wait_timeout = 1",
}
