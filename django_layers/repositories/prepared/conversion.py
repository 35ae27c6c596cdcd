"""From the values that a driver gives to those of Python, a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Context, Decimal
from typing import Any, Final, TypeAlias
from uuid import UUID, SafeUUID

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

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
    if _name(convert) == _DECIMALS and isinstance(expression, Col) and _has_digits(expression.output_field):
        return _decimals(expression)
    if _holds(convert, connection):
        return _made_anew(convert, expression)
    if getattr(convert, "__self__", None) is not connection.ops:
        return lambda values, connection: [convert(value, expression, connection) for value in values]
    method: Any = convert.__func__  # type: ignore[attr-defined]
    known = _KNOWN.get(_name(method))
    if known is not None:
        return known(method, expression)

    def step(values: Values, connection: BaseDatabaseWrapper) -> Values:
        return [method(connection.ops, value, expression, connection) for value in values]

    return step


def _has_digits(field: Any) -> bool:
    return field.max_digits is not None and field.decimal_places is not None


def _name(function: Any) -> str:
    return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '')}"


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


def _already(kind: type) -> Callable[[Any, Any], Step]:
    """Return what leaves alone what the driver has turned into Python's own kind already."""

    def known(method: Any, expression: Any) -> Step:
        def step(values: Values, connection: BaseDatabaseWrapper) -> Values:
            return [
                value if type(value) is kind else method(connection.ops, value, expression, connection)
                for value in values
            ]

        return step

    return known


def _uuids(method: Any, expression: Any) -> Step:
    """Return what makes UUIDs of 32 hexadecimal digits; `UUID()` asks eight questions about each first."""
    make, give = object.__new__, object.__setattr__

    def uuid(digits: str) -> UUID:
        made = make(UUID)
        give(made, "int", int(digits, 16))
        give(made, "is_safe", SafeUUID.unknown)
        return made

    def step(values: Values, connection: BaseDatabaseWrapper) -> Values:
        return [
            uuid(value)
            if type(value) is str and len(value) == 32
            else method(connection.ops, value, expression, connection)
            for value in values
        ]

    return step


def _decimals(expression: Any) -> Step:
    """Return what makes decimals of SQLite's numbers, by their digits where none of those is to be rounded."""
    field: Any = expression.output_field
    places, most = field.decimal_places, field.max_digits
    written = f"%.{places}f"
    # Of no more digits than a float keeps there is one decimal for a float: if it reads as the float, it is that one.
    limit = 10.0 ** (min(most, FLOAT_DIGITS) - places)
    from_float = Context(prec=FLOAT_DIGITS).create_decimal_from_float
    quantum, context = Decimal(1).scaleb(-places), field.context

    def rounded(value: float) -> Decimal:
        return from_float(value).quantize(quantum, context=context)

    def step(values: Values, connection: BaseDatabaseWrapper) -> Values:
        return [
            None
            if value is None
            else Decimal(text)
            if -limit < value < limit and float(text := written % value) == value
            else rounded(value)
            for value in values
        ]

    return step


FLOAT_DIGITS: Final = 15
"""How many digits of a float Django takes for those of a decimal."""

_SQLITE: Final = "django.db.backends.sqlite3.operations.DatabaseOperations"
_MYSQL: Final = "django.db.backends.mysql.operations.DatabaseOperations"
_DECIMALS: Final = f"{_SQLITE}.get_decimalfield_converter.<locals>.converter"
_KNOWN: Final[dict[str, Callable[[Any, Any], Step]]] = {
    f"{_SQLITE}.convert_datetimefield_value": _datetimes,
    f"{_SQLITE}.convert_datefield_value": _already(date),
    f"{_SQLITE}.convert_timefield_value": _already(time),
    f"{_SQLITE}.convert_booleanfield_value": _already(bool),
    f"{_SQLITE}.convert_uuidfield_value": _uuids,
    f"{_MYSQL}.convert_datetimefield_value": _datetimes,
    f"{_MYSQL}.convert_uuidfield_value": _uuids,
}
"""What is known of Django's own converters: done for a column at once, with the same outcome."""
