"""What a unit of work does, on a database and in memory: the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from django_layers.errors import Busy, Conflict, NotFound, RuleViolated
from django_layers.repositories import database_unit_of_work
from django_layers.services import UnitOfWork
from django_layers.testing.memory.database import MemoryDatabase
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.category import CategoryInsert, CategoryQuery
from tests.shop.schemas.tag import TagInsert, TagQuery


@dataclass(frozen=True)
class Store:
    """A unit of work with repositories.

    Attributes:
        unit_of_work: makes a unit of work; each call may give another one.
        tags: the tags.
        categories: the categories.
    """

    unit_of_work: Callable[[], UnitOfWork]
    tags: DjangoTagRepository
    categories: DjangoCategoryRepository

    def add(self, name: str) -> None:
        """Store a tag."""
        self.tags.add(TagInsert(name=name))

    def names(self) -> list[str]:
        """Return the names of all tags, which are few."""
        return sorted(tag.name for tag in self.tags.page(TagQuery()).items)


@pytest.fixture(
    params=[
        pytest.param("database", marks=pytest.mark.django_db(transaction=True)),
        pytest.param("test", marks=pytest.mark.django_db),
        "memory",
    ]
)
def store(request: pytest.FixtureRequest) -> Store:
    """A database whose transactions are committed, one in the transaction of a test, and one in memory."""
    if request.param == "memory":
        memory = MemoryDatabase()
        tags, categories = memory.repository(DjangoTagRepository), memory.repository(DjangoCategoryRepository)
        return Store(memory.unit_of_work, tags, categories)
    return Store(database_unit_of_work, DjangoTagRepository(), DjangoCategoryRepository())


@pytest.fixture
def unit_of_work(store: Store) -> UnitOfWork:
    return store.unit_of_work()


@pytest.fixture
def callbacks(request: pytest.FixtureRequest) -> None:
    """Leave out the transaction of a test, which is never committed."""
    if "test" in request.node.callspec.params.values():
        pytest.skip("a test's transaction is never committed")


def test_a_block_is_kept_at_its_end(store: Store, unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        store.add("a")
    assert store.names() == ["a"]


def test_a_block_is_undone_when_an_exception_leaves_it(store: Store, unit_of_work: UnitOfWork) -> None:
    with pytest.raises(NotFound), unit_of_work():
        store.add("a")
        raise NotFound
    assert store.names() == []


def test_a_block_is_undone_by_what_is_no_error_of_a_domain_too(store: Store, unit_of_work: UnitOfWork) -> None:
    with pytest.raises(KeyboardInterrupt), unit_of_work():
        store.add("a")
        raise KeyboardInterrupt
    assert store.names() == []


def test_inside_a_block_one_reads_what_one_wrote(store: Store, unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        store.add("a")
        assert store.names() == ["a"]


def test_one_unit_of_work_serves_many_blocks(store: Store, unit_of_work: UnitOfWork) -> None:
    for name in "ab":
        with unit_of_work():
            store.add(name)
    assert store.names() == ["a", "b"]


def test_a_block_that_is_made_early_decides_late(store: Store, unit_of_work: UnitOfWork) -> None:
    inner = unit_of_work()
    with pytest.raises(NotFound), unit_of_work():
        with inner:
            store.add("a")
        raise NotFound
    assert store.names() == []


def test_a_block_inside_another_joins_it(store: Store, unit_of_work: UnitOfWork) -> None:
    with pytest.raises(NotFound), unit_of_work():
        with store.unit_of_work()():
            store.add("inner")
        store.add("outer")
        raise NotFound
    assert store.names() == []


def test_a_block_inside_another_is_not_undone_alone(store: Store, unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        with pytest.raises(NotFound), unit_of_work():
            store.add("a")
            raise NotFound
        store.add("b")
    assert store.names() == ["a", "b"]


def test_a_refusal_that_is_caught_does_not_spoil_the_block(store: Store, unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        store.add("a")
        with pytest.raises(Conflict), unit_of_work():
            store.add("a")
        store.add("b")
    assert store.names() == ["a", "b"]


def test_a_savepoint_is_undone_alone(store: Store, unit_of_work: UnitOfWork) -> None:
    with unit_of_work():
        store.add("before")
        with pytest.raises(NotFound), unit_of_work.savepoint():
            store.add("undone")
            raise NotFound
        with unit_of_work.savepoint():
            store.add("kept")
    assert store.names() == ["before", "kept"]


def test_what_a_savepoint_kept_is_undone_with_the_block(store: Store, unit_of_work: UnitOfWork) -> None:
    with pytest.raises(NotFound), unit_of_work():
        with unit_of_work.savepoint():
            store.add("a")
        raise NotFound
    assert store.names() == []


def test_savepoints_nest(store: Store, unit_of_work: UnitOfWork) -> None:
    with unit_of_work(), unit_of_work.savepoint():
        store.add("outer")
        with pytest.raises(NotFound), unit_of_work.savepoint():
            store.add("inner")
            raise NotFound
    assert store.names() == ["outer"]


def test_a_savepoint_outside_of_a_block_is_one(store: Store, unit_of_work: UnitOfWork) -> None:
    with pytest.raises(NotFound), unit_of_work.savepoint():
        store.add("undone")
        raise NotFound
    with unit_of_work.savepoint(), unit_of_work():
        store.add("kept")
    assert store.names() == ["kept"]


def test_a_reference_to_nothing_is_found_at_the_end(store: Store, unit_of_work: UnitOfWork) -> None:
    with pytest.raises(RuleViolated) as caught, unit_of_work():
        store.categories.add(CategoryInsert(name="x", parent_id=10**9, position=None))
    assert (caught.value.code, caught.value.fields) == ("reference_missing", ("parent_id",))
    assert store.categories.count(CategoryQuery()) == 0


def test_a_block_after_one_that_failed_starts_anew(store: Store, unit_of_work: UnitOfWork) -> None:
    with pytest.raises(RuleViolated), unit_of_work():
        store.categories.add(CategoryInsert(name="x", parent_id=10**9, position=None))
    with unit_of_work():
        store.add("a")
    assert store.names() == ["a"]


@pytest.mark.usefixtures("callbacks")
class TestCallbacks:
    def test_what_is_to_happen_after_the_commit_happens_then(self, unit_of_work: UnitOfWork) -> None:
        happened: list[str] = []
        with unit_of_work():
            with unit_of_work():
                unit_of_work.on_commit(lambda: happened.append("inner"))
            unit_of_work.on_commit(lambda: happened.append("outer"))
            assert happened == []
        assert happened == ["inner", "outer"]

    def test_it_does_not_happen_without_a_commit(self, unit_of_work: UnitOfWork) -> None:
        happened: list[str] = []
        with pytest.raises(NotFound), unit_of_work():
            unit_of_work.on_commit(lambda: happened.append("never"))
            raise NotFound
        with unit_of_work(), pytest.raises(NotFound), unit_of_work.savepoint():
            unit_of_work.on_commit(lambda: happened.append("never"))
            raise NotFound
        assert happened == []

    def test_outside_of_a_block_it_happens_at_once(self, unit_of_work: UnitOfWork) -> None:
        happened: list[str] = []
        unit_of_work.on_commit(lambda: happened.append("now"))
        assert happened == ["now"]

    def test_a_callback_may_open_a_block_of_its_own(self, store: Store, unit_of_work: UnitOfWork) -> None:
        def write() -> None:
            with unit_of_work():
                store.add("after")
                unit_of_work.on_commit(lambda: store.add("after that"))

        with unit_of_work():
            unit_of_work.on_commit(write)
            store.add("before")
        assert store.names() == ["after", "after that", "before"]

    def test_a_callback_that_fails_undoes_nothing_and_stops_those_after_it(
        self, store: Store, unit_of_work: UnitOfWork
    ) -> None:
        happened: list[str] = []

        def fail() -> None:
            raise Conflict("too late")

        with pytest.raises(Conflict, match="too late"), unit_of_work():
            store.add("a")
            unit_of_work.on_commit(fail)
            unit_of_work.on_commit(lambda: happened.append("never"))
        assert store.names() == ["a"]
        with unit_of_work():
            store.add("b")
        assert happened == []

    def test_a_callback_that_is_busy_is_no_reason_to_run_again_what_is_kept(
        self, store: Store, unit_of_work: UnitOfWork
    ) -> None:
        attempts: list[None] = []

        def fail() -> None:
            raise Busy

        def write() -> None:
            attempts.append(None)
            store.add(f"attempt {len(attempts)}")
            unit_of_work.on_commit(fail)

        with pytest.raises(Busy):
            unit_of_work.run(write)
        assert store.names() == ["attempt 1"]


class TestRun:
    def test_what_succeeds_is_run_once_and_returned(self, store: Store, unit_of_work: UnitOfWork) -> None:
        def write() -> int:
            store.add("a")
            return 7

        assert unit_of_work.run(write) == 7
        assert store.names() == ["a"]

    def test_what_loses_is_run_again_from_a_clean_start(self, store: Store, unit_of_work: UnitOfWork) -> None:
        seen: list[list[str]] = []

        def write() -> None:
            seen.append(store.names())
            store.add("a")
            if len(seen) < 3:
                raise Busy

        unit_of_work.run(write)
        assert seen == [[], [], []]
        assert store.names() == ["a"]

    @pytest.mark.parametrize(("retries", "attempts"), [(0, 1), (2, 3)])
    def test_what_always_loses_is_given_up(self, unit_of_work: UnitOfWork, retries: int, attempts: int) -> None:
        made: list[None] = []

        def write() -> None:
            made.append(None)
            raise Busy

        with pytest.raises(Busy):
            unit_of_work.run(write, retries=retries)
        assert len(made) == attempts

    @pytest.mark.parametrize("error", [NotFound(), Conflict(), Busy(code="lock_timeout"), ZeroDivisionError()])
    def test_what_would_fail_again_is_not_tried_again(self, unit_of_work: UnitOfWork, error: Exception) -> None:
        made: list[None] = []

        def write() -> None:
            made.append(None)
            raise error

        with pytest.raises(type(error)):
            unit_of_work.run(write)
        assert len(made) == 1

    def test_inside_of_a_block_only_the_block_can_be_tried_again(self, store: Store, unit_of_work: UnitOfWork) -> None:
        made: list[None] = []

        def write() -> None:
            made.append(None)
            raise Busy

        with pytest.raises(Busy), unit_of_work():
            store.add("a")
            unit_of_work.run(write)
        assert len(made) == 1
        assert store.names() == []
