"""The values that factories and generated tests give to a field: valid, and different from row to row.

The functions here are what the rows of `types.FIELD_TYPES` refer to.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from typing import TypeVar
from uuid import UUID

from django_layers.scaffold.language.expressions import DATETIME_MODULE, Import, Value, literal
from django_layers.scaffold.language.spec import FieldSpec
from django_layers.scaffold.language.values import values_of

__all__ = [
    "MANY",
    "Bounded",
    "Series",
    "boolean_series",
    "choice_series",
    "column_series",
    "date_series",
    "datetime_series",
    "decimal_series",
    "duration_series",
    "email_series",
    "float_series",
    "integer_series",
    "ip_series",
    "json_series",
    "slug_series",
    "stored_step",
    "text_series",
    "time_series",
    "url_series",
    "uuid_series",
    "value_series",
]

MANY = 10_000
"""How many different values a series has where nothing limits it."""

# Sums of decimals are rounded to 28 digits, so longer numbers can't be counted up.
_SUMMED_DIGITS = 24
# SQLite keeps decimals as floats, of which 15 digits are sure; the last one is left for what is carried.
_STORED_DIGITS = 14
_SECOND = timedelta(seconds=1)
_SOME_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A field with its limits.

    Attributes:
        field: the field.
        low, high: the smallest and the largest value, read; None where there is no bound.
        floor, ceiling: the smallest and the largest value that databases keep; None where there is no such limit.
        length: the most characters that it holds; None where any number will do.
    """

    field: FieldSpec
    low: Value = None
    high: Value = None
    floor: Value = None
    ceiling: Value = None
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values of one field, one row after the other.

    Attributes:
        samples: two valid values, different ones where the field has two.
        code: an expression of `n`, the number of the row.
        imports: what the expression needs.
        size: how many different values there are before they repeat.
    """

    samples: tuple[Value, Value]
    code: str
    imports: tuple[Import, ...] = ()
    size: int = MANY


def text_series(bounded: Bounded) -> Series:
    """Return "title 1", "title 2", ... or, where that is too long, the last digits of the number."""
    words = bounded.field.name.replace("_", " ")
    return _texts(bounded, f"{words} {{}}", "{}")


def slug_series(bounded: Bounded) -> Series:
    """Return "slug-1", "slug-2", ..."""
    return _texts(bounded, f"{bounded.field.name.replace('_', '-')}-{{}}", "{}")


def email_series(bounded: Bounded) -> Series:
    """Return different addresses."""
    return _texts(bounded, "user{}@example.com", "{}@a.co")


def url_series(bounded: Bounded) -> Series:
    """Return different addresses of pages."""
    return _texts(bounded, "https://example.com/{}", "http://a.co/{}")


def _texts(bounded: Bounded, *patterns: str) -> Series:
    """Return a series of the first pattern that leaves room for six digits, else of as many digits as fit the last."""
    length = 10_000 if bounded.length is None else bounded.length
    pattern = next((pattern for pattern in patterns if len(pattern) - 2 + 6 <= length), patterns[-1])
    digits = min(6, length - len(pattern) + 2)
    samples = pattern.format(1), pattern.format(2)
    if digits == 6:
        code = "str(n)" if pattern == "{}" else f"f{pattern.format('{n}')!r}"
        return Series(samples=samples, code=code)
    size = 10**digits
    number = f"n % {size:_}"
    code = f"str({number})" if pattern == "{}" else f"f{pattern.format('{' + number + '}')!r}"
    return Series(samples=samples, code=code, size=min(size, MANY))


Step = TypeVar("Step", int, float, Decimal, date, datetime, timedelta)


def _walk(
    bounded: Bounded, kind: type[Step], *, start: Step, room: Callable[[Step, Step], int]
) -> tuple[Step, str, int]:
    """Return where a series begins, whether it goes up or down from there ("+" or "-"), and how many steps it has.

    It begins at a bound, so that tests touch the edge of what is valid.

    Args:
        bounded: the field with its limits.
        kind: the type of the values.
        start: where the series begins where there is no bound.
        room: how many whole steps are between a lower and a higher value.
    """
    low, high = _as(kind, bounded.low), _as(kind, bounded.high)
    floor, ceiling = _as(kind, bounded.floor), _as(kind, bounded.ceiling)
    if low is None and high is not None:
        return high, "-", MANY if floor is None else min(MANY, room(floor, high) + 1)
    first = start if low is None else low
    last = ceiling if high is None else high
    return first, "+", MANY if last is None else min(MANY, room(first, last) + 1)


def _as(kind: type[Step], value: Value) -> Step | None:
    return value if isinstance(value, kind) else None


def integer_series(bounded: Bounded) -> Series:
    """Return whole numbers within the bounds."""
    first, sign, size = _walk(bounded, int, start=1, room=lambda low, high: high - low)
    second = first + _direction(sign, size)
    return Series(samples=(first, second), code=_from(first, sign, f"n % {size:_}"), size=size)


def _from(first: Value, sign: str, steps: str) -> str:
    """Return the expression of so many steps up or down from the first value; from zero that is the steps alone."""
    if first:
        return f"{literal(first).code} {sign} {steps}"
    return steps if sign == "+" else f"-({steps})"


def _direction(sign: str, size: int) -> int:
    """Return the step from the first value to the second, 0 where there is only one."""
    return 0 if size == 1 else (1 if sign == "+" else -1)


def float_series(bounded: Bounded) -> Series:
    """Return numbers within the bounds, hundredths of the way between them."""
    low, high = _as(float, bounded.low), _as(float, bounded.high)
    if low is not None and high is not None:
        span = f"({high!r} - {low!r})" if low else repr(high)
        return Series(samples=(low, high), code=_from(low, "+", f"n % 100 / 100 * {span}"), size=100)
    first, sign, _ = _walk(bounded, float, start=0.5, room=lambda low, high: MANY)
    second = first + _direction(sign, MANY) / 2
    return Series(samples=(first, second), code=_from(first, sign, f"n % {MANY:_} / 2"))


def decimal_series(bounded: Bounded) -> Series:
    """Return decimals within the bounds, a unit of the last place apart that every database keeps."""
    digits, places = (int(part) for part in bounded.field.argument)
    unit = Decimal(1).scaleb(-places)
    with localcontext(prec=digits + 2):
        largest = (10**digits - 1) * unit
        limited = replace(bounded, floor=-largest, ceiling=largest)
        start = Decimal(1).quantize(unit) if places < digits <= _SUMMED_DIGITS else unit
        bound, sign, _ = _walk(limited, Decimal, start=start, room=lambda low, high: 1)
        step = stored_step(bound, unit)
        first = _rounded(bound, step, sign)
        end = _as(Decimal, bounded.high if sign == "+" else bounded.low)
        end = (largest if sign == "+" else -largest) if end is None else end
        room = int((end - first if sign == "+" else first - end) / step)
        if end < first if sign == "+" else first < end:
            # No database but one that keeps every digit has a value between such bounds.
            first, room = bound, 0
        size = min(MANY, room + 1)
        first, step = first.quantize(unit), step.quantize(unit)
        if abs(first) >= unit.scaleb(_SUMMED_DIGITS):
            return Series(samples=(first, first), code=literal(first).code, imports=literal(first).imports, size=1)
        second = first + _direction(sign, size) * step
    code = _from(first, sign, f"n % {size:_} * {literal(step).code}")
    return Series(samples=(first, second), code=code, imports=literal(step).imports, size=size)


def stored_step(value: Decimal, unit: Decimal) -> Decimal:
    """Return the smallest step from a decimal that every database keeps.

    Args:
        value: the decimal.
        unit: the unit of the last place of its column.
    """
    return max(unit, Decimal(1).scaleb(value.adjusted() - _STORED_DIGITS + 1)) if value else unit


def _rounded(value: Decimal, step: Decimal, sign: str) -> Decimal:
    """Return the nearest whole number of steps, in the direction of the sign."""
    return (value / step).to_integral_value(ROUND_CEILING if sign == "+" else ROUND_FLOOR) * step


def boolean_series(bounded: Bounded) -> Series:
    """Return true and false in turn."""
    return Series(samples=(True, False), code="n % 2 == 0", size=2)


def date_series(bounded: Bounded) -> Series:
    """Return one day after the other within the bounds."""
    first, sign, size = _walk(bounded, date, start=date(2026, 1, 1), room=lambda low, high: (high - low).days)
    second = first + _direction(sign, size) * timedelta(days=1)
    code = f"{literal(first).code} {sign} dt.timedelta(days=n % {size:_})"
    return Series(samples=(first, second), code=code, imports=(DATETIME_MODULE,), size=size)


def datetime_series(bounded: Bounded) -> Series:
    """Return one second after the other within the bounds."""
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    first, sign, size = _walk(bounded, datetime, start=start, room=lambda low, high: (high - low) // _SECOND)
    second = first + _direction(sign, size) * _SECOND
    return Series(samples=(first, second), code=_seconds(first, sign, size), imports=(DATETIME_MODULE,), size=size)


def time_series(bounded: Bounded) -> Series:
    """Return one second after the other within the bounds of a day."""
    moments = replace(
        bounded,
        low=_on_a_day(bounded.low),
        high=_on_a_day(bounded.high),
        floor=_on_a_day(time.min),
        ceiling=_on_a_day(time(23, 59, 59, 999_999)),
    )
    start = datetime.combine(_SOME_DAY, time(9))
    first, sign, size = _walk(moments, datetime, start=start, room=lambda low, high: (high - low) // _SECOND)
    second = first + _direction(sign, size) * _SECOND
    shown = f"dt.datetime.combine({literal(_SOME_DAY).code}, {literal(first.time()).code})"
    code = f"({shown} {sign} dt.timedelta(seconds=n % {size:_})).time()"
    return Series(samples=(first.time(), second.time()), code=code, imports=(DATETIME_MODULE,), size=size)


def _on_a_day(value: Value) -> datetime | None:
    return datetime.combine(_SOME_DAY, value) if isinstance(value, time) else None


def duration_series(bounded: Bounded) -> Series:
    """Return lengths of time within the bounds, one second apart."""
    start = timedelta(minutes=30)
    first, sign, size = _walk(bounded, timedelta, start=start, room=lambda low, high: (high - low) // _SECOND)
    second = first + _direction(sign, size) * _SECOND
    return Series(samples=(first, second), code=_seconds(first, sign, size), imports=(DATETIME_MODULE,), size=size)


def _seconds(first: Value, sign: str, size: int) -> str:
    return _from(first, sign, f"dt.timedelta(seconds=n % {size:_})")


def uuid_series(bounded: Bounded) -> Series:
    """Return different UUIDs."""
    return Series(samples=(UUID(int=1), UUID(int=2)), code="UUID(int=n + 1)", imports=(Import("uuid", "UUID"),))


def ip_series(bounded: Bounded) -> Series:
    """Return different addresses of a private network."""
    return Series(samples=("10.0.0.1", "10.0.0.2"), code='f"10.0.{n // 256 % 256}.{n % 256}"')


def json_series(bounded: Bounded) -> Series:
    """Return different objects."""
    return Series(samples=({"number": 1}, {"number": 2}), code='{"number": n}')


def choice_series(bounded: Bounded) -> Series:
    """Return one choice after the other; how the code names them is up to the enumeration (`fields.factory_value`)."""
    choices = bounded.field.argument
    return Series(samples=(choices[0], choices[1 % len(choices)]), code="", size=len(choices))


def value_series(bounded: Bounded) -> Series:
    """Return one of a few values after the other; how the code names them is up to the enumeration."""
    found = [value for value in values_of(bounded.field) if value != ""] or [""]
    return Series(samples=(found[0], found[1 % len(found)]), code="", size=len(found))


def column_series(bounded: Bounded) -> Series:
    """Return values of a column as the model has it: lists, or objects of JSON."""
    annotation = bounded.field.argument[0]
    first, second, code = _COLUMNS.get(annotation, ([], [], "[]") if annotation.startswith("tuple[") else _OBJECTS)
    return Series(samples=(first, second), code=code, size=1 if first == second else MANY)


_OBJECTS: tuple[Value, Value, str] = ({"number": 1}, {"number": 2}, '{"number": n}')
_COLUMNS: dict[str, tuple[Value, Value, str]] = {
    "dict[str, str | None]": ({"number": "1"}, {"number": "2"}, '{"number": str(n)}'),
    "tuple[int, ...]": ([1], [2], "[n]"),
    "tuple[str, ...]": (["item 1"], ["item 2"], '[f"item {n}"]'),
}
