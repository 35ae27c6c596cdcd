"""Whether a column can be compared with a value: databases fail at values that are far from all that they can store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum
from ipaddress import ip_address
from typing import Final

from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import DateTimeField, DurationField, GenericIPAddressField

from django_layers.repositories.fields import AnyField

__all__ = ["Side", "side_of"]


class Side(Enum):
    """Where a value is, seen from all that a column can store."""

    BELOW = "below"
    AMONG = "among"
    ABOVE = "above"
    NOWHERE = "nowhere"


_YEARS: Final = (1, 9999)
"""Of the calendar that Django makes the bounds of a year with."""

_MICROSECONDS: Final = (-(2**63), 2**63 - 1)
"""What durations are stored in, where the database has no type for them."""


def side_of(column: AnyField | None, parts: tuple[str, ...], value: object, using: str) -> Side:
    """Return where a value is.

    Args:
        column: the column that it is compared with, or what a part of it is; None where that is not known.
        parts: what of a column it is compared with ("year"); nothing for the column itself.
        value: the value.
        using: the alias of the database.
    """
    if isinstance(value, int):
        return _side(value, *_integers(column, parts, using))
    if isinstance(value, timedelta) and isinstance(column, DurationField):
        if connections[using].features.has_native_duration_field:
            return Side.AMONG
        return _side(value // timedelta(microseconds=1), *_MICROSECONDS)
    if isinstance(value, datetime) and isinstance(column, DateTimeField):
        return _moment(value)
    if isinstance(value, str) and isinstance(column, GenericIPAddressField):
        return Side.AMONG if _is_address(value) else Side.NOWHERE
    return Side.AMONG


def _integers(column: AnyField | None, parts: tuple[str, ...], using: str) -> tuple[int | None, int | None]:
    if parts and parts[-1] in {"year", "iso_year"}:
        return _YEARS
    kind = "" if column is None else column.get_internal_type()
    if kind not in BaseDatabaseOperations.integer_field_ranges:
        return None, None
    return connections[using].ops.integer_field_range(kind)


def _side(value: int, lowest: int | None, highest: int | None) -> Side:
    if lowest is not None and value < lowest:
        return Side.BELOW
    return Side.ABOVE if highest is not None and value > highest else Side.AMONG


def _moment(value: datetime) -> Side:
    """Return where a moment is: at the edges of the calendar there are some that UTC has no date for."""
    if value.tzinfo is None:
        return Side.AMONG
    try:
        value.astimezone(UTC)
    except OverflowError:
        return Side.BELOW if value.year == 1 else Side.ABOVE
    return Side.AMONG


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
