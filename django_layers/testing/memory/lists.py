"""Lists of rows in memory: filters, orders and pages, by what is compiled for the database."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import MISSING, BaseModel

from django_layers.repositories.compiled import Compiled
from django_layers.repositories.cursor import decode_cursor, encode_cursor, fingerprint
from django_layers.repositories.fields import AnyField
from django_layers.repositories.ordering import Order, order_of
from django_layers.repositories.paging import after
from django_layers.schemas import PageQuery
from django_layers.testing.memory.conditions import Conditions, NotInMemory
from django_layers.testing.memory.sorting import sorted_rows, value_of
from django_layers.testing.memory.tables import Row

__all__ = ["Lists"]


class Lists:
    """Filters, sorts and cuts the rows of one repository.

    Args:
        compiled: what is worked out of the repository.
        conditions: evaluates conditions against rows.
    """

    def __init__(self, compiled: Compiled, conditions: Conditions) -> None:
        self._compiled = compiled
        self._conditions = conditions
        self._model = compiled.declaration.model

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
            if each.field is None:
                raise NotInMemory(
                    f"The filter {each.name!r} of {self._compiled.declaration.query.__name__} compares with an "
                    "expression, which memory cannot do. Override page() and count() in a subclass for memory."
                )
            found = [row for row in found if self._conditions.matches(self._model, row, each.lookup, value)]
        return found

    def page(self, rows: Iterable[Row], query: PageQuery, visible_to: object) -> tuple[list[Row], str | None]:
        """Return the rows of a page of filtered rows, and the cursor of the next page.

        Raises:
            RuleViolated: the cursor was changed, or belongs to another list.
        """
        order = self._order(query)
        fields = self._fields(order)
        mark = fingerprint(self._model._meta.label, query, order, visible_to)
        found = sorted_rows(
            self._conditions, self._model, rows, [(term.lookup, term.descending) for term in order.terms]
        )
        if query.cursor is not None:
            beyond = after(order, decode_cursor(query.cursor, fields, mark))
            found = [row for row in found if self._conditions.holds(beyond, self._model, row)]
        shown = found[: query.limit]
        if len(found) <= query.limit:
            return shown, None
        position = [value_of(self._conditions, self._model, shown[-1], term.lookup) for term in order.terms]
        return shown, encode_cursor(position, mark)

    def _order(self, query: PageQuery) -> Order:
        name = getattr(query, "order_by", None)
        if name is None:
            return self._compiled.default_order
        return self._compiled.orders.get(name) or order_of(self._compiled.declaration, name)

    def _fields(self, order: Order) -> list[AnyField]:
        fields = [term.field for term in order.terms if term.field is not None]
        if len(fields) < len(order.terms):
            raise NotInMemory(
                f"The order {order.name!r} of {self._compiled.declaration.query.__name__} is an expression, which "
                "memory cannot sort by. Override page() in a subclass for memory."
            )
        return fields
