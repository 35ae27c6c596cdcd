"""The query of a page, and where the page ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections
from django.db.models import Model, QuerySet

from django_layers.repositories.ordering import Order
from django_layers.repositories.paging import Stretch, stretches
from django_layers.repositories.projection import Projection, Row, row_query, selected_with

__all__ = ["PageRows", "page_query", "position_of", "read_on", "refuse_empty_chunks"]


@dataclass(frozen=True)
class PageRows:
    """Where the rows of a page come from.

    Attributes:
        read: gives the rows of a part of the list, as many as a page holds and one more.
        count: counts the rows of the whole list.
        queryset: gives the whole list, with what the database works out.
        using: the alias of the database.
    """

    read: Callable[[Stretch], list[Row]]
    count: Callable[[], int]
    queryset: Callable[[], QuerySet[Model]]
    using: str


def read_on(
    read: Callable[[Stretch], list[Row]], order: Order, position: tuple[object, ...] | None, most: int
) -> list[Row]:
    """Return the rows that come after a position.

    Args:
        read: gives the rows of a part of the list.
        order: the order in which the list is read.
        position: what a row has for each term of the order; None for the beginning.
        most: how many rows to return at most.
    """
    found: list[Row] = []
    for stretch in stretches(order, position):
        found += read(stretch)
        if len(found) >= most:
            break
    return found[:most]


def refuse_empty_chunks(chunk: int) -> None:
    """Refuse to read a list in chunks without rows.

    Raises:
        ValueError: a chunk is to hold no row.
    """
    if chunk < 1:
        raise ValueError(f"A chunk holds at least one row, and not {chunk}.")


def page_query(
    projection: Projection, queryset: QuerySet[Model], order: Order, stretch: Stretch, limit: int
) -> QuerySet[Model, Row]:
    """Return the query of the rows of a page, and of one more: that tells whether there is a next one.

    Args:
        projection: how rows become DTOs.
        queryset: the rows of all pages, annotated already.
        order: the order of the pages.
        stretch: the part of the list.
        limit: how many rows a page holds.
    """
    rows = stretch.of(queryset, connections[queryset.db].vendor)
    return row_query(projection, rows[: limit + 1], extra=_lookups(order))


def position_of(projection: Projection, order: Order, row: Row) -> tuple[object, ...]:
    """Return where a row of `page_query` stands in the order."""
    selected = selected_with(projection, _lookups(order))
    return tuple(row[selected.index(lookup)] for lookup in _lookups(order))


def _lookups(order: Order) -> tuple[str, ...]:
    return tuple(term.lookup for term in order.terms)
