"""Managers that choose rows are told from those that only say how rows are read."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest
from django.db.models import Manager, Model, QuerySet

from django_layers.managers import chooses_rows
from tests.shop.models import Tag

Narrowing = Callable[["QuerySet[Tag]"], "QuerySet[Tag]"]


def with_manager(manager: Manager[Tag]) -> type[Model]:
    """A model with another default manager."""
    manager.model = Tag
    return cast("type[Model]", SimpleNamespace(_default_manager=manager))


def with_rows(narrowing: Narrowing) -> type[Model]:
    """A model whose default manager gives the rows of a table in a way of its own."""

    class OwnManager(Manager[Tag]):
        def get_queryset(self) -> QuerySet[Tag]:
            return narrowing(super().get_queryset())

    return with_manager(OwnManager())


def test_a_manager_of_django_chooses_none() -> None:
    assert not chooses_rows(Tag)
    assert not chooses_rows(with_manager(Manager()))


@pytest.mark.parametrize(
    "reading",
    [
        lambda rows: rows.order_by("name"),
        lambda rows: rows.prefetch_related(None),
        lambda rows: rows.defer("name"),
        lambda rows: rows.all(),
    ],
    ids=["order", "prefetch", "defer", "all"],
)
def test_a_manager_that_only_says_how_rows_are_read_chooses_none(reading: Narrowing) -> None:
    assert not chooses_rows(with_rows(reading))


@pytest.mark.parametrize(
    "narrowing",
    [
        lambda rows: rows.filter(name="a"),
        lambda rows: rows.exclude(name="a"),
        lambda rows: rows[:5],
        lambda rows: rows.distinct(),
        lambda rows: rows.union(rows),
        lambda rows: rows.none(),
    ],
    ids=["filter", "exclude", "slice", "distinct", "union", "none"],
)
def test_a_manager_that_leaves_rows_out_chooses(narrowing: Narrowing) -> None:
    assert chooses_rows(with_rows(narrowing))
