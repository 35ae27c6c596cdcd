"""Set-based writes by many at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from django.db import connection

from django_layers.errors import Busy
from django_layers.repositories import database_unit_of_work
from tests.depot.models import Badge, Counter, Crate, Shelf, Stock
from tests.depot.repositories import (
    BadgeInsert,
    Badges,
    CounterInsert,
    Counters,
    CrateChanges,
    CrateQuery,
    Crates,
    StockChanges,
    StockInsert,
    StockQuery,
    Stocks,
)
from tests.repositories.threads import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time."),
]

WRITERS = 12
ROUNDS = 4
unit_of_work = database_unit_of_work()


def test_of_many_who_upsert_one_row_all_succeed_and_there_is_one_row() -> None:
    shelf = Shelf.objects.create(name="left").pk

    def upsert(article: str, amount: int) -> int:
        return (
            Stocks()
            .upsert(StockInsert(shelf_id=shelf, article=article, amount=amount), unique=("shelf", "article"))
            .amount
        )

    for article in "abcd"[:ROUNDS]:
        done = at_once([lambda amount=amount, article=article: upsert(article, amount) for amount in range(WRITERS)])
        assert set(map(type, done)) == {int}, done
    assert Stock.objects.count() == ROUNDS


def test_a_version_counts_every_one_of_many_upserts() -> None:
    for name in "abcd"[:ROUNDS]:
        done = at_once(
            [
                lambda value=value, name=name: Counters().upsert(
                    CounterInsert(name=name, value=value), unique=("name",)
                )
                for value in range(WRITERS)
            ]
        )
        assert not [each for each in done if isinstance(each, Exception)], done
        counter = Counter.objects.get(name=name)
        assert counter.version == WRITERS
        assert counter.value in range(WRITERS)


def test_a_row_with_several_unique_values_is_upserted_by_many() -> None:
    for number in range(ROUNDS):
        done = at_once(
            [
                lambda writer=writer, number=number: Badges().upsert(
                    BadgeInsert(number=number, holder=None, colour=f"{number} {writer}"), unique=("number",)
                )
                for writer in range(WRITERS)
            ]
        )
        assert not [each for each in done if isinstance(each, Exception)], done
    assert Badge.objects.count() == ROUNDS


def test_many_units_of_work_that_upsert_one_row_finish_when_they_are_run_again() -> None:
    for name in "abcd"[:ROUNDS]:
        done = at_once(
            [
                lambda value=value, name=name: unit_of_work.run(
                    lambda: Counters().upsert(CounterInsert(name=name, value=value), unique=("name",)), retries=10
                )
                for value in range(WRITERS)
            ]
        )
        assert not [each for each in done if isinstance(each, Exception)], done
        assert Counter.objects.get(name=name).version == WRITERS


def test_a_row_that_no_longer_is_what_was_asked_for_is_not_changed() -> None:
    """Of many who claim a row exactly one gets it."""
    Stock.objects.create(shelf=Shelf.objects.create(name="left"), article="free", amount=1)

    def claim(claimant: int) -> int:
        changes = StockChanges(article="taken", note=str(claimant))
        return Stocks().update_where(StockQuery(article="free"), changes)

    done = at_once([lambda claimant=claimant: claim(claimant) for claimant in range(WRITERS)])
    assert sorted(done) == [*[0] * (WRITERS - 1), 1]  # type: ignore[type-var]


def test_a_row_that_somebody_renames_meanwhile_is_not_deleted() -> None:
    crate = Crate.objects.create(name="old")
    is_locked, is_asked = Event(), Event()

    def rename() -> int:
        with unit_of_work():
            Crates().lock(crate.pk)
            is_locked.set()
            is_asked.wait(timeout=30)
            return Crates().update(crate.pk, CrateChanges(name="new")).id

    def asking(execute: Callable[..., object], *statement: object) -> object:
        if str(statement[0]).startswith(("SELECT", "DELETE")):
            is_asked.set()
        return execute(*statement)

    def delete() -> int:
        is_locked.wait(timeout=30)
        with connection.execute_wrapper(asking):
            return Crates().delete_where(CrateQuery(name="old"))

    assert at_once([rename, delete]) == [crate.pk, 0]
    assert Crate.objects.get().name == "new"


def test_two_who_change_the_same_rows_do_not_wait_for_each_other_for_ever() -> None:
    shelf = Shelf.objects.create(name="left")
    Stock.objects.bulk_create(Stock(shelf=shelf, article=str(number), amount=1) for number in range(50))
    labels = StockChanges(amount=2, label_ids=())
    done = at_once([lambda: Stocks().update_where(StockQuery(), labels)] * WRITERS)
    assert [each for each in done if not isinstance(each, Busy)] == [50] * WRITERS
