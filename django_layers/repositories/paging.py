"""Keyset pagination: a page goes on after the last row of the one before, however many rows come and go meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

from django_layers.repositories.ordering import Order, Term
from django_layers.repositories.row_values import RowsBeyond

__all__ = ["Stretch", "after", "ordered", "stretches"]

ModelT = TypeVar("ModelT", bound=Model)

ROW_VALUES: Final = frozenset({"postgresql", "sqlite"})
"""Where `(a, b) > (1, 2)` is looked up in an index; MySQL and MariaDB look up `a > 1 OR (a = 1 AND b > 2)` instead."""


@dataclass(frozen=True)
class Stretch:
    """A part of a list that one query reads.

    Attributes:
        order: the order of its rows.
        position: where it begins in that order; None where it is read from its beginning.
        null: the column that is NULL in all of its rows (True) or in none (False); None where that is no matter.
    """

    order: Order
    position: tuple[object, ...] | None
    null: tuple[str, bool] | None = None

    @property
    def shape(self) -> tuple[object, ...]:
        """What tells apart the stretches of one order whose conditions are not the same."""
        return self.order.terms[0].nulls_first, self.null, None if self.position is None else len(self.position)

    def of(self, queryset: QuerySet[ModelT], vendor: str) -> QuerySet[ModelT]:
        """Return the rows of the stretch, in order.

        Args:
            queryset: the rows of the list.
            vendor: of the database.
        """
        if self.null is not None:
            column, is_null = self.null
            queryset = queryset.filter(**{f"{column}__isnull": is_null})
        if self.position is not None:
            queryset = queryset.filter(after(self.order, self.position, vendor))
        return ordered(queryset, self.order)


def stretches(order: Order, position: tuple[object, ...] | None) -> Iterator[Stretch]:
    """Give the parts of what comes after a position, in their order; one, but around the first NULL of a column.

    No index serves a condition that lets in what is greater than a value, and NULL too; two conditions it does serve.

    Args:
        order: the order in which the list is read.
        position: what a row has for each of its terms; None for the beginning of the list.
    """
    first, *rest = order.terms
    if position is None or not first.nullable or first.field is None or LOOKUP_SEP in first.lookup:
        yield Stretch(order, position)
        return
    is_null = position[0] is None
    filled = Stretch(
        replace(order, terms=(replace(first, nullable=False), *rest)),
        None if is_null else position,
        (first.lookup, False) if is_null else None,
    )
    empty = Stretch(replace(order, terms=tuple(rest)), position[1:] if is_null else None, (first.lookup, True))
    if not is_null:
        yield filled
        # What comes after a value, NULL does only where it is last.
        if not first.nulls_first:
            yield empty
    else:
        yield empty
        if first.nulls_first:
            yield filled


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
