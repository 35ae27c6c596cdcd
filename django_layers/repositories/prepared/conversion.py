"""From the values that a driver gives to those of Python, a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["Conversion"]

Values: TypeAlias = "Sequence[Any]"
Convert: TypeAlias = "Callable[..., Any]"
Step: TypeAlias = "Callable[[Values, BaseDatabaseWrapper], Values]"
"""What is done with all values of a column."""


class Conversion:
    """What Django does with the values of selected columns, without asking for it in every run.

    It belongs to no connection: connections belong to threads, and end with them.

    Args:
        converters: what `SQLCompiler.get_converters` returns.
        connection: the connection that it was asked for.
    """

    def __init__(self, converters: dict[int, tuple[Sequence[Convert], Any]], connection: BaseDatabaseWrapper) -> None:
        self._steps = tuple(
            (column, _step(convert, expression, connection))
            for column, (functions, expression) in converters.items()
            for convert in functions
        )

    def rows(self, rows: Sequence[Values], connection: BaseDatabaseWrapper) -> list[Sequence[object]]:
        """Return rows of a driver as Django would.

        Args:
            rows: what was fetched.
            connection: where it was fetched.
        """
        if not self._steps or not rows:
            return list(rows)
        columns: list[Values] = list(zip(*rows, strict=True))
        for column, step in self._steps:
            columns[column] = step(columns[column], connection)
        return list(zip(*columns, strict=True))


def _step(convert: Convert, expression: Any, connection: BaseDatabaseWrapper) -> Step:
    if _holds(convert, connection):
        return _made_anew(convert, expression)
    if getattr(convert, "__self__", None) is not connection.ops:
        return lambda values, connection: [convert(value, expression, connection) for value in values]
    method: Any = convert.__func__  # type: ignore[attr-defined]
    known = _KNOWN.get(f"{method.__module__}.{method.__qualname__}")
    if known is not None:
        return known(method, expression)

    def step(values: Values, connection: BaseDatabaseWrapper) -> Values:
        return [method(connection.ops, value, expression, connection) for value in values]

    return step


def _holds(convert: Convert, connection: BaseDatabaseWrapper) -> bool:
    """Return whether a function was made for a connection, and remembers it."""
    cells = getattr(convert, "__closure__", None) or ()
    return any(cell.cell_contents in (connection, connection.ops) for cell in cells)


def _made_anew(convert: Convert, expression: Any) -> Step:
    """Return what asks each connection for a function of its own, the one of this name."""
    name = convert.__qualname__

    def step(values: Values, connection: BaseDatabaseWrapper) -> Values:
        for own in connection.ops.get_db_converters(expression):
            if own.__qualname__ == name:
                values = [own(value, expression, connection) for value in values]
        return values

    return step


def _datetimes(method: Any, expression: Any) -> Step:
    """Return what gives moments the time zone of the database; they come without one, and there may be thousands."""

    def step(values: Values, connection: BaseDatabaseWrapper) -> Values:
        zone = connection.timezone if settings.USE_TZ else None
        return [
            value.replace(tzinfo=zone)
            if type(value) is datetime and value.tzinfo is None
            else method(connection.ops, value, expression, connection)
            for value in values
        ]

    return step


_KNOWN: Final = {
    "django.db.backends.sqlite3.operations.DatabaseOperations.convert_datetimefield_value": _datetimes,
    "django.db.backends.mysql.operations.DatabaseOperations.convert_datetimefield_value": _datetimes,
}
"""What is the same for all values of a column, and worked out once for them."""
