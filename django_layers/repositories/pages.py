"""The query of a page, and where the page ends."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections
from django.db.models import Model, QuerySet

from django_layers.repositories.ordering import Order
from django_layers.repositories.paging import after, ordered
from django_layers.repositories.projection import Projection, Row, row_query, selected_with

__all__ = ["page_query", "position_of"]


def page_query(
    projection: Projection, queryset: QuerySet[Model], order: Order, position: Sequence[object] | None, limit: int
) -> QuerySet[Model, Row]:
    """Return the query of the rows of a page, and of one more: that tells whether there is a next one.

    Args:
        projection: how rows become DTOs.
        queryset: the rows of all pages, annotated already.
        order: the order of the pages.
        position: where the page before ends; None for the first page.
        limit: how many rows a page holds.
    """
    if position is not None:
        queryset = queryset.filter(after(order, position, connections[queryset.db].vendor))
    return row_query(projection, ordered(queryset, order)[: limit + 1], extra=_places(order))


def position_of(projection: Projection, order: Order, row: Row) -> tuple[object, ...]:
    """Return where a row of `page_query` stands in the order."""
    selected = selected_with(projection, _places(order))
    return tuple(row[selected.index(lookup)] for lookup in _places(order))


def _places(order: Order) -> tuple[str, ...]:
    return tuple(term.lookup for term in order.terms)
