"""Keyset pagination: a page goes on after the last row of the one before, however many rows come and go meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from django_layers.repositories.ordering import Order, Term

__all__ = ["after", "ordered"]

ModelT = TypeVar("ModelT", bound=Model)


def ordered(queryset: QuerySet[ModelT], order: Order) -> QuerySet[ModelT]:
    """Return the rows in an order."""
    return queryset.order_by(*(term.expression for term in order.terms))


def after(order: Order, position: Sequence[object]) -> Q:
    """Return the condition of the rows that come after a position in an order.

    Args:
        order: the order.
        position: what a row has for each of its terms.
    """
    rows = Q(pk__in=[])
    equal = Q()
    for term, value in zip(order.terms, position, strict=True):
        beyond = _beyond(term, value)
        if beyond is not None:
            rows |= equal & beyond
        equal &= Q(**{f"{term.lookup}__isnull": True}) if value is None else Q(**{term.lookup: value})
    return _from_first(order, position) & rows


def _beyond(term: Term, value: object) -> Q | None:
    """Return the condition of what comes after a value; None where nothing does, since NULL is last."""
    if value is None:
        return None
    beyond = Q(**{f"{term.lookup}__{'lt' if term.descending else 'gt'}": value})
    return beyond | Q(**{f"{term.lookup}__isnull": True}) if term.nullable else beyond


def _from_first(order: Order, position: Sequence[object]) -> Q:
    """Return what all rows after a position have in common: it says nothing new, but an index can start there."""
    term, value = order.terms[0], position[0]
    if term.nullable or len(order.terms) == 1:
        return Q()
    return Q(**{f"{term.lookup}__{'lte' if term.descending else 'gte'}": value})
