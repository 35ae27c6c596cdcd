"""Each test of the contract fails on a repository that is broken in the way that the test is about."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest

from django_layers.errors import DomainError, RuleViolated
from django_layers.repositories import ModelRepository
from django_layers.schemas import Page, PageQuery, ResponseSchema
from django_layers.testing import InMemoryRepository, MemoryDatabase, RepositoryContract
from django_layers.testing.contract.fixtures import ROWS
from tests.depot.models import Shelf
from tests.depot.repositories import (
    CounterChanges,
    CounterInsert,
    CounterQuery,
    Counters,
    ShelfInsert,
    StockChanges,
    StockInsert,
    StockQuery,
    Stocks,
)


class ShelfRead(ResponseSchema):
    """A shelf."""

    id: int


class Shelves(ModelRepository[Shelf, ShelfRead, ShelfInsert, ShelfInsert, PageQuery]):
    """Shelves."""


class StockContract(RepositoryContract[Any, Any, Any, Any]):
    """The contract of stocks."""

    query = StockQuery
    owner = "shelf_id"
    unique = ("shelf_id", "article")


class CounterContract(RepositoryContract[Any, Any, Any, Any]):
    """The contract of counters, which have a version."""

    query = CounterQuery
    unique = ("name",)


class InMemoryStocks(Stocks, InMemoryRepository[Any, Any, Any, Any, Any]):
    """Stocks in memory."""


class InMemoryCounters(Counters, InMemoryRepository[Any, Any, Any, Any, Any]):
    """Counters in memory."""


class NoUnitOfWork:
    """A unit of work that undoes nothing."""

    def __call__(self) -> AbstractContextManager[None]:
        """Return a block that does nothing."""
        return nullcontext()

    def savepoint(self) -> AbstractContextManager[None]:
        """Return a block that does nothing."""
        return nullcontext()


def run(name: str, repository: type[Any], *, undoes: bool = True) -> None:
    """Run a test of the contract on a repository in memory."""
    memory = MemoryDatabase()
    of_counters = issubclass(repository, Counters)
    memory.use(Counters if of_counters else Stocks, repository)
    stored = memory.repository(repository)
    shelves = [memory.repository(Shelves).add(ShelfInsert(name=name)).id for name in ("left", "right")]

    def stock(number: int) -> StockInsert:
        return StockInsert(shelf_id=shelves[number % 2], article=f"article {number}", amount=number)

    def insert(number: int) -> Any:
        return CounterInsert(name=str(number), value=number) if of_counters else stock(number)

    values: dict[str, Any] = {
        "repository": stored,
        "unit_of_work": memory.unit_of_work() if undoes else NoUnitOfWork(),
        "insert": insert,
        "changes": CounterChanges(value=99) if of_counters else StockChanges(amount=99),
        "missing_key": 2_000_000_000,
        "duplicate": lambda row: StockInsert(shelf_id=row.shelf_id, article=row.article, amount=50),
        "dangling": StockInsert(shelf_id=2_000_000_000, article="a", amount=1),
    }
    test = getattr((CounterContract if of_counters else StockContract)(), name)
    wanted = inspect.signature(test).parameters
    if "rows" in wanted:
        values["rows"] = [stored.add(insert(number)) for number in range(ROWS)]
    test(**{parameter: values[parameter] for parameter in wanted})


class AnotherRow(InMemoryStocks):
    def get(self, key: Any, /, *, visible_to: Any = None) -> Any:
        return super().get(key, visible_to=visible_to).model_copy(update={"note": "another"})


class AnotherValue(InMemoryStocks):
    def add(self, row: Any, /) -> Any:
        return super().add(row.model_copy(update={"amount": row.amount + 1}))


class OneKey(InMemoryStocks):
    def add(self, row: Any, /) -> Any:
        return super().add(row).model_copy(update={"id": 1})


class MissingIsFine(InMemoryStocks):
    def delete(self, key: Any, /, *, version: Any = None) -> None:
        if self.exists(key):
            super().delete(key)


class ChangesMore(InMemoryStocks):
    def update(self, key: Any, changes: Any, /, *, version: Any = None) -> Any:
        return super().update(key, changes.model_copy(update={"note": "changed too"}))


class ChangesOthers(InMemoryStocks):
    def update(self, key: Any, changes: Any, /, *, version: Any = None) -> Any:
        for row in self._rows():
            super().update(row.id, changes)
        return self.get(key)


class DeletesNothing(InMemoryStocks):
    def delete(self, key: Any, /, *, version: Any = None) -> None:
        self.get(key)


class DeletesAll(InMemoryStocks):
    def delete(self, key: Any, /, *, version: Any = None) -> None:
        self.get(key)
        for row in self._rows():
            super().delete(row.id)


class AddsTwice(InMemoryStocks):
    def add(self, row: Any, /) -> Any:
        return self.upsert(row, unique=("shelf_id", "article"))


class RefersToAnything(InMemoryStocks):
    def add(self, row: Any, /) -> Any:
        return super().add(row.model_copy(update={"shelf_id": min(row.shelf_id, 1)}))


class ShowsAllToAll(InMemoryStocks):
    def get(self, key: Any, /, *, visible_to: Any = None) -> Any:
        return super().get(key)


class ListsAllToAll(InMemoryStocks):
    def page(self, query: Any, /, *, visible_to: Any = None) -> Any:
        return super().page(query)


class KeysInAnyOrder(InMemoryStocks):
    def many(self, keys: Any, /, *, visible_to: Any = None) -> Any:
        return super().many(sorted(keys), visible_to=visible_to)


class AlwaysThere(InMemoryStocks):
    def exists(self, key: Any, /, *, visible_to: Any = None) -> bool:
        return True


class RequiresTheFirst(InMemoryStocks):
    def require(self, *keys: Any, visible_to: Any = None) -> None:
        super().require(*keys[:1], visible_to=visible_to)


class RequiresForAnybody(InMemoryStocks):
    def require(self, *keys: Any, visible_to: Any = None) -> None:
        super().require(*keys)


class IgnoresVersions(InMemoryCounters):
    def update(self, key: Any, changes: Any, /, *, version: Any = None) -> Any:
        return super().update(key, changes)


class DeletesAnyVersion(InMemoryCounters):
    def delete(self, key: Any, /, *, version: Any = None) -> None:
        super().delete(key)


class LosesRows(InMemoryStocks):
    def page(self, query: Any, /, *, visible_to: Any = None) -> Any:
        page = super().page(query, visible_to=visible_to)
        return page.model_copy(update={"items": page.items[:1]}) if query.limit == 2 else page


class IgnoresOrders(InMemoryStocks):
    def page(self, query: Any, /, *, visible_to: Any = None) -> Any:
        return super().page(query.model_copy(update={"order_by": "id"}), visible_to=visible_to)


class IgnoresFilters(InMemoryStocks):
    def page(self, query: Any, /, *, visible_to: Any = None) -> Any:
        return super().page(query.model_copy(update={"article": None}), visible_to=visible_to)


class TakesAnyCursor(InMemoryStocks):
    def page(self, query: Any, /, *, visible_to: Any = None) -> Any:
        try:
            return super().page(query, visible_to=visible_to)
        except RuleViolated:
            return super().page(query.model_copy(update={"cursor": None}), visible_to=visible_to)


class CountsToAPage(InMemoryStocks):
    """The cursor is a number of rows to leave out."""

    def page(self, query: Any, /, *, visible_to: Any = None) -> Any:
        everything = super().page(query.model_copy(update={"limit": 100, "cursor": None}), visible_to=visible_to).items
        start = int(query.cursor or 0)
        end = start + query.limit
        return Page(items=everything[start:end], next_cursor=str(end) if end < len(everything) else None)


class NeverBack(InMemoryStocks):
    def page(self, query: Any, /, *, visible_to: Any = None) -> Any:
        return super().page(query, visible_to=visible_to).model_copy(update={"previous_cursor": None})


class TellsThePage(InMemoryStocks):
    def page(self, query: Any, /, *, visible_to: Any = None) -> Any:
        page = super().page(query, visible_to=visible_to)
        return page.model_copy(update={"total": page.total and len(page.items)})


class CountsAll(InMemoryStocks):
    def count(self, query: Any, /, *, visible_to: Any = None) -> int:
        return len(self._rows())


class StreamsAnyhow(InMemoryStocks):
    def stream(self, query: Any, /, *, visible_to: Any = None, chunk: int = 1000) -> Iterator[Any]:
        return iter(self._rows())


class AddsBackwards(InMemoryStocks):
    def add_many(self, rows: Any, /) -> Any:
        return super().add_many(rows)[::-1]


class AddsSome(InMemoryStocks):
    def add_many(self, rows: Any, /) -> Any:
        return tuple(self.add(row) for row in rows)


class UpdatesAll(InMemoryStocks):
    def update_where(self, query: Any, changes: Any, /, *, visible_to: Any = None) -> int:
        return super().update_where(StockQuery(), changes, visible_to=visible_to)


class UpdatesOne(InMemoryStocks):
    def update_where(self, query: Any, changes: Any, /, *, visible_to: Any = None) -> int:
        found = self.page(query, visible_to=visible_to).items
        for row in found:
            self.update(row.id, changes)
        return len(found)


class CountsWhatItLeaves(InMemoryStocks):
    def update_where(self, query: Any, changes: Any, /, *, visible_to: Any = None) -> int:
        super().update_where(query, changes, visible_to=visible_to)
        return self.count(query)


class DeletesAllOfThem(InMemoryStocks):
    def delete_where(self, query: Any, /, *, visible_to: Any = None) -> int:
        return super().delete_where(StockQuery(), visible_to=visible_to)


class UpdatesForAnybody(InMemoryStocks):
    def update_where(self, query: Any, changes: Any, /, *, visible_to: Any = None) -> int:
        return super().update_where(query, changes)


class DeletesForAnybody(InMemoryStocks):
    def delete_where(self, query: Any, /, *, visible_to: Any = None) -> int:
        return super().delete_where(query)


class PutsAnotherInItsPlace(InMemoryStocks):
    def upsert(self, row: Any, /, *, unique: Any) -> Any:
        super().delete_where(StockQuery(shelf_id=row.shelf_id, article=row.article))
        return self.add(row)


class KeepsTheOldValues(InMemoryStocks):
    def upsert(self, row: Any, /, *, unique: Any) -> Any:
        found = self.page(StockQuery(shelf_id=row.shelf_id, article=row.article)).items
        return found[0] if found else self.add(row)


class ChangesWhatIsThere(InMemoryStocks):
    def upsert(self, row: Any, /, *, unique: Any) -> Any:
        found = self.page(StockQuery(shelf_id=row.shelf_id)).items
        return self.update(found[0].id, StockChanges(article=row.article, amount=row.amount))


class LocksAnywhere(InMemoryStocks):
    def lock(self, key: Any, /, *, visible_to: Any = None) -> Any:
        return self.get(key, visible_to=visible_to)


class LocksNothing(InMemoryStocks):
    def lock(self, key: Any, /, *, visible_to: Any = None) -> Any:
        return super().lock(key, visible_to=visible_to) if self.exists(key) or not self._is_open() else None

    def _is_open(self) -> bool:
        return self._store.transactions.is_open


BROKEN: dict[str, list[type[Any]]] = {
    "test_what_was_added_is_found_by_its_key": [AnotherRow],
    "test_what_was_added_holds_what_was_given": [AnotherValue],
    "test_every_row_has_a_key_of_its_own": [OneKey],
    "test_a_key_that_no_row_has_is_not_found": [MissingIsFine],
    "test_a_change_changes_what_it_names_and_nothing_else": [ChangesMore, ChangesOthers],
    "test_a_change_of_nothing_changes_nothing": [ChangesMore],
    "test_what_was_deleted_is_gone_and_the_rest_is_not": [DeletesNothing, DeletesAll],
    "test_a_duplicate_is_a_conflict_and_leaves_everything_as_it_was": [AddsTwice],
    "test_a_reference_to_nothing_is_refused": [RefersToAnything],
    "test_private_rows_are_there_for_their_owner_alone": [ShowsAllToAll, ListsAllToAll, RequiresForAnybody],
    "test_rows_are_found_by_several_keys_in_their_order": [KeysInAnyOrder],
    "test_whether_a_row_is_there_is_told": [AlwaysThere],
    "test_keys_are_required_together": [RequiresTheFirst],
    "test_a_row_that_somebody_else_has_changed_is_stale": [IgnoresVersions, DeletesAnyVersion],
    "test_pages_hold_every_row_once_in_every_order": [LosesRows],
    "test_orders_sort_by_their_field_and_the_opposite_order_is_the_mirror_image": [IgnoresOrders],
    "test_a_filter_keeps_the_rows_that_have_its_value": [IgnoresFilters],
    "test_a_cursor_that_was_not_given_out_is_refused": [TakesAnyCursor],
    "test_a_cursor_belongs_to_its_order_and_filters": [TakesAnyCursor],
    "test_a_page_goes_on_where_the_last_one_ended_though_rows_come_and_go": [CountsToAPage],
    "test_pages_lead_back_as_they_lead_on": [NeverBack],
    "test_the_number_of_rows_is_told_where_it_is_asked_for": [TellsThePage, CountsAll],
    "test_a_stream_gives_what_the_pages_hold": [StreamsAnyhow],
    "test_many_rows_are_added_in_their_order": [AddsBackwards],
    "test_many_rows_are_added_all_or_none": [AddsSome],
    "test_the_rows_that_a_query_asks_for_are_changed_and_no_others": [UpdatesAll, UpdatesOne],
    "test_a_change_of_nothing_changes_no_rows": [CountsWhatItLeaves],
    "test_the_rows_that_a_query_asks_for_are_deleted_and_no_others": [DeletesAllOfThem],
    "test_private_rows_are_written_for_their_owner_alone": [UpdatesForAnybody, DeletesForAnybody],
    "test_a_row_that_is_there_takes_over_the_values_of_a_new_one": [PutsAnotherInItsPlace, KeepsTheOldValues],
    "test_a_row_that_is_not_there_is_added": [ChangesWhatIsThere],
    "test_a_row_is_locked_inside_of_a_unit_of_work_and_nowhere_else": [LocksAnywhere, LocksNothing],
}
UNDONE = ["test_what_a_failed_unit_of_work_did_is_undone", "test_a_savepoint_is_undone_alone"]


def names_in_the_contract() -> set[str]:
    """Return the names of all tests of the contract."""
    return {name for name in dir(RepositoryContract) if name.startswith("test_")}


def fails(run: Callable[[], None]) -> bool:
    """Return whether a test fails, by an assertion or because something does not raise or raises what it may not."""
    try:
        run()
    except (AssertionError, DomainError, pytest.fail.Exception):
        return True
    return False


def test_there_is_a_broken_repository_for_each_test() -> None:
    assert {*BROKEN, *UNDONE} == names_in_the_contract()


@pytest.mark.parametrize("name", sorted(names_in_the_contract()))
def test_a_repository_that_is_not_broken_passes(name: str) -> None:
    run(name, InMemoryCounters if name == "test_a_row_that_somebody_else_has_changed_is_stale" else InMemoryStocks)


@pytest.mark.parametrize(
    ("name", "broken"),
    [pytest.param(name, each, id=f"{each.__name__}-{name}") for name, all_of in BROKEN.items() for each in all_of],
)
def test_a_broken_repository_fails(name: str, broken: type[Any]) -> None:
    assert fails(lambda: run(name, broken))


@pytest.mark.parametrize("name", UNDONE)
def test_a_unit_of_work_that_undoes_nothing_fails(name: str) -> None:
    assert fails(lambda: run(name, InMemoryStocks, undoes=False))
