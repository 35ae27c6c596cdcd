"""Set-based writes and locks in memory: what the database does with the same rows, memory does too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from django_layers.errors import Conflict, NotFound, RuleViolated
from django_layers.repositories import DeclarationError, ModelRepository, OutsideUnitOfWork, database_unit_of_work
from django_layers.schemas import PageQuery, ResponseSchema
from django_layers.services import UnitOfWork
from django_layers.testing import InMemoryRepository, MemoryDatabase
from django_layers.testing.memory.tables import Row
from tests.depot.models import Shelf, Stock
from tests.depot.repositories import (
    BadgeInsert,
    Badges,
    CounterChanges,
    CounterInsert,
    CounterQuery,
    Counters,
    CrateInsert,
    CrateQuery,
    Crates,
    LabelInsert,
    Labels,
    ShelfInsert,
    StockChanges,
    StockInsert,
    StockQuery,
    StockRead,
    Stocks,
)

UNIQUE = ("shelf_id", "article")


class ShelfRead(ResponseSchema):
    """A shelf, with nothing that is worked out."""

    id: int
    name: str


class PlainShelves(ModelRepository[Shelf, ShelfRead, ShelfInsert, ShelfInsert, PageQuery]):
    """Shelves."""


class Place:
    """Where the rows are: in the database, or in memory."""

    def __init__(self, memory: MemoryDatabase | None) -> None:
        self.repository: Callable[[Any], Any] = memory.repository if memory else lambda repository: repository()
        self.unit_of_work: UnitOfWork = memory.unit_of_work() if memory else database_unit_of_work()
        self.stocks: Stocks = self.repository(Stocks)

    def stock(self, article: str, amount: int = 1, shelf: str = "left") -> StockRead:
        """Store a stock."""
        on = self.repository(PlainShelves).upsert(ShelfInsert(name=shelf), unique=("name",))
        return self.stocks.add(StockInsert(shelf_id=on.id, article=article, amount=amount))

    def amounts(self) -> dict[str, int]:
        """Return the amount of each article."""
        return {row.article: row.amount for row in self.stocks.page(StockQuery()).items}


@pytest.fixture(params=[pytest.param("database", marks=pytest.mark.django_db), "memory"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each place in turn."""
    return Place(MemoryDatabase() if request.param == "memory" else None)


def test_rows_that_are_asked_for_change_and_go(place: Place) -> None:
    for number, article in enumerate("abcd"):
        place.stock(article, number)
    assert place.stocks.update_where(StockQuery(amount_max=1, limit=1, cursor="x"), StockChanges(amount=9)) == 2
    assert place.amounts() == {"a": 9, "b": 9, "c": 2, "d": 3}
    assert place.stocks.delete_where(StockQuery(amount_max=2, limit=1, cursor="x")) == 1
    assert place.amounts() == {"a": 9, "b": 9, "d": 3}
    assert place.stocks.update_where(StockQuery(), StockChanges()) == 0
    assert place.stocks.delete_where(StockQuery(article="z")) == 0


def test_what_is_automatic_moves_to_one_moment(place: Place) -> None:
    before = [place.stock(article) for article in "ab"]
    place.stocks.update_where(StockQuery(), StockChanges(amount=2))
    after = place.stocks.page(StockQuery()).items
    assert len({row.updated_at for row in after}) == 1
    assert after[0].updated_at > before[-1].updated_at
    assert [row.created_at for row in after] == [row.created_at for row in before]


def test_a_version_counts_up(place: Place) -> None:
    counters = place.repository(Counters)
    counters.add(CounterInsert(name="a", value=1))
    counters.update_where(CounterQuery(), CounterChanges(value=2))
    counters.upsert(CounterInsert(name="a", value=3), unique=("name",))
    (counter,) = counters.page(CounterQuery()).items
    assert (counter.value, counter.version) == (3, 3)


def test_lists_of_keys_are_replaced(place: Place) -> None:
    x, y = (place.repository(Labels).add(LabelInsert(text=text)).id for text in "xy")
    first, second = (place.stock(article) for article in "ab")
    place.stocks.update(first.id, StockChanges(label_ids=(x,)))
    assert place.stocks.update_where(StockQuery(label_id=x), StockChanges(label_ids=(y,))) == 1
    assert [place.stocks.get(row.id).label_ids for row in (first, second)] == [(y,), ()]
    again = StockInsert(shelf_id=first.shelf_id, article="a", amount=1, label_ids=(x, y))
    assert place.stocks.upsert(again, unique=UNIQUE).label_ids == (x, y)


def test_what_is_refused_is_refused_for_all_rows(place: Place) -> None:
    for article in "ab":
        place.stock(article)
    for changes, error in (
        (StockChanges(article="a"), Conflict),
        (StockChanges(amount=-1), RuleViolated),
        (StockChanges(amount=None), RuleViolated),
    ):
        with pytest.raises(error):
            place.stocks.update_where(StockQuery(), changes)
    assert place.amounts() == {"a": 1, "b": 1}


def test_a_row_is_added_once_and_then_changed(place: Place) -> None:
    first = place.stock("a")
    place.stocks.update(first.id, StockChanges(note="kept"))
    again = StockInsert(shelf_id=first.shelf_id, article="a", amount=5)
    second = place.stocks.upsert(again, unique=("article", "shelf"))
    assert second == first.model_copy(update={"amount": 5, "note": "kept", "updated_at": second.updated_at})
    assert second.updated_at > first.updated_at
    assert place.stocks.upsert(again.model_copy(update={"article": "b"}), unique=UNIQUE).id != first.id


def test_another_unique_value_is_a_conflict_and_null_is_none(place: Place) -> None:
    badges = place.repository(Badges)
    badges.add(BadgeInsert(number=1, holder="x", colour="red"))
    with pytest.raises(Conflict) as caught:
        badges.upsert(BadgeInsert(number=2, holder="x", colour="blue"), unique=("number",))
    assert caught.value.fields == ("holder",)
    one = badges.upsert(BadgeInsert(number=3, holder=None, colour="green"), unique=("holder",))
    two = badges.upsert(BadgeInsert(number=4, holder=None, colour="brown"), unique=("holder",))
    assert one.id != two.id
    with pytest.raises(DeclarationError, match="only under a condition"):
        badges.upsert(BadgeInsert(number=5, holder=None, colour="pink"), unique=("colour",))
    with pytest.raises(DeclarationError, match="BadgeInsert does not hold id"):
        badges.upsert(BadgeInsert(number=5, holder=None, colour="pink"), unique=("id",))


def test_rows_that_hold_each_other_go_together(place: Place) -> None:
    crates = place.repository(Crates)
    outer = crates.add(CrateInsert(name="outer"))
    crates.add(CrateInsert(name="inner", inside_id=outer.id))
    kept = crates.add(CrateInsert(name="kept"))
    crates.add(CrateInsert(name="on top", under_id=kept.id))
    assert crates.delete_where(CrateQuery(name="outer")) == 2
    with pytest.raises(Conflict, match="still referred to by crates"):
        crates.delete_where(CrateQuery())
    assert {row.name for row in crates.page(CrateQuery()).items} == {"kept", "on top"}


def test_rows_of_another_owner_stay_as_they_are(place: Place) -> None:
    own, other = place.stock("a"), place.stock("a", shelf="right")
    assert place.stocks.update_where(StockQuery(), StockChanges(amount=5), visible_to=own.shelf_id) == 1
    assert place.stocks.get(other.id) == other
    assert place.stocks.delete_where(StockQuery(), visible_to=own.shelf_id) == 1
    assert place.stocks.page(StockQuery()).items == (other,)


def test_a_lock_needs_a_unit_of_work_and_a_row(place: Place) -> None:
    row = place.stock("a")
    with pytest.raises(OutsideUnitOfWork, match=r"A row of depot.Stock is to be locked outside of a unit of work"):
        place.stocks.lock(row.id)
    with place.unit_of_work():
        assert place.stocks.lock(row.id) == row
        assert place.stocks.lock(row.id, visible_to=row.shelf_id) == row
        for key, owner in ((10**9, None), (row.id, row.shelf_id + 1)):
            with pytest.raises(NotFound):
                place.stocks.lock(key, visible_to=owner)


def test_what_a_failed_unit_of_work_did_to_sets_is_undone(place: Place) -> None:
    for article in "ab":
        place.stock(article)

    def fail() -> None:
        with place.unit_of_work():
            place.stocks.update_where(StockQuery(), StockChanges(amount=7))
            place.stocks.delete_where(StockQuery(article="a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert place.amounts() == {"a": 1, "b": 1}


def test_a_row_that_memory_does_not_show_is_a_conflict() -> None:
    class FullStocks(Stocks, InMemoryRepository[Stock, StockRead, StockInsert, StockChanges, StockQuery]):
        """Stocks of something."""

        def _shows(self, row: Row) -> bool:
            return row["amount"] != 0

    memory = MemoryDatabase()
    memory.use(Stocks, FullStocks)
    stocks = memory.repository(Stocks)
    shelf = memory.repository(PlainShelves).add(ShelfInsert(name="left")).id
    stocks.add(StockInsert(shelf_id=shelf, article="a", amount=0))
    with pytest.raises(Conflict) as caught:
        stocks.upsert(StockInsert(shelf_id=shelf, article="a", amount=5), unique=UNIQUE)
    assert caught.value.fields == UNIQUE
    assert stocks.update_where(StockQuery(), StockChanges(amount=1)) == 0
    assert stocks.delete_where(StockQuery()) == 0
