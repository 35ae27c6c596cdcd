"""Adding a row, or changing the one that has the same unique values."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from django_layers.errors import Busy, Conflict, RuleViolated
from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.schemas import InternalSchema
from django_layers.testing import count_queries
from tests.depot.models import Badge, Counter, Crane, Label, Machine, Shelf, Stock
from tests.depot.repositories import (
    BadgeInsert,
    Badges,
    CounterInsert,
    Counters,
    CraneInsert,
    Cranes,
    LabelInsert,
    LabelRead,
    Labels,
    StockChanges,
    StockInsert,
    StockQuery,
    StockRead,
    Stocks,
)
from tests.repositories.sets.signals import heard_from

pytestmark = pytest.mark.django_db

UNIQUE = ("shelf_id", "article")


@pytest.fixture
def shelf() -> int:
    """Return the key of a shelf."""
    return Shelf.objects.create(name="left").pk


def test_a_row_that_is_not_there_is_added(shelf: int) -> None:
    added = Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=3), unique=UNIQUE)
    assert added == Stocks().get(added.id)
    assert (added.shelf_id, added.article, added.amount, added.note) == (shelf, "a", 3, "")


def test_a_row_that_is_there_takes_the_values_and_keeps_the_rest(shelf: int) -> None:
    first = Stocks().add(StockInsert(shelf_id=shelf, article="a", amount=3))
    Stocks().update(first.id, StockChanges(note="kept"))
    second = Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=4), unique=UNIQUE)
    assert second == first.model_copy(update={"amount": 4, "note": "kept", "updated_at": second.updated_at})
    assert second.updated_at > first.updated_at
    assert Stock.objects.count() == 1


@pytest.mark.parametrize("unique", [("shelf_id", "article"), ("article", "shelf"), ["shelf", "article"]])
def test_unique_fields_are_named_in_any_order_and_by_field_or_column(shelf: int, unique: tuple[str, ...]) -> None:
    for amount in (1, 2):
        Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=amount), unique=unique)
    assert Stock.objects.get().amount == 2


def test_no_other_row_changes(shelf: int) -> None:
    for article in "ab":
        Stocks().add(StockInsert(shelf_id=shelf, article=article, amount=1))
    Stocks().upsert(StockInsert(shelf_id=shelf, article="b", amount=9), unique=UNIQUE)
    assert dict(Stock.objects.values_list("article", "amount")) == {"a": 1, "b": 9}


def test_it_is_one_statement_where_that_can_say_what_is_meant(shelf: int) -> None:
    for amount in (1, 2):
        with count_queries() as counted:
            Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=amount), unique=UNIQUE)
        written = [sql for sql in counted.statements if sql.startswith(("INSERT", "UPDATE"))]
        assert len(written) == 1
        assert "CONFLICT" in written[0] or "DUPLICATE KEY" in written[0]


def test_no_signal_is_sent_and_no_save_is_called(shelf: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stock, "save", lambda *_, **__: pytest.fail("save was called"))
    monkeypatch.setattr(Counter, "save", lambda *_, **__: pytest.fail("save was called"))
    with heard_from(Stock) as heard, heard_from(Counter) as heard_too:
        for amount in (1, 2):
            Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=amount), unique=UNIQUE)
            Counters().upsert(CounterInsert(name="a", value=amount), unique=("name",))
    assert heard == heard_too == []


def test_a_list_of_keys_is_replaced_with_its_signal(shelf: int) -> None:
    x, y = (Label.objects.create(text=text).pk for text in "xy")
    with heard_from(Stock, Stock.labels.through) as heard:
        one = Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=1, label_ids=(x,)), unique=UNIQUE)
        two = Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=1, label_ids=(y,)), unique=UNIQUE)
    assert (one.label_ids, two.label_ids) == ((x,), (y,))
    assert heard == ["pre_add", "post_add", "pre_remove", "post_remove", "pre_add", "post_add"]


def test_a_version_counts_up(shelf: int) -> None:
    versions = [Counters().upsert(CounterInsert(name="a", value=n), unique=("name",)).version for n in range(3)]
    assert versions == [1, 2, 3]
    assert Counter.objects.get().value == 2


def test_a_key_that_the_model_makes_stays_what_it_was() -> None:
    first = Badges().upsert(BadgeInsert(number=1, holder="x", colour="red"), unique=("number",))
    second = Badges().upsert(BadgeInsert(number=1, holder="y", colour="blue"), unique=("number",))
    assert second == first.model_copy(update={"holder": "y", "colour": "blue"})


def test_another_unique_value_that_is_taken_is_a_conflict_and_changes_nothing() -> None:
    taken = Badges().add(BadgeInsert(number=1, holder="x", colour="red"))
    other = Badges().add(BadgeInsert(number=2, holder="y", colour="blue"))
    with transaction.atomic():
        for number in (2, 3):
            with pytest.raises(Conflict) as caught:
                Badges().upsert(BadgeInsert(number=number, holder="x", colour="green"), unique=("number",))
            assert caught.value.fields == ("holder",)
    assert [Badges().get(row.id) for row in (taken, other)] == [taken, other]
    assert Badge.objects.count() == 2


def test_null_is_no_value_that_two_rows_share() -> None:
    for number in (1, 2):
        Badges().upsert(BadgeInsert(number=number, holder=None, colour=str(number)), unique=("holder",))
    assert Badge.objects.count() == 2


def test_a_row_that_is_nothing_but_unique_is_found_again() -> None:
    first = Labels().upsert(LabelInsert(text="x"), unique=("text",))
    assert Labels().upsert(LabelInsert(text="x"), unique=("text",)) == first
    assert Label.objects.count() == 1


def test_a_row_can_be_told_by_its_key() -> None:
    class KeyedInsert(InternalSchema):
        id: int
        text: str

    class KeyedLabels(
        ModelRepository[Label, LabelRead, KeyedInsert, LabelInsert, Labels.declaration().query]  # type: ignore[misc]
    ):
        """Labels whose keys are given."""

    for text in "xy":
        assert KeyedLabels().upsert(KeyedInsert(id=7, text=text), unique=("id",)) == LabelRead(id=7, text=text)
    assert Label.objects.get().text == "y"
    assert KeyedLabels().upsert(KeyedInsert(id=8, text="y"), unique=("text",)) == LabelRead(id=7, text="y")


def test_a_row_that_inherits_from_another_table_is_found_by_either(shelf: int) -> None:
    for tons in (1, 2):
        stored = Cranes().upsert(CraneInsert(serial="a", name=" crane ", tons=tons), unique=("serial",))
        assert stored.tons == tons
    assert (Crane.objects.count(), Machine.objects.count()) == (1, 1)


def test_a_row_that_the_repository_does_not_show_is_a_conflict_and_stays(shelf: int) -> None:
    class FullStocks(Stocks):
        """Stocks of something."""

        def _queryset(self) -> QuerySet[Stock]:
            return super()._queryset().filter(amount__gt=0)

    hidden = Stocks().add(StockInsert(shelf_id=shelf, article="a", amount=0))
    with pytest.raises(Conflict) as caught:
        FullStocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=5), unique=UNIQUE)
    assert caught.value.fields == ("shelf_id", "article")
    assert Stocks().get(hidden.id) == hidden
    shown = FullStocks().upsert(StockInsert(shelf_id=shelf, article="b", amount=5), unique=UNIQUE)
    assert FullStocks().upsert(StockInsert(shelf_id=shelf, article="b", amount=6), unique=UNIQUE).id == shown.id


def test_a_row_that_somebody_else_adds_meanwhile_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row appears between looking for it and adding it, as another transaction would make it."""
    made = []
    create = QuerySet.bulk_create

    def come_between(self: Any, *given: Any, **options: Any) -> Any:
        if not made:
            made.append(True)
            raise Conflict(fields=("name",))
        return create(self, *given, **options)

    monkeypatch.setattr(QuerySet, "bulk_create", come_between)
    assert Counters().upsert(CounterInsert(name="a", value=1), unique=("name",)).value == 1
    assert made == [True]


def test_what_the_table_cannot_hold_is_refused(shelf: int) -> None:
    with transaction.atomic():
        for row, field in (
            (StockInsert(shelf_id=shelf, article="a", amount=-1), "amount"),
            (StockInsert(shelf_id=shelf, article="a" * 21, amount=1), "article"),
        ):
            with pytest.raises(RuleViolated) as caught:
                Stocks().upsert(row, unique=UNIQUE)
            assert caught.value.fields == (field,)
    assert not Stock.objects.exists()


@pytest.mark.parametrize(
    ("unique", "message"),
    [
        pytest.param(("article",), r"Stocks.upsert: article is not unique in depot.Stock.*shelf_id, article", id="one"),
        pytest.param(("shelf", "artcle"), r"'artcle' is no column of depot.Stock. Did you mean 'article'", id="typo"),
        pytest.param((), "nothing is not unique", id="none"),
        pytest.param(("id",), "StockInsert does not hold id", id="not given"),
        pytest.param(("labels",), "'labels' is no column", id="list"),
    ],
)
def test_what_does_not_tell_which_row_is_meant_is_a_mistake(shelf: int, unique: tuple[str, ...], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=1), unique=unique)


def test_what_is_unique_only_sometimes_does_not_tell_which_row_is_meant() -> None:
    row = BadgeInsert(number=1, holder="x", colour="red")
    for unique in (("colour",), ("colour", "number")):
        with pytest.raises(DeclarationError, match="only under a condition, in an expression"):
            Badges().upsert(row, unique=unique)


def test_it_is_logged_after_the_commit(
    shelf: int, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    caplog.set_level(logging.INFO, logger="django_layers.writes")
    with django_capture_on_commit_callbacks(execute=True):
        stored = Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=1), unique=UNIQUE)
        assert caplog.messages == []
    assert caplog.messages == [f"upsert depot.Stock {stored.id}"]


def test_a_database_that_cannot_do_it_in_one_statement_gets_the_same_result(
    shelf: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(connection.features), "supports_update_conflicts", False)
    first = Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=1), unique=UNIQUE)
    second = Stocks().upsert(StockInsert(shelf_id=shelf, article="a", amount=2), unique=UNIQUE)
    assert isinstance(second, StockRead)
    assert second == first.model_copy(update={"amount": 2, "updated_at": second.updated_at})
    assert second.updated_at > first.updated_at
    assert Stocks().count(StockQuery()) == 1


class Deadlocked:
    """Lets the first statement that adds rows lose a deadlock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        create = QuerySet.bulk_create

        def lose_once(rows: Any, *given: Any, **options: Any) -> Any:
            self.times += 1
            if self.times == 1:
                raise Busy("Somebody else came first.", code="deadlock")
            return create(rows, *given, **options)

        monkeypatch.setattr(QuerySet, "bulk_create", lose_once)


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_what_lost_a_deadlock_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    deadlocked = Deadlocked(monkeypatch)
    assert Labels().upsert(LabelInsert(text="x"), unique=("text",)).text == "x"
    assert deadlocked.times == 2


def test_inside_of_a_transaction_what_lost_a_deadlock_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    deadlocked = Deadlocked(monkeypatch)
    with pytest.raises(Busy), transaction.atomic():
        Labels().upsert(LabelInsert(text="x"), unique=("text",))
    assert deadlocked.times == 1
