"""The unit of work on a database."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest
from ninja import Router

from django_layers.api import public
from django_layers.errors import Busy, Conflict, NotFound
from django_layers.repositories import DatabaseUnitOfWork, database_unit_of_work
from django_layers.services import UnitOfWork
from tests.api.serving import api_of, client_of
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


def test_a_block_is_committed_at_its_end(unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        add("a")
        assert connection.in_atomic_block
    assert not connection.in_atomic_block
    assert names() == ["a"]


def test_a_block_is_undone_when_an_exception_leaves_it(unit_of_work: UnitOfWork) -> None:
    with pytest.raises(NotFound), unit_of_work():
        add("a")
        raise NotFound
    assert names() == []


def test_one_unit_of_work_serves_many_blocks(unit_of_work: UnitOfWork) -> None:
    for name in "ab":
        with unit_of_work():
            add(name)
    assert names() == ["a", "b"]


def test_a_block_that_is_made_early_decides_late(unit_of_work: UnitOfWork) -> None:
    inner = unit_of_work()
    with pytest.raises(NotFound), unit_of_work():
        with inner:
            add("a")
        raise NotFound
    assert names() == []


def test_a_block_inside_another_joins_it(unit_of_work: UnitOfWork) -> None:
    with pytest.raises(NotFound), unit_of_work():
        with database_unit_of_work()():
            add("inner")
        add("outer")
        raise NotFound
    assert names() == []


def test_a_refusal_that_is_caught_inside_does_not_spoil_the_block(unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        add("a")
        with pytest.raises(Conflict), unit_of_work():
            add("a")
        add("b")
    assert names() == ["a", "b"]


def test_a_block_inside_another_is_not_undone_alone(unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        with pytest.raises(NotFound), unit_of_work():
            add("a")
            raise NotFound
        add("b")
    assert names() == ["a", "b"]


def test_a_savepoint_is_undone_alone(unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        add("before")
        with pytest.raises(NotFound), unit_of_work.savepoint():
            add("undone")
            raise NotFound
        with unit_of_work.savepoint():
            add("kept")
    assert names() == ["before", "kept"]


def test_a_savepoint_outside_of_a_block_is_one(unit_of_work: UnitOfWork) -> None:
    with pytest.raises(NotFound), unit_of_work.savepoint():
        add("undone")
        raise NotFound
    with unit_of_work.savepoint(), unit_of_work():
        add("kept")
    assert names() == ["kept"]


def test_a_block_inside_of_the_project_s_transaction_is_undone_although_that_goes_on(unit_of_work: UnitOfWork) -> None:
    # So it is with ATOMIC_REQUESTS, when the exception has become a response before the transaction ends.
    with transaction.atomic():
        add("request")
        with pytest.raises(NotFound), unit_of_work():
            add("undone")
            raise NotFound
    assert names() == ["request"]


def test_with_atomic_requests_an_error_that_becomes_a_response_undoes_what_was_written(
    unit_of_work: UnitOfWork, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    router = Router()

    @router.post("/undone", auth=public, response=None)
    def undone(request: HttpRequest) -> None:
        # The request's own write shows that it is a transaction that goes on, and is committed.
        add("request")
        with unit_of_work():
            add("undone")
            raise Conflict

    assert client_of(settings, api_of(router), token="").post("/api/undone").status_code == 409
    assert names() == ["request"]


def test_what_is_to_happen_after_the_commit_happens_then(unit_of_work: UnitOfWork) -> None:
    happened: list[str] = []
    with unit_of_work():
        with unit_of_work():
            unit_of_work.on_commit(lambda: happened.append("inner"))
        unit_of_work.on_commit(lambda: happened.append("outer"))
        assert happened == []
    assert happened == ["inner", "outer"]


def test_what_is_to_happen_after_the_commit_does_not_happen_without_one(unit_of_work: UnitOfWork) -> None:
    happened: list[str] = []
    with pytest.raises(NotFound), unit_of_work():
        unit_of_work.on_commit(lambda: happened.append("never"))
        raise NotFound
    with unit_of_work(), pytest.raises(NotFound), unit_of_work.savepoint():
        unit_of_work.on_commit(lambda: happened.append("never"))
        raise NotFound
    assert happened == []


def test_outside_of_a_block_it_happens_at_once(unit_of_work: UnitOfWork) -> None:
    happened: list[str] = []
    unit_of_work.on_commit(lambda: happened.append("now"))
    assert happened == ["now"]


def test_losing_against_another_transaction_is_being_told_to_try_again(unit_of_work: UnitOfWork) -> None:
    with pytest.raises(Busy), unit_of_work():
        add("a")
        raise deadlock()
    assert names() == []


def test_another_error_of_the_database_stays_what_it_is(unit_of_work: UnitOfWork) -> None:
    with pytest.raises(OperationalError, match="gone"), unit_of_work():
        raise OperationalError("gone")


class TestRun:
    def test_what_succeeds_is_run_once_in_a_block(self, unit_of_work: UnitOfWork) -> None:
        def write() -> int:
            assert connection.in_atomic_block
            add("a")
            return 7

        assert unit_of_work.run(write) == 7
        assert names() == ["a"]

    def test_what_loses_is_run_again_from_a_clean_start(self) -> None:
        pauses: list[float] = []
        attempts: list[int] = []

        def write() -> None:
            attempts.append(len(names()))
            add("a")
            if len(attempts) < 3:
                raise deadlock()

        DatabaseUnitOfWork(sleep=pauses.append).run(write)
        assert attempts == [0, 0, 0]
        assert names() == ["a"]
        assert len(pauses) == 2
        assert 0 <= pauses[0] <= 0.05
        assert 0 <= pauses[1] <= 0.1

    @pytest.mark.parametrize(("retries", "attempts"), [(0, 1), (2, 3)])
    def test_what_always_loses_is_given_up(self, retries: int, attempts: int) -> None:
        made: list[None] = []

        def write() -> None:
            made.append(None)
            raise deadlock()

        with pytest.raises(Busy):
            DatabaseUnitOfWork(sleep=lambda _: None).run(write, retries=retries)
        assert len(made) == attempts

    def test_a_refusal_is_not_tried_again(self, unit_of_work: UnitOfWork) -> None:
        made: list[None] = []

        def write() -> None:
            made.append(None)
            raise NotFound

        with pytest.raises(NotFound):
            unit_of_work.run(write)
        assert len(made) == 1

    def test_inside_of_a_block_only_the_block_can_be_tried_again(self, unit_of_work: UnitOfWork) -> None:
        made: list[None] = []

        def write() -> None:
            made.append(None)
            raise deadlock()

        with pytest.raises(Busy), unit_of_work():
            unit_of_work.run(write)
        assert len(made) == 1

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


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection")
def test_two_that_really_lock_each_other_both_succeed_in_the_end() -> None:
    first, second = Tag.objects.create(name="1"), Tag.objects.create(name="2")
    errors: list[Exception] = []

    def swap(one: int, other: int) -> None:
        def write() -> None:
            for key in (one, other):
                tag = Tag.objects.select_for_update().get(pk=key)
                tag.name += "x"
                tag.save()

        try:
            for _ in range(20):
                database_unit_of_work().run(write, retries=20)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=swap, args=pair) for pair in ((first.pk, second.pk), (second.pk, first.pk))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert names() == ["1" + "x" * 40, "2" + "x" * 40]


@pytest.mark.django_db
def test_the_same_unit_of_work_serves_a_database_of_another_name() -> None:
    unit_of_work: Any = database_unit_of_work(using="other")
    with pytest.raises(Exception, match="other"), unit_of_work():
        pass
