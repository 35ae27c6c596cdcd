"""The unit of work on a database: what is more than `tests/services/test_unit_of_work.py` says."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from django_layers.errors import Busy, Conflict, NotFound
from django_layers.repositories import DatabaseUnitOfWork, database_unit_of_work
from django_layers.repositories.block import note_undo
from django_layers.services import UnitOfWork
from tests.repositories.threads import in_thread
from tests.shop.models import Tag
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.tag import TagInsert

# Outside of a test's own transaction, so that what is committed is what another connection would see.
pytestmark = pytest.mark.django_db(transaction=True)


def add(name: str) -> None:
    DjangoTagRepository().add(TagInsert(name=name))


def names() -> list[str]:
    return list(Tag.objects.order_by("name").values_list("name", flat=True))


def deadlock() -> OperationalError:
    """Return an error as PostgreSQL gives for a deadlock."""
    error = OperationalError("deadlock detected")
    driver = Exception("deadlock detected")
    driver.sqlstate = "40P01"  # type: ignore[attr-defined]
    error.__cause__ = driver
    return error


@pytest.fixture
def unit_of_work() -> UnitOfWork:
    return database_unit_of_work()


def test_a_block_is_a_transaction(unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        add("a")
        assert connection.in_atomic_block
    assert not connection.in_atomic_block
    assert names() == ["a"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection")
def test_others_see_a_block_when_it_is_committed(unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        add("a")
        assert in_thread(names) == []
    assert in_thread(names) == ["a"]


def test_a_block_inside_of_the_project_s_transaction_is_undone_although_that_goes_on(unit_of_work: UnitOfWork) -> None:
    # So it is with ATOMIC_REQUESTS, when the exception has become a response before the transaction ends.
    with transaction.atomic():
        add("request")
        with pytest.raises(NotFound), unit_of_work():
            add("undone")
            raise NotFound
    assert names() == ["request"]


def test_losing_against_another_transaction_is_being_told_to_try_again(unit_of_work: UnitOfWork) -> None:
    with pytest.raises(Busy) as caught, unit_of_work():
        add("a")
        raise deadlock()
    assert caught.value.code == "deadlock"
    assert names() == []


def test_losing_in_a_savepoint_is_told_there(unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        with pytest.raises(Busy), unit_of_work.savepoint():
            add("undone")
            raise deadlock()
        add("kept")
    assert names() == ["kept"]


def test_another_error_of_the_database_stays_what_it_is(unit_of_work: UnitOfWork) -> None:
    with pytest.raises(OperationalError, match="gone"), unit_of_work():
        raise OperationalError("gone")
    with unit_of_work(), pytest.raises(OperationalError, match="gone"), unit_of_work.savepoint():
        raise OperationalError("gone")


class TestWhatCannotBeKept:
    """Where the database has given a transaction up, catching the exception does not bring it back."""

    def test_a_block_in_which_the_database_failed_does_not_end_as_if_nothing_were(
        self, unit_of_work: UnitOfWork
    ) -> None:
        undone: list[str] = []

        def write() -> None:
            add("a")
            note_undo("default", lambda: undone.append("a"))
            with pytest.raises(IntegrityError):
                Tag.objects.create(name="a")

        with pytest.raises(TransactionManagementError, match="Everything in the unit of work on 'default' is undone"):
            unit_of_work.run(write)
        assert names() == []
        assert undone == ["a"]

    def test_a_block_that_has_lost_says_so_and_is_run_again(self) -> None:
        attempts: list[None] = []

        def lose_and_go_on() -> None:
            attempts.append(None)
            with pytest.raises(Busy):
                lose()
            # So it is with MySQL, where a deadlock takes the whole transaction with it.
            transaction.set_rollback(len(attempts) == 1)

        def lose() -> None:
            with DjangoTagRepository()._compiled().writer.guarded("default"):
                add(f"attempt {len(attempts)}")
                raise deadlock()

        DatabaseUnitOfWork(sleep=lambda _: None).run(lose_and_go_on)
        assert len(attempts) == 2
        assert names() == []


class TestUndo:
    """What no database undoes is undone when the block, or the savepoint that it was done in, is."""

    def test_it_is_undone_with_the_block_and_only_then(self, unit_of_work: UnitOfWork) -> None:
        undone: list[str] = []
        with unit_of_work():
            note_undo("default", lambda: undone.append("kept"))
        with pytest.raises(NotFound), unit_of_work():
            note_undo("default", lambda: undone.append("undone"))
            raise NotFound
        assert undone == ["undone"]

    def test_it_is_undone_with_the_savepoint(self, unit_of_work: UnitOfWork) -> None:
        undone: list[str] = []
        with unit_of_work():
            note_undo("default", lambda: undone.append("before"))
            for error in (NotFound(), OperationalError("gone")):
                with pytest.raises(type(error)), unit_of_work.savepoint():
                    note_undo("default", lambda: undone.append("inside"))
                    raise error
            assert undone == ["inside", "inside"]
            with unit_of_work.savepoint():
                note_undo("default", lambda: undone.append("kept"))
        assert undone == ["inside", "inside"]

    def test_a_callback_that_fails_after_the_commit_undoes_nothing(self, unit_of_work: UnitOfWork) -> None:
        undone: list[str] = []

        def fail() -> None:
            raise deadlock()

        with pytest.raises(OperationalError, match="deadlock"), unit_of_work():
            add("a")
            note_undo("default", lambda: undone.append("a"))
            unit_of_work.on_commit(fail)
        assert (names(), undone) == (["a"], [])


class TestRun:
    def test_the_pauses_are_random_and_longer_each_time(self) -> None:
        pauses: list[float] = []

        def lose() -> None:
            raise deadlock()

        with pytest.raises(Busy):
            DatabaseUnitOfWork(sleep=pauses.append).run(lose, retries=10)
        longest = [0.05, 0.1, 0.2, 0.4, 0.8, 1, 1, 1, 1, 1]
        assert len(pauses) == len(longest)
        assert all(0 <= pause <= limit for pause, limit in zip(pauses, longest, strict=True))
        assert len(set(pauses)) == len(pauses)

    def test_inside_of_the_project_s_transaction_it_is_run_once_and_undone(self, unit_of_work: UnitOfWork) -> None:
        made: list[None] = []

        def write() -> None:
            made.append(None)
            add("undone")
            raise deadlock()

        with transaction.atomic():
            add("request")
            with pytest.raises(Busy):
                unit_of_work.run(write)
        assert len(made) == 1
        assert names() == ["request"]

    @pytest.mark.django_db(transaction=False)
    def test_the_transaction_of_a_test_does_not_count(self) -> None:
        made: list[None] = []

        def write() -> None:
            made.append(None)
            if len(made) < 3:
                raise deadlock()

        assert connection.in_atomic_block
        DatabaseUnitOfWork(sleep=lambda _: None).run(write)
        assert len(made) == 3


@pytest.mark.django_db
def test_the_same_unit_of_work_serves_a_database_of_another_name() -> None:
    unit_of_work: Any = database_unit_of_work(using="other")
    with pytest.raises(Exception, match="other"), unit_of_work():
        pass


def test_a_write_alone_is_a_unit_of_work_of_its_own() -> None:
    add("a")
    with pytest.raises(Conflict):
        add("a")
    assert names() == ["a"]
