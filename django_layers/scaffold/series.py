"""The values that factories and generated tests give to a field: valid, and different from row to row.

The functions here are what the rows of `types.FIELD_TYPES` refer to.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django_layers.scaffold.expressions import DATETIME_MODULE, Import, Value, literal
from django_layers.scaffold.spec import FieldSpec

__all__ = [
    "MANY",
    "Bounded",
    "Series",
    "boolean_series",
    "choice_series",
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
    "text_series",
    "time_series",
    "url_series",
    "uuid_series",
]

MANY = 10_000
"""How many different values a series has where nothing limits it."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A field with its limits.

    Attributes:
        field: the field.
        low, high: the smallest and the largest value, read; None where there is no bound.
        length: the most characters that it holds; None where any number will do.
    """

    field: FieldSpec
    low: Value = None
    high: Value = None
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


def integer_series(bounded: Bounded) -> Series:
    """Return whole numbers within the bounds."""
    low, high = bounded.low, bounded.high
    assert not isinstance(low, float)
    first, size = _first_and_size(low, high, step=1, start=1)
    return Series(samples=(first, first + min(1, size - 1)), code=f"{first} + n % {size:_}", size=size)


def _first_and_size(low: Value, high: Value, *, step: int, start: int) -> tuple[int, int]:
    """Return where a series of whole numbers begins and how many values it has."""
    lowest = low if isinstance(low, int) else None
    highest = high if isinstance(high, int) else None
    if lowest is None:
        lowest = start if highest is None or highest >= start + MANY else highest - MANY + 1
    size = MANY if highest is None else min(MANY, (highest - lowest) // step + 1)
    return lowest, size


def float_series(bounded: Bounded) -> Series:
    """Return numbers within the bounds, hundredths of the way between them."""
    low = bounded.low if isinstance(bounded.low, float) else None
    high = bounded.high if isinstance(bounded.high, float) else None
    if low is not None and high is not None:
        step = (high - low) / 100
        code = f"{low!r} + n % 100 * {step!r}" if low else f"n % 100 * {step!r}"
        return Series(samples=(low, high), code=code, size=100)
    if high is not None:
        return Series(samples=(high, high - 0.5), code=f"{high!r} - n % {MANY:_} / 2")
    first = 0.5 if low is None else low
    return Series(samples=(first, first + 0.5), code=f"{first!r} + n % {MANY:_} / 2")


def decimal_series(bounded: Bounded) -> Series:
    """Return decimals within the bounds, one unit of the last place apart."""
    digits, places = (int(part) for part in bounded.field.argument)
    unit = Decimal(1).scaleb(-places)
    largest = 10**digits - 1
    low = None if bounded.low is None else _in_units(bounded.low, places)
    high = largest if bounded.high is None else _in_units(bounded.high, places)
    first, size = _first_and_size(low, high, step=1, start=min(10**places, largest))
    start, second = first * unit, (first + min(1, size - 1)) * unit
    code = f"{literal(start).code} + n % {size:_} * {literal(unit).code}"
    return Series(samples=(start, second), code=code, imports=literal(unit).imports, size=size)


def _in_units(value: Value, places: int) -> int:
    assert isinstance(value, Decimal)
    return int(value.scaleb(places))


def boolean_series(bounded: Bounded) -> Series:
    """Return true and false in turn."""
    return Series(samples=(True, False), code="n % 2 == 0", size=2)


def date_series(bounded: Bounded) -> Series:
    """Return one day after the other within the bounds."""
    low, high = _days(bounded.low), _days(bounded.high)
    first, size = _first_and_size(low, high, step=1, start=date(2026, 1, 1).toordinal())
    size = min(size, date.max.toordinal() - first + 1)
    start, second = date.fromordinal(max(first, 1)), date.fromordinal(max(first, 1) + min(1, size - 1))
    return Series(samples=(start, second), code=_later(start, "days", size), imports=(DATETIME_MODULE,), size=size)


def _days(value: Value) -> int | None:
    return value.toordinal() if isinstance(value, date) else None


def datetime_series(bounded: Bounded) -> Series:
    """Return one second after the other within the bounds."""
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    low = bounded.low if isinstance(bounded.low, datetime) else None
    high = bounded.high if isinstance(bounded.high, datetime) else None
    if low is None and high is not None and high < start + timedelta(seconds=MANY):
        low = high - timedelta(seconds=MANY - 1)
    first = low or start
    size = MANY if high is None else min(MANY, (high - first) // timedelta(seconds=1) + 1)
    second = first + timedelta(seconds=min(1, size - 1))
    return Series(samples=(first, second), code=_later(first, "seconds", size), imports=(DATETIME_MODULE,), size=size)


def time_series(bounded: Bounded) -> Series:
    """Return one second after the other within the bounds of a day."""
    high = bounded.high if isinstance(bounded.high, time) else time(23, 59, 59)
    low = time(9) if bounded.high is None else time(0)
    if isinstance(bounded.low, time):
        low = bounded.low
    first = datetime.combine(date(2026, 1, 1), low)
    size = min(MANY, (datetime.combine(first, high) - first) // timedelta(seconds=1) + 1)
    second = (first + timedelta(seconds=min(1, size - 1))).time()
    shown = f"dt.datetime.combine(dt.date(2026, 1, 1), {literal(low).code})"
    code = f"({shown} + dt.timedelta(seconds=n % {size:_})).time()"
    return Series(samples=(low, second), code=code, imports=(DATETIME_MODULE,), size=size)


def duration_series(bounded: Bounded) -> Series:
    """Return lengths of time within the bounds, one second apart."""
    low = bounded.low if isinstance(bounded.low, timedelta) else None
    high = bounded.high if isinstance(bounded.high, timedelta) else None
    if low is None:
        low = timedelta(minutes=30)
        if high is not None and high < low + timedelta(seconds=MANY):
            low = high - timedelta(seconds=MANY - 1)
    size = MANY if high is None else min(MANY, (high - low) // timedelta(seconds=1) + 1)
    second = low + timedelta(seconds=min(1, size - 1))
    return Series(samples=(low, second), code=_later(low, "seconds", size), imports=(DATETIME_MODULE,), size=size)


def _later(start: Value, unit: str, size: int) -> str:
    return f"{literal(start).code} + dt.timedelta({unit}=n % {size:_})"


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
