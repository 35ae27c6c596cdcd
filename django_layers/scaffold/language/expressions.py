"""Python expressions with the imports that they need, and how a value is written as one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

__all__ = ["DATETIME_MODULE", "Expression", "Import", "Value", "as_json", "literal"]

Value: TypeAlias = (
    str
    | int
    | float
    | bool
    | Decimal
    | date
    | datetime
    | time
    | timedelta
    | UUID
    | dict[str, object]
    | list[object]
    | None
)
"""What a default, a bound or a sample may be once its text is read."""


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """One imported name.

    Attributes:
        module: the dotted module.
        name: what is imported from it; empty where the module itself is imported.
        alias: the name that it gets, where that is another one.
    """

    module: str
    name: str = ""
    alias: str = ""

    @property
    def binds(self) -> str:
        """The name that the import binds."""
        return self.alias or self.name or self.module.partition(".")[0]

    def __str__(self) -> str:
        statement = f"from {self.module} import {self.name}" if self.name else f"import {self.module}"
        return f"{statement} as {self.alias}" if self.alias else statement


@dataclass(frozen=True, slots=True)
class Expression:
    """A Python expression.

    Attributes:
        code: the expression.
        imports: what has to be imported for it.
    """

    code: str
    imports: tuple[Import, ...] = ()

    def __str__(self) -> str:
        return self.code


# `import datetime as dt`, so that fields may be called `date` and `time`: a class body that gives such a field a
# default would hide the class of that name from the annotations below it.
DATETIME_MODULE = Import("datetime", alias="dt")


def literal(value: Value) -> Expression:
    """Return the expression that makes a value."""
    return _WRITERS[type(value)](value)


def as_json(value: Value) -> Expression:
    """Return the expression of what stands for a value in the JSON of a request or a response; it needs no imports.

    Decimals, moments and the like are strings, written as Pydantic writes them.
    """
    if isinstance(value, Decimal | UUID):
        return Expression(repr(str(value)))
    if isinstance(value, datetime):
        return Expression(repr(value.isoformat().replace("+00:00", "Z")))
    if isinstance(value, date | time):
        return Expression(repr(value.isoformat()))
    if isinstance(value, timedelta):
        return Expression(repr(_iso_duration(value)))
    return Expression(repr(value))


def _plain(value: Value) -> Expression:
    return Expression(repr(value))


def _decimal(value: Value) -> Expression:
    text = str(value)
    # What an int can say needs no string; "-0" is none of them.
    whole = text.removeprefix("-").isdecimal() and text != "-0"
    return Expression(f"Decimal({text if whole else repr(text)})", (Import("decimal", "Decimal"),))


def _uuid(value: Value) -> Expression:
    return Expression(f"UUID({str(value)!r})", (Import("uuid", "UUID"),))


def _date(value: Value) -> Expression:
    assert isinstance(value, date)
    return Expression(f"dt.date({value.year}, {value.month}, {value.day})", (DATETIME_MODULE,))


def _datetime(value: Value) -> Expression:
    assert isinstance(value, datetime)
    moment = value.astimezone(UTC)
    parts = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond]
    shown = ", ".join(map(str, _without_trailing_zeros(parts, keep=3)))
    return Expression(f"dt.datetime({shown}, tzinfo=dt.UTC)", (DATETIME_MODULE,))


def _time(value: Value) -> Expression:
    assert isinstance(value, time)
    parts = [value.hour, value.minute, value.second, value.microsecond]
    return Expression(f"dt.time({', '.join(map(str, _without_trailing_zeros(parts, keep=2)))})", (DATETIME_MODULE,))


def _timedelta(value: Value) -> Expression:
    assert isinstance(value, timedelta)
    minutes, seconds = divmod(value.seconds, 60)
    parts = {"days": value.days, "minutes": minutes, "seconds": seconds, "microseconds": value.microseconds}
    shown = ", ".join(f"{name}={number}" for name, number in parts.items() if number)
    return Expression(f"dt.timedelta({shown})", (DATETIME_MODULE,))


_WRITERS: dict[type, Callable[[Value], Expression]] = {
    str: _plain,
    int: _plain,
    float: _plain,
    bool: _plain,
    dict: _plain,
    list: _plain,
    type(None): _plain,
    Decimal: _decimal,
    UUID: _uuid,
    date: _date,
    datetime: _datetime,
    time: _time,
    timedelta: _timedelta,
}


def _without_trailing_zeros(parts: list[int], *, keep: int) -> list[int]:
    while len(parts) > keep and not parts[-1]:
        parts.pop()
    return parts


def _iso_duration(value: timedelta) -> str:
    sign, value = ("-", -value) if value < timedelta(0) else ("", value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{value.microseconds:06d}".rstrip("0") if value.microseconds else ""
    clock = "".join(
        f"{number}{unit}"
        for number, unit in ((hours, "H"), (minutes, "M"), (f"{seconds}{fraction}", "S"))
        if number not in (0, "0")
    )
    days = f"{value.days}D" if value.days else ""
    return f"{sign}P{days}{'T' if clock or not days else ''}{clock or ('' if days else '0S')}"
