"""Many who write at the same moment, each with a connection of its own."""

from __future__ import annotations

from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest
from django.db import connection

from django_layers.errors import Busy, Conflict, RuleViolated, Stale
from django_layers.repositories import DatabaseUnitOfWork, database_unit_of_work
from tests.depot.models import Counter
from tests.depot.repositories import CounterChanges, CounterInsert, Counters
from tests.repositories import rows
from tests.repositories.threads import at_once, in_thread
from tests.shop.models import Category, Review, Tag
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.review import DjangoReviewRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.category import CategoryInsert
from tests.shop.schemas.review import ReviewInsert
from tests.shop.schemas.tag import TagChanges, TagInsert

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time."),
]

WRITERS = 32
IMPATIENT = {
    "postgresql": "SET LOCAL lock_timeout = '50ms'",
    "mysql": "SET SESSION innodb_lock_wait_timeout = 1",
}
unit_of_work = database_unit_of_work()


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def meet(barrier: Barrier) -> None:
    """Wait for the others, the first time that there are others to wait for."""
    try:
        barrier.wait(timeout=5)
    except BrokenBarrierError:
        return
    barrier.abort()


class TestUniqueness:
    def test_of_many_who_store_the_same_exactly_one_succeeds(self) -> None:
        def add() -> str:
            with unit_of_work():
                return DjangoTagRepository().add(TagInsert(name="same")).name

        done = at_once([add] * WRITERS)
        refused = [each for each in done if isinstance(each, Conflict)]
        assert (done.count("same"), len(refused)) == (1, WRITERS - 1), done
        assert {(error.code, error.fields) for error in refused} == {("unique", ("name",))}
        assert Tag.objects.count() == 1

    def test_it_is_the_same_for_a_set_of_fields_and_without_a_unit_of_work(self) -> None:
        product, user = rows.product(), rows.user()
        review = ReviewInsert(product_id=product.pk, user_id=user.pk, stars=1, comment="")
        done = at_once([lambda: DjangoReviewRepository().add(review).stars] * WRITERS)
        refused = [each for each in done if isinstance(each, Conflict)]
        assert (done.count(1), len(refused)) == (1, WRITERS - 1), done
        assert {error.fields for error in refused} == {("product_id", "user_id")}
        assert Review.objects.count() == 1

    def test_of_many_who_take_the_same_name_exactly_one_gets_it(self) -> None:
        keys = [rows.tag().pk for _ in range(WRITERS)]

        def rename(key: int) -> str:
            with unit_of_work():
                return DjangoTagRepository().update(key, TagChanges(name="same")).name

        done = at_once([lambda key=key: rename(key) for key in keys])
        refused = [each for each in done if isinstance(each, Conflict)]
        assert (done.count("same"), len(refused)) == (1, WRITERS - 1), done
        assert Tag.objects.filter(name="same").count() == 1


class TestLostUpdates:
    def test_of_many_who_change_the_same_version_exactly_one_succeeds(self) -> None:
        counter = Counters().add(CounterInsert(name="a", value=0))

        def change(value: int) -> int:
            with unit_of_work():
                return Counters().update(counter.id, CounterChanges(value=value), version=counter.version).value

        done = at_once([lambda value=value: change(value) for value in range(1, WRITERS + 1)])
        stale = [each for each in done if isinstance(each, Stale)]
        (kept,) = [each for each in done if not isinstance(each, Stale)]
        assert len(stale) == WRITERS - 1
        stored = Counters().get(counter.id)
        assert (stored.value, stored.version) == (kept, counter.version + 1)

    def test_who_reads_again_when_stale_loses_no_count(self) -> None:
        counter = Counters().add(CounterInsert(name="a", value=0))

        def count() -> None:
            while True:
                with unit_of_work():
                    read = Counters().get(counter.id)
                    try:
                        Counters().update(read.id, CounterChanges(value=read.value + 1), version=read.version)
                    except Stale:
                        continue
                    return

        assert at_once([count] * WRITERS) == [None] * WRITERS
        stored = Counters().get(counter.id)
        assert (stored.value, stored.version) == (WRITERS, counter.version + WRITERS)

    def test_who_locks_first_loses_no_count(self) -> None:
        counter = Counters().add(CounterInsert(name="a", value=0))

        def count() -> None:
            with unit_of_work():
                locked = Counters().lock(counter.id)
                Counters().update(locked.id, CounterChanges(value=locked.value + 1))

        assert at_once([count] * WRITERS) == [None] * WRITERS
        assert Counters().get(counter.id).value == WRITERS


class TestGivingWay:
    def test_two_that_wait_for_each_other_both_succeed_when_they_are_run_again(self) -> None:
        first, second = (Counters().add(CounterInsert(name=name, value=0)).id for name in "ab")
        both_hold_one = Barrier(2)
        attempts: list[tuple[int, int]] = []

        def count(*keys: int) -> None:
            def write() -> None:
                attempts.append((keys[0], keys[1]))
                for key in keys:
                    locked = Counters().lock(key)
                    Counters().update(key, CounterChanges(value=locked.value + 1))
                    meet(both_hold_one)

            unit_of_work.run(write)

        assert at_once([lambda: count(first, second), lambda: count(second, first)]) == [None, None]
        assert set(Counter.objects.values_list("name", "value")) == {("a", 2), ("b", 2)}
        # They did wait for each other: one of them needed a second attempt.
        assert len(attempts) == 3

    def test_a_deadlock_that_is_caught_does_not_end_a_unit_of_work_as_if_nothing_were(self) -> None:
        first, second = (Counters().add(CounterInsert(name=name, value=0)).id for name in "ab")
        both_hold_one = Barrier(2)

        def write(*keys: int) -> str:
            with unit_of_work():
                try:
                    for key in keys:
                        Counters().update(key, CounterChanges(value=7))
                        meet(both_hold_one)
                except Busy as busy:
                    return busy.code
            return "kept"

        done = at_once([lambda: write(first, second), lambda: write(second, first)])
        # PostgreSQL undoes what failed and lets the rest be kept; MySQL and MariaDB undo all, and so it is told.
        told = {"postgresql": "deadlock", "mysql": Busy}[connection.vendor]
        assert "kept" in done
        (other,) = [each for each in done if each != "kept"]
        assert other == told or (isinstance(told, type) and isinstance(other, told)), done
        assert list(Counter.objects.values_list("value", flat=True)) == [7, 7]

    def test_a_lock_that_is_not_given_in_time_is_busy_and_not_waited_for_again(self) -> None:
        counter = Counters().add(CounterInsert(name="a", value=0))
        is_locked, may_go = Event(), Event()
        attempts: list[None] = []

        def keep() -> None:
            with unit_of_work():
                Counters().lock(counter.id)
                is_locked.set()
                may_go.wait(timeout=30)

        def change() -> None:
            attempts.append(None)
            execute(IMPATIENT[connection.vendor])
            Counters().update(counter.id, CounterChanges(value=1))

        def ask() -> None:
            is_locked.wait(timeout=30)
            try:
                unit_of_work.run(change)
            finally:
                may_go.set()

        kept, asked = at_once([keep, ask])
        assert kept is None
        assert isinstance(asked, Busy)
        assert asked.code == "lock_timeout"
        assert len(attempts) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL finds it out at these levels.")
class TestSerialization:
    @pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
    def test_what_no_longer_fits_what_others_have_stored_is_run_again(self, level: str) -> None:
        counter = Counters().add(CounterInsert(name="a", value=0))
        both_have_read = Barrier(2)
        attempts: list[int] = []

        def write() -> None:
            execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
            read = Counters().get(counter.id)
            attempts.append(read.value)
            meet(both_have_read)
            Counters().update(counter.id, CounterChanges(value=read.value + 1))

        assert at_once([lambda: unit_of_work.run(write)] * 2) == [None, None]
        assert Counters().get(counter.id).value == 2
        assert attempts == [0, 0, 1]

    def test_what_is_found_at_the_commit_is_run_again_too(self) -> None:
        # Each sees room for one and takes it: together they would be too many.
        for name in "ab":
            Counters().add(CounterInsert(name=name, value=0))
        both_have_read = Barrier(2)

        def take(name: str) -> None:
            execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
            is_room = not Counter.objects.filter(value=1).exists()
            meet(both_have_read)
            if is_room:
                Counters().update(Counter.objects.get(name=name).pk, CounterChanges(value=1))

        assert at_once([lambda name=name: unit_of_work.run(lambda: take(name)) for name in "ab"]) == [None, None]
        assert Counter.objects.filter(value=1).count() == 1

    def test_without_another_attempt_it_is_busy(self) -> None:
        counter = Counters().add(CounterInsert(name="a", value=0))

        def write() -> None:
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            Counters().get(counter.id)
            in_thread(lambda: Counters().update(counter.id, CounterChanges(value=1)))
            Counters().update(counter.id, CounterChanges(value=2))

        with pytest.raises(Busy) as caught:
            DatabaseUnitOfWork(sleep=lambda _: None).run(write, retries=1)
        assert caught.value.code == "serialization_failure"
        assert Counters().get(counter.id).value == 1


def test_of_one_who_deletes_and_many_who_refer_all_are_told_what_happened() -> None:
    refused: list[Any] = []
    for _ in range(5):
        parent = rows.category().pk

        def delete(key: int = parent) -> None:
            with unit_of_work():
                DjangoCategoryRepository().delete(key)

        def refer(name: str, key: int = parent) -> None:
            with unit_of_work():
                DjangoCategoryRepository().add(CategoryInsert(name=name, parent_id=key, position=None))

        deleted, *referred = at_once([delete, *[lambda name=f"{parent} {i}": refer(name) for i in range(7)]])
        is_there = Category.objects.filter(pk=parent).exists()
        children = Category.objects.filter(parent=parent).count()
        assert (deleted is None) is not is_there
        assert is_there or children == 0
        assert children == referred.count(None)
        refused += [each for each in (deleted, *referred) if each is not None]
    assert refused
    assert {type(each) for each in refused} <= {Conflict, RuleViolated, Busy}
    told = {each.code for each in refused}
    assert told <= {"still_referenced", "reference_missing", "deadlock"}, told
