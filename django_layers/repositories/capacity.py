"""What columns can hold, asked before the database is: one of them stores what does not fit, others fail."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import (
    CharField,
    DateTimeField,
    DecimalField,
    DurationField,
    FloatField,
    IntegerField,
    JSONField,
    TextField,
)

from django_layers.repositories.fields import AnyField, target_field
from django_layers.repositories.placeholder import Placeholder

__all__ = ["fits", "holds", "room_in"]


def fits(field: AnyField, value: object, using: str) -> bool:
    """Return whether a row can have a value: databases fail at a number that is too large, Django at what is no number.

    Args:
        field: the column.
        value: the value.
        using: the alias of the database.
    """
    # What is not known yet is looked at before the query is run.
    if isinstance(value, Placeholder):
        return True
    column = target_field(field)
    is_number = column.get_internal_type() in BaseDatabaseOperations.integer_field_ranges
    if not (is_number and isinstance(value, int)):
        try:
            value = column.to_python(value)
        except ValidationError:
            return False
    if not is_number or not isinstance(value, int):
        return _has_room_for_text(column, value)
    lowest, highest = connections[using].ops.integer_field_range(column.get_internal_type())
    return (lowest is None or lowest <= value) and (highest is None or value <= highest)


def holds(field: AnyField, value: object) -> bool:
    """Return whether a column can hold a value: numbers in its range, text of its length, moments of its calendar.

    What one database would store and the others would not is refused on all of them: SQLite stores text that is too
    long, makes NULL of a number that is none, and fails to read a decimal back.

    Args:
        field: the column.
        value: the value; one of a type that the column is not made for is left to the database.
    """
    has_room = room_in(field)
    return has_room is None or has_room(value)


def room_in(field: AnyField) -> Callable[[object], bool] | None:
    """Return what tells whether a column can hold a value; None where it holds every value of its type."""
    column = target_field(field)
    for kind, has_room in _ROOM.items():
        if isinstance(column, kind):
            return partial(has_room, column)
    return None


def _has_room_for_characters(column: AnyField, value: object) -> bool:
    if isinstance(value, str) and column.max_length is not None and len(value) > column.max_length:
        return False
    return _has_room_for_text(column, value)


def _has_room_for_text(column: AnyField, value: object) -> bool:
    # PostgreSQL has no NUL in text, and nobody has half a surrogate pair.
    return not isinstance(value, str) or ("\x00" not in value and _is_unicode(value))


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _has_room_for_json(column: AnyField, value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_has_room_for_json(column, each) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple):
        return all(_has_room_for_json(column, each) for each in value)
    return _has_room_for_text(column, value) and _has_room_for_float(column, value)


def _has_room_for_decimal(column: DecimalField[Any, Any], value: object) -> bool:
    if not isinstance(value, Decimal):
        return True
    if not value.is_finite():
        return False
    if column.max_digits is None or column.decimal_places is None:
        return True
    return abs(round(value, column.decimal_places)) < Decimal(10) ** (column.max_digits - column.decimal_places)


def _has_room_for_integer(column: AnyField, value: object) -> bool:
    # The ranges of most databases: SQLite's own would let in what no other one takes.
    ranges = BaseDatabaseOperations.integer_field_ranges.get(column.get_internal_type())
    return ranges is None or not isinstance(value, int) or ranges[0] <= value <= ranges[1]


def _has_room_for_float(column: AnyField, value: object) -> bool:
    return not isinstance(value, float | Decimal) or math.isfinite(value)


def _has_room_for_duration(column: AnyField, value: object) -> bool:
    # All databases but PostgreSQL have microseconds in 64 bits.
    return not isinstance(value, timedelta) or -(2**63) <= value // timedelta(microseconds=1) < 2**63


def _has_room_for_moment(column: AnyField, value: object) -> bool:
    if not isinstance(value, datetime) or value.tzinfo is None:
        return True
    try:
        value.astimezone(UTC)
    except OverflowError:
        return False
    return True


_ROOM: Mapping[type[AnyField], Callable[[Any, object], bool]] = {
    CharField: _has_room_for_characters,
    TextField: _has_room_for_text,
    JSONField: _has_room_for_json,
    DecimalField: _has_room_for_decimal,
    IntegerField: _has_room_for_integer,
    FloatField: _has_room_for_float,
    DurationField: _has_room_for_duration,
    DateTimeField: _has_room_for_moment,
}
"""What tells whether a column of a class, or of one that inherits from it, has room for a value."""
