"""Deleting all rows that a query asks for."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Q, QuerySet

from django_layers.errors import Conflict, NotFound
from django_layers.repositories import database_unit_of_work
from django_layers.testing import count_queries
from tests.depot.models import Badge, Crane, Crate, Label, Machine, Shelf, Stock
from tests.depot.repositories import (
    BadgeQuery,
    Badges,
    CraneQuery,
    Cranes,
    CrateQuery,
    Crates,
    LabelQuery,
    Labels,
    ShelfQuery,
    Shelves,
    StockQuery,
    Stocks,
)
from tests.repositories.sets.signals import heard_from

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_in_memory(settings: Any) -> None:
    settings.STORAGES = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


def crate(name: str, **references: Crate) -> Crate:
    """Store a crate with its papers."""
    stored = Crate.objects.create(name=name, **references)
    stored.papers.save(f"{name}.txt", ContentFile(b"papers"))
    return stored


def names() -> set[str]:
    """Return the names of all crates."""
    return set(Crate.objects.values_list("name", flat=True))


def files() -> set[str]:
    """Return the names of all files."""
    return set(default_storage.listdir("depot/papers")[1])


def test_all_rows_that_the_query_asks_for_go_and_no_others() -> None:
    for name in ("a", "a", "b"):
        crate(name)
    assert Crates().delete_where(CrateQuery(name="a", limit=1, cursor="nonsense")) == 2
    assert names() == {"b"}
    assert Crates().delete_where(CrateQuery(name="a")) == 0


def test_where_nothing_refers_to_the_table_it_is_one_statement() -> None:
    for number in range(3):
        Badge.objects.create(number=number, colour=str(number))
    with count_queries() as counted:
        assert Badges().delete_where(BadgeQuery()) == 3
    assert [sql.split()[0] for sql in counted.statements] == ["SAVEPOINT", "DELETE", "RELEASE"]


def test_signals_are_sent_for_each_row_and_delete_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2):
        Badge.objects.create(number=number, colour=str(number))
    monkeypatch.setattr(Badge, "delete", lambda *_, **__: pytest.fail("delete was called"))
    with heard_from(Badge) as heard:
        assert Badges().delete_where(BadgeQuery()) == 2
    assert sorted(heard) == ["post_delete", "post_delete", "pre_delete", "pre_delete"]


def test_what_goes_with_the_rows_goes_and_is_counted_where_it_is_of_their_table() -> None:
    outer = crate("outer")
    crate("inner", inside=outer)
    crate("other")
    assert Crates().delete_where(CrateQuery(name="outer")) == 2
    assert names() == {"other"}


def test_links_go_with_a_row_and_are_not_counted() -> None:
    shelf = Shelf.objects.create(name="left")
    label = Label.objects.create(text="x")
    stock = Stock.objects.create(shelf=shelf, article="a", amount=1)
    stock.labels.add(label)
    assert Labels().delete_where(LabelQuery()) == 1
    assert Stocks().get(stock.pk).label_ids == ()


def test_rows_that_are_referred_to_stay_all_of_them() -> None:
    kept = crate("kept")
    crate("free")
    crate("on top", under=kept)
    with pytest.raises(Conflict, match="The crate is still referred to by crates") as caught:
        Crates().delete_where(CrateQuery())
    assert caught.value.code == "still_referenced"
    assert names() == {"kept", "free", "on top"}
    shelf = Shelf.objects.create(name="left")
    Stock.objects.create(shelf=shelf, article="a", amount=1)
    with pytest.raises(Conflict, match="referred to by stocks"):
        Shelves().delete_where(ShelfQuery(name="left"))


@pytest.mark.skipif(connection.vendor == "mysql", reason="MySQL looks at references after each row of a statement")
def test_a_restricted_row_goes_with_the_rows_that_hold_it() -> None:
    kept = crate("kept")
    crate("beside", beside=kept)
    with pytest.raises(Conflict):
        Crates().delete_where(CrateQuery(name="kept"))
    assert Crates().delete_where(CrateQuery()) == 2


def test_files_of_the_rows_are_deleted_after_the_commit(django_capture_on_commit_callbacks: Any) -> None:
    outer = crate("outer")
    crate("inner", inside=outer)
    crate("other")
    Crate.objects.create(name="outer")
    with django_capture_on_commit_callbacks(execute=True):
        assert Crates().delete_where(CrateQuery(name="outer")) == 3
        assert files() == {"outer.txt", "inner.txt", "other.txt"}
    assert files() == {"inner.txt", "other.txt"}


def test_files_stay_where_the_deletion_is_undone(django_capture_on_commit_callbacks: Any) -> None:
    crate("a")

    def fail() -> None:
        with database_unit_of_work()():
            Crates().delete_where(CrateQuery())
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        fail()
    assert names() == {"a"}
    assert files() == {"a.txt"}


def test_a_condition_on_what_the_database_works_out_is_kept() -> None:
    Shelf.objects.create(name="empty")
    full = Shelf.objects.create(name="full")
    Stock.objects.create(shelf=full, article="a", amount=1)
    assert Shelves().delete_where(ShelfQuery(articles_max=0)) == 1
    assert list(Shelf.objects.values_list("name", flat=True)) == ["full"]


def test_a_condition_on_another_table_is_kept() -> None:
    for name in ("left", "right"):
        shelf = Shelf.objects.create(name=name)
        for article in "ab":
            Stock.objects.create(shelf=shelf, article=article, amount=1)
    assert Stocks().delete_where(StockQuery(shelf_name="left")) == 2
    label = Label.objects.create(text="x")
    Stock.objects.get(article="a").labels.add(label)
    assert Stocks().delete_where(StockQuery(label_id=label.pk)) == 1
    assert Stock.objects.get().article == "b"


def test_rows_of_another_owner_stay() -> None:
    left, right = (Shelf.objects.create(name=name) for name in ("left", "right"))
    for shelf in (left, right):
        Stock.objects.create(shelf=shelf, article="a", amount=1)
    assert Stocks().delete_where(StockQuery(), visible_to=left.pk) == 1
    assert Stock.objects.get().shelf == right


def test_rows_that_the_repository_does_not_show_stay() -> None:
    class NamedCrates(Crates):
        """Crates with a name."""

        def _queryset(self) -> QuerySet[Crate]:
            return super()._queryset().exclude(name="")

    crate("")
    crate("a")
    assert NamedCrates().delete_where(CrateQuery()) == 1
    assert names() == {""}


def test_a_row_that_inherits_from_another_table_goes_from_both() -> None:
    for serial, tons in (("a", 1), ("b", 2)):
        Crane.objects.create(serial=serial, name="crane", tons=tons)
    assert Cranes().delete_where(CraneQuery(tons=1)) == 1
    assert list(Machine.objects.values_list("serial", flat=True)) == ["b"]


def test_how_many_rows_are_gone_is_logged_after_the_commit(
    caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    caplog.set_level(logging.INFO, logger="django_layers.writes")
    for number in range(2):
        Badge.objects.create(number=number, colour=str(number))
    with django_capture_on_commit_callbacks(execute=True):
        Badges().delete_where(BadgeQuery())
        Badges().delete_where(BadgeQuery())
    assert caplog.messages == ["delete depot.Badge: 2 rows"]


def test_rows_that_are_told_by_a_row_that_may_not_be_there_can_be_deleted_and_locked() -> None:
    class FreeCrates(Crates):
        """Crates that are in none, or in an open one: an outer join."""

        def _queryset(self) -> QuerySet[Crate]:
            return super()._queryset().filter(Q(inside=None) | Q(inside__name="open"))

    outer = crate("open")
    crate("inner", inside=outer)
    closed = crate("closed")
    hidden = crate("hidden", inside=closed)
    with database_unit_of_work()():
        assert FreeCrates().lock(closed.pk).name == "closed"
        with pytest.raises(NotFound):
            FreeCrates().lock(hidden.pk)
    assert FreeCrates().delete_where(CrateQuery(name="hidden")) == 0
    assert FreeCrates().delete_where(CrateQuery(name="inner")) == 1
    assert names() == {"open", "closed", "hidden"}
