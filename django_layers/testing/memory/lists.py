"""Lists of rows in memory: filters, orders and pages, by what is compiled for the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.db.models.constants import LOOKUP_SEP
from pydantic import MISSING, BaseModel

from django_layers.repositories.comparisons import Comparison
from django_layers.repositories.compiled import Compiled
from django_layers.repositories.cursor import decode_cursor, encode_cursor, fingerprint
from django_layers.repositories.fields import AnyField
from django_layers.repositories.ordering import Order, order_of
from django_layers.repositories.paging import after
from django_layers.repositories.places import FIRST, Place, cut, reading_order
from django_layers.schemas import PageQuery
from django_layers.testing.memory.conditions import Conditions, NotInMemory
from django_layers.testing.memory.scopes import Scopes
from django_layers.testing.memory.sorting import sorted_rows, value_of
from django_layers.testing.memory.tables import Row
from django_layers.testing.memory.visible import VisibleConditions

__all__ = ["Lists", "RowPage"]


@dataclass(frozen=True)
class RowPage:
    """A page of a list, as rows.

    Attributes:
        rows: the rows, in the order of the list.
        next_cursor: the cursor of the next page; None on the last one.
        previous_cursor: the cursor of the page before; None on the first one.
        total: how many rows all pages have together; None where that is not asked for.
    """

    rows: Sequence[Row]
    next_cursor: str | None
    previous_cursor: str | None
    total: int | None


class Lists:
    """Filters, sorts and cuts the rows of one repository.

    Args:
        compiled: what is worked out of the repository.
        conditions: evaluates conditions against rows.
    """

    def __init__(self, compiled: Compiled, conditions: Conditions) -> None:
        self._compiled = compiled
        self._conditions = conditions
        self._visible = VisibleConditions(conditions)
        self._scopes = Scopes(conditions)
        self._model = compiled.declaration.model
        self._expressions = compiled.declaration.expressions

    def filtered(self, rows: Iterable[Row], query: BaseModel) -> list[Row]:
        """Return the rows that a query asks for; a filter that is None or missing is not asked for.

        Raises:
            NotInMemory: a filter compares with an expression, or by a lookup that memory does not know.
        """
        found = list(rows)
        for each in self._compiled.filters:
            value = getattr(query, each.name)
            if value is None or value is MISSING:
                continue
            if any(comparison.lookup.split(LOOKUP_SEP)[0] in self._expressions for comparison in each.comparisons):
                raise NotInMemory(
                    f"The filter {each.name!r} of {self._compiled.declaration.query.__name__} compares with an "
                    "expression, which memory cannot do. Override page() and count() in a subclass for memory."
                )
            found = [
                row for row in found if any(self._meets(row, comparison, value) for comparison in each.comparisons)
            ]
        return found

    def _meets(self, row: Row, comparison: Comparison, value: object) -> bool:
        condition = comparison.compared(value, DEFAULT_DB_ALIAS)
        return self._visible.holds(condition, self._model, row) is True

    def page(self, rows: Iterable[Row], query: PageQuery, visible_to: object) -> RowPage:
        """Return the page of filtered rows that a query asks for.

        Raises:
            RuleViolated: the cursor was changed, or belongs to another list.
        """
        order = self._order(query)
        fields = self._fields(order)
        mark = fingerprint(self._model._meta.label, query, order, visible_to)
        listed = self.listed(rows)
        place = FIRST if query.cursor is None else decode_cursor(query.cursor, fields, mark)
        held = cut(self._beyond(listed, order, place), query.limit, place)
        ends = tuple(
            tuple(value_of(self._conditions, self._model, row, term.lookup) for term in order.terms)
            for row in (*held.rows[:1], *held.rows[-1:])
        )
        next_cursor, previous_cursor = (
            None if each is None else encode_cursor(each, mark) for each in held.neighbours(place, ends)
        )
        return RowPage(held.rows, next_cursor, previous_cursor, len(listed) if query.include_total else None)

    def in_order(self, rows: Iterable[Row], query: PageQuery) -> list[Row]:
        """Return filtered rows in the order that a query asks for."""
        return self._sorted(self.listed(rows), self._order(query))

    def listed(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that lists hold: a row that refers to one that is not there may be on no page."""
        return [row for row in rows if self._scopes.joins(self._compiled.projection, row)]

    def _sorted(self, rows: Iterable[Row], order: Order) -> list[Row]:
        self._fields(order)
        terms = [(term.lookup, term.descending) for term in order.terms]
        return sorted_rows(self._conditions, self._model, rows, terms)

    def _beyond(self, rows: Iterable[Row], order: Order, place: Place) -> list[Row]:
        """Return the rows from a place on, in the order in which they are read there."""
        found = self._sorted(rows, order)
        if place.backwards:
            found.reverse()
        if place.position is None:
            return found
        beyond = after(reading_order(order, place), place.position)
        return [row for row in found if self._conditions.holds(beyond, self._model, row)]

    def _order(self, query: PageQuery) -> Order:
        name = getattr(query, "order_by", None)
        if name is None:
            return self._compiled.default_order
        return self._compiled.orders.get(name) or order_of(self._compiled.declaration, name)

    def _fields(self, order: Order) -> list[AnyField]:
        """Return what is sorted by.

        Raises:
            NotInMemory: it is an expression.
        """
        fields = [term.field for term in order.terms if term.field is not None]
        if len(fields) < len(order.terms):
            raise NotInMemory(
                f"The order {order.name!r} of {self._compiled.declaration.query.__name__} is an expression, which "
                "memory cannot sort by. Override page() in a subclass for memory."
            )
        return fields
