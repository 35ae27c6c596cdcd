"""What columns can hold, asked before the database is: one of them stores what does not fit, others fail."""

from __future__ import annotations

from decimal import Decimal

from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import CharField, DecimalField

from django_layers.repositories.fields import AnyField, target_field

__all__ = ["fits", "holds"]


def fits(field: AnyField, value: object, using: str) -> bool:
    """Return whether an integer can be compared with a column: databases fail at one that no row of theirs can have.

    Args:
        field: the column.
        value: the value; what is no integer always fits.
        using: the alias of the database.
    """
    column = target_field(field)
    if not isinstance(value, int) or column.get_internal_type() not in BaseDatabaseOperations.integer_field_ranges:
        return True
    lowest, highest = connections[using].ops.integer_field_range(column.get_internal_type())
    return (lowest is None or lowest <= value) and (highest is None or value <= highest)


def holds(field: AnyField, value: object) -> bool:
    """Return whether a column can hold a value: integers in its range, text of its length, decimals of its digits.

    SQLite would store what does not fit, and fail to read a decimal back.

    Args:
        field: the column.
        value: the value.
    """
    column = target_field(field)
    if isinstance(column, CharField) and isinstance(value, str):
        return column.max_length is None or len(value) <= column.max_length
    if isinstance(column, DecimalField) and isinstance(value, Decimal):
        return value.is_finite() and _has_room(column, value)
    # The ranges of most databases: SQLite's own would let in what no other one takes.
    ranges = BaseDatabaseOperations.integer_field_ranges.get(column.get_internal_type())
    return ranges is None or not isinstance(value, int) or ranges[0] <= value <= ranges[1]


def _has_room(column: DecimalField[Decimal, Decimal], value: Decimal) -> bool:
    if column.max_digits is None or column.decimal_places is None:
        return True
    return abs(round(value, column.decimal_places)) < Decimal(10) ** (column.max_digits - column.decimal_places)
