"""Sorting rows as databases do, NULL last in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP

from django_layers.testing.memory.conditions import Conditions, NotInMemory
from django_layers.testing.memory.tables import Row

__all__ = ["default_lookups", "sorted_rows", "value_of"]


def sorted_rows(
    conditions: Conditions, model: type[Model], rows: Iterable[Row], terms: Sequence[tuple[str, bool]]
) -> list[Row]:
    """Return the rows in an order.

    Args:
        conditions: follows the relations of rows.
        model: the model of the rows.
        rows: the rows.
        terms: what to sort by, the weightiest first: a lookup, and whether the greatest comes first.
    """
    result = list(rows)
    # A stable sort by one term after the other, the weightiest at the end.
    for lookup, descending in reversed(terms):
        keyed = [(value_of(conditions, model, row, lookup), row) for row in result]
        filled = [pair for pair in keyed if pair[0] is not None]
        filled.sort(key=_first, reverse=descending)
        result = [row for _, row in filled] + [row for value, row in keyed if value is None]
    return result


def value_of(conditions: Conditions, model: type[Model], row: Row, lookup: str) -> object:
    """Return the value at the end of a lookup through to-one relations; None where a row on the way is not there."""
    if lookup in row:
        return row[lookup]
    return next(conditions.reach(model, row, lookup.split(LOOKUP_SEP)), None)


def default_lookups(model: type[Model]) -> list[tuple[str, bool]]:
    """Return the default order of a model, its key at the end.

    Raises:
        NotInMemory: the order is made of expressions.
    """
    terms: list[tuple[str, bool]] = []
    for name in model._meta.ordering or ():
        if not isinstance(name, str):
            raise NotInMemory(f"The order of {model.__name__} is an expression, which memory cannot sort by.")
        terms.append((name.removeprefix("-"), name.startswith("-")))
    return [*terms, ("pk", False)]


def _first(pair: tuple[Any, Row]) -> Any:
    return pair[0]
