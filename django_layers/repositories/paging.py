"""Keyset pagination: a page goes on after the last row of the one before, however many rows come and go meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from django.db.models import F, Model, Q, QuerySet

from django_layers.repositories.ordering import Order, Term
from django_layers.repositories.row_values import RowsBeyond

__all__ = ["after", "ordered"]

ModelT = TypeVar("ModelT", bound=Model)

ROW_VALUES: Final = frozenset({"postgresql", "sqlite"})
"""Where `(a, b) > (1, 2)` is looked up in an index; MySQL and MariaDB look up `a > 1 OR (a = 1 AND b > 2)` instead."""


def ordered(queryset: QuerySet[ModelT], order: Order) -> QuerySet[ModelT]:
    """Return the rows in an order."""
    return queryset.order_by(*(term.expression for term in order.terms))


def after(order: Order, position: Sequence[object], vendor: str = "") -> Q:
    """Return the condition of the rows that come after a position in an order.

    Args:
        order: the order.
        position: what a row has for each of its terms.
        vendor: of the database; the condition of the others is the same, said without row values.
    """
    steps = list(_steps(order, position, as_rows=vendor in ROW_VALUES))
    rows = Q(pk__in=[])
    equal = Q()
    for step in steps:
        beyond = step.beyond()
        if beyond is not None:
            rows |= equal & beyond
        equal &= step.equal()
    # What all of the rows have in common says nothing new, but an index can start there.
    return steps[0].bound() & rows if len(steps) > 1 else rows


@dataclass(frozen=True)
class _Step:
    """Terms of an order that are compared together: one, or several as a row of values.

    Attributes:
        terms: the terms, of one direction where there are several.
        values: what the position has for each of them; None where that is one NULL.
    """

    terms: tuple[Term, ...]
    values: tuple[object, ...]

    def equal(self) -> Q:
        """Return the condition of what is equal in all of the terms."""
        condition = Q()
        for term, value in zip(self.terms, self.values, strict=True):
            condition &= Q(**{f"{term.lookup}__isnull": True}) if value is None else Q(**{term.lookup: value})
        return condition

    def beyond(self) -> Q | None:
        """Return the condition of what comes after; None where nothing does, since NULL is last."""
        term, value = self.terms[0], self.values[0]
        if value is None:
            return Q(**{f"{term.lookup}__isnull": False}) if term.nulls_first else None
        beyond = self._compared("lt" if term.descending else "gt")
        if term.nullable and not term.nulls_first:
            beyond |= Q(**{f"{term.lookup}__isnull": True})
        return beyond

    def bound(self) -> Q:
        """Return the condition of what is equal or comes after, where that is one range of an index."""
        term, value = self.terms[0], self.values[0]
        if value is None or (term.nullable and not term.nulls_first):
            return Q()
        return self._compared("lte" if term.descending else "gte")

    def _compared(self, lookup: str) -> Q:
        if len(self.terms) == 1:
            return Q(**{f"{self.terms[0].lookup}__{lookup}": self.values[0]})
        return Q(RowsBeyond([F(term.lookup) for term in self.terms], self.values, lookup))


def _steps(order: Order, position: Sequence[object], *, as_rows: bool) -> Iterator[_Step]:
    """Give the steps from the weightiest term to the key."""

    def together(numbered: tuple[int, tuple[Term, object]]) -> object:
        number, (term, value) = numbered
        # A NULL compares with nothing: it may stand in a row of values only where rows that have one come before.
        comparable = term.field is not None and value is not None and (term.nulls_first or not term.nullable)
        return term.descending if as_rows and comparable else ("alone", number)

    pairs = list(zip(order.terms, position, strict=True))
    for _, group in groupby(enumerate(pairs), key=together):
        terms, values = zip(*(pair for _, pair in group), strict=True)
        yield _Step(terms, values)
