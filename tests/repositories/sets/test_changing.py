"""Changing all rows that a query asks for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from django_layers.errors import Conflict, RuleViolated
from django_layers.repositories import DeclarationError, database_unit_of_work
from django_layers.testing import count_queries
from tests.depot.models import Badge, Counter, Crane, Label, Machine, Shelf, Stock
from tests.depot.repositories import (
    BadgeChanges,
    BadgeQuery,
    Badges,
    CounterChanges,
    CounterQuery,
    Counters,
    CraneChanges,
    CraneQuery,
    Cranes,
    ShelfChanges,
    ShelfQuery,
    Shelves,
    StockChanges,
    StockQuery,
    Stocks,
)
from tests.repositories.sets.signals import heard_from

pytestmark = pytest.mark.django_db


def stock(shelf: str, article: str, amount: int = 1) -> Stock:
    """Store a stock."""
    return Stock.objects.create(shelf=Shelf.objects.get_or_create(name=shelf)[0], article=article, amount=amount)


def amounts() -> dict[str, int]:
    """Return the amount of each article."""
    return dict(Stock.objects.values_list("article", "amount"))


def test_all_rows_that_the_query_asks_for_change_and_no_others() -> None:
    for number, article in enumerate("abcd"):
        stock("left" if number % 2 else "right", article, number)
    assert Stocks().update_where(StockQuery(amount_max=2, shelf_name="right"), StockChanges(amount=9)) == 2
    assert amounts() == {"a": 9, "b": 1, "c": 9, "d": 3}


def test_order_and_page_of_the_query_do_not_matter() -> None:
    for article in "abc":
        stock("left", article)
    query = StockQuery(limit=1, cursor="nonsense", order_by="-id")
    assert Stocks().update_where(query, StockChanges(amount=7)) == 3
    assert set(amounts().values()) == {7}


def test_it_is_one_statement_for_any_number_of_rows_but_where_the_database_cannot_select_what_it_changes() -> None:
    for article in "abc":
        stock("left", article)
    with count_queries() as counted:
        Stocks().update_where(StockQuery(article="a"), StockChanges(amount=2))
    with count_queries() as more:
        Stocks().update_where(StockQuery(), StockChanges(amount=3))
    assert [sql.split()[0] for sql in counted.statements] == [sql.split()[0] for sql in more.statements]
    if connection.features.update_can_self_select:
        assert [sql.split()[0] for sql in more.statements] == ["SAVEPOINT", "UPDATE", "RELEASE"]


def test_a_condition_on_many_rows_changes_each_row_once() -> None:
    one, other = stock("left", "a"), stock("left", "b")
    labels = [Label.objects.create(text=text) for text in "xy"]
    one.labels.set(labels)
    other.labels.set(labels[1:])
    assert Stocks().update_where(StockQuery(label_id=labels[0].pk), StockChanges(amount=5)) == 1
    assert amounts() == {"a": 5, "b": 1}


def test_a_condition_on_what_the_database_works_out_is_kept() -> None:
    stock("full", "a")
    stock("full", "b")
    Shelf.objects.create(name="empty")
    assert Shelves().update_where(ShelfQuery(articles_max=0), ShelfChanges(name="was empty")) == 1
    assert Shelves().update_where(ShelfQuery(article="a"), ShelfChanges(name="has a")) == 1
    assert set(Shelf.objects.values_list("name", flat=True)) == {"was empty", "has a"}


def test_where_nothing_is_given_nothing_is_written() -> None:
    before = stock("left", "a")
    with count_queries() as counted:
        assert Stocks().update_where(StockQuery(), StockChanges()) == 0
    assert counted.statements == []
    assert Stock.objects.get().updated_at == before.updated_at


def test_where_no_row_is_asked_for_none_changes() -> None:
    stock("left", "a")
    assert Stocks().update_where(StockQuery(article="z"), StockChanges(amount=5)) == 0
    assert Stocks().update_where(StockQuery(shelf_id=10**30), StockChanges(amount=5)) == 0
    assert amounts() == {"a": 1}


def test_what_is_automatic_moves_for_all_rows_to_the_same_moment() -> None:
    before = [stock("left", article) for article in "ab"]
    Stocks().update_where(StockQuery(), StockChanges(amount=5))
    after = list(Stock.objects.order_by("article"))
    assert {row.updated_at > old.updated_at for row, old in zip(after, before, strict=True)} == {True}
    assert len({row.updated_at for row in after}) == 1
    assert [row.created_at for row in after] == [row.created_at for row in before]


def test_a_version_counts_up_in_each_row() -> None:
    for name, version in (("a", 1), ("b", 5)):
        Counter.objects.create(name=name, version=version)
    assert Counters().update_where(CounterQuery(), CounterChanges(value=3)) == 2
    assert dict(Counter.objects.values_list("name", "version")) == {"a": 2, "b": 6}


def test_no_signal_is_sent_and_no_save_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    row = stock("left", "a")
    label = Label.objects.create(text="x")
    monkeypatch.setattr(Stock, "save", lambda *_, **__: pytest.fail("save was called"))
    with heard_from(Stock, Stock.labels.through) as heard:
        Stocks().update_where(StockQuery(), StockChanges(amount=5, label_ids=(label.pk,)))
    assert heard == []
    assert Stocks().get(row.pk).label_ids == (label.pk,)


def test_lists_of_keys_are_replaced_in_the_rows_that_are_asked_for() -> None:
    rows = [stock("left", article) for article in "abc"]
    x, y, z = (Label.objects.create(text=text) for text in "xyz")
    for row in rows:
        row.labels.set([x, y])
    changes = StockChanges(article="n", label_ids=(y.pk, z.pk, y.pk))
    assert Stocks().update_where(StockQuery(article="b"), changes) == 1
    lists = [Stocks().get(row.pk).label_ids for row in rows]
    assert lists == [(x.pk, y.pk), (y.pk, z.pk), (x.pk, y.pk)]
    before = Stock.objects.get(pk=rows[0].pk).updated_at
    assert Stocks().update_where(StockQuery(), StockChanges(label_ids=())) == 3
    assert {Stocks().get(row.pk).label_ids for row in rows} == {()}
    assert Stock.objects.get(pk=rows[0].pk).updated_at > before


def test_more_rows_change_than_a_statement_can_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(connection.features), "max_query_params", 4)
    label = Label.objects.create(text="x")
    for number in range(7):
        stock("left", str(number))
    assert Stocks().update_where(StockQuery(), StockChanges(amount=5, label_ids=(label.pk,))) == 7
    assert set(amounts().values()) == {5}
    assert label.stocks.count() == 7


def test_rows_of_another_owner_do_not_change() -> None:
    own, other = stock("left", "a"), stock("right", "a")
    assert Stocks().update_where(StockQuery(), StockChanges(amount=5), visible_to=own.shelf_id) == 1
    assert [Stock.objects.get(pk=row.pk).amount for row in (own, other)] == [5, 1]


def test_rows_that_the_repository_does_not_show_do_not_change() -> None:
    class FullStocks(Stocks):
        """Stocks of something."""

        def _queryset(self) -> QuerySet[Stock]:
            return super()._queryset().filter(amount__gt=0)

    stock("left", "a", 0)
    stock("left", "b", 1)
    assert FullStocks().update_where(StockQuery(), StockChanges(amount=5)) == 1
    assert amounts() == {"a": 0, "b": 5}


def test_an_owner_of_rows_that_have_none_is_a_mistake() -> None:
    with pytest.raises(DeclarationError, match="its rows have none"):
        Counters().update_where(CounterQuery(), CounterChanges(value=1), visible_to=1)


@pytest.mark.parametrize(
    ("changes", "error", "fields"),
    [
        pytest.param(lambda: StockChanges(article="b"), Conflict, ("shelf_id", "article"), id="unique"),
        pytest.param(lambda: StockChanges(amount=-1), RuleViolated, ("amount",), id="check"),
        pytest.param(lambda: StockChanges(amount=None), RuleViolated, ("amount",), id="null"),
        pytest.param(lambda: StockChanges(article="x" * 21), RuleViolated, ("article",), id="length"),
        pytest.param(lambda: StockChanges(amount=2**31), RuleViolated, ("amount",), id="range"),
    ],
)
def test_what_the_database_refuses_is_refused_for_all_rows(
    changes: Callable[[], Any], error: type[Exception], fields: tuple[str, ...]
) -> None:
    for article in "abc":
        stock("left", article)
    with transaction.atomic():
        with pytest.raises(error) as caught:
            Stocks().update_where(StockQuery(), changes())
        assert caught.value.fields == fields  # type: ignore[attr-defined]
        assert amounts() == {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param(lambda: StockChanges(shelf_id=10**9), "shelf_id", id="column"),
        pytest.param(lambda: StockChanges(label_ids=(10**9,)), "label_ids", id="list"),
    ],
)
def test_a_reference_to_nothing_is_refused_when_the_unit_of_work_ends(changes: Callable[[], Any], field: str) -> None:
    stock("left", "a")

    def change() -> None:
        with database_unit_of_work()():
            Stocks().update_where(StockQuery(), changes())

    with pytest.raises(RuleViolated) as caught:
        change()
    assert caught.value.code == "reference_missing"
    assert caught.value.fields == (field,)


def test_a_row_that_inherits_from_another_table_changes_in_both() -> None:
    for serial, tons in (("a", 1), ("b", 2), ("c", 1)):
        Crane.objects.create(serial=serial, name="crane", tons=tons)
    before = Machine.objects.get(serial="a").serviced_at
    assert Cranes().update_where(CraneQuery(tons=1), CraneChanges(tons=5, name="new")) == 2
    assert dict(Crane.objects.values_list("serial", "tons")) == {"a": 5, "b": 2, "c": 5}
    assert dict(Machine.objects.values_list("serial", "name")) == {"a": "new", "b": "crane", "c": "new"}
    assert Machine.objects.get(serial="a").serviced_at > before
    assert Cranes().update_where(CraneQuery(serial="b"), CraneChanges(name="only the machine")) == 1
    assert Machine.objects.get(serial="b").name == "only the machine"


def test_null_can_be_set_where_it_may_be() -> None:
    for number in (1, 2):
        Badge.objects.create(number=number, holder=f"holder {number}", colour=f"colour {number}")
    assert Badges().update_where(BadgeQuery(), BadgeChanges(holder=None)) == 2
    assert set(Badge.objects.values_list("holder", flat=True)) == {None}


def test_how_many_rows_changed_is_logged_after_the_commit(
    caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    caplog.set_level(logging.INFO, logger="django_layers.writes")
    for article in "ab":
        stock("left", article)
    with django_capture_on_commit_callbacks(execute=True):
        Stocks().update_where(StockQuery(), StockChanges(amount=5))
        Stocks().update_where(StockQuery(article="z"), StockChanges(amount=5))
        assert caplog.messages == []
    assert caplog.messages == ["update depot.Stock: 2 rows"]
    assert caplog.records[0].__dict__["rows"] == 2
