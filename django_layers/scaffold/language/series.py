"""The values that factories and generated tests give to a field: valid, and different from row to row.

The functions here, and those in `number_series` and `moment_series`, are what the rows of `types.FIELD_TYPES` refer to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django_layers.scaffold.language.expressions import Import, Value, literal
from django_layers.scaffold.language.spec import FieldSpec
from django_layers.scaffold.language.values import values_of

__all__ = [
    "MANY",
    "Bounded",
    "Series",
    "boolean_series",
    "bound_as",
    "choice_series",
    "column_series",
    "direction",
    "email_series",
    "ip_series",
    "json_series",
    "slug_series",
    "stepped",
    "text_series",
    "url_series",
    "uuid_series",
    "value_series",
    "walk",
]

MANY = 10_000
"""How many different values a series has where nothing limits it."""


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


def walk(
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
    low, high = bound_as(kind, bounded.low), bound_as(kind, bounded.high)
    floor, ceiling = bound_as(kind, bounded.floor), bound_as(kind, bounded.ceiling)
    if low is None and high is not None:
        return high, "-", MANY if floor is None else min(MANY, room(floor, high) + 1)
    first = start if low is None else low
    last = ceiling if high is None else high
    return first, "+", MANY if last is None else min(MANY, room(first, last) + 1)


def bound_as(kind: type[Step], value: Value) -> Step | None:
    """Return a bound of a type of values; None where there is none."""
    return value if isinstance(value, kind) else None


def stepped(first: Value, sign: str, steps: str) -> str:
    """Return the expression of so many steps up or down from the first value; from zero that is the steps alone."""
    if first:
        return f"{literal(first).code} {sign} {steps}"
    return steps if sign == "+" else f"-({steps})"


def direction(sign: str, size: int) -> int:
    """Return the step from the first value to the second, 0 where there is only one."""
    return 0 if size == 1 else (1 if sign == "+" else -1)


def boolean_series(bounded: Bounded) -> Series:
    """Return true and false in turn."""
    return Series(samples=(True, False), code="n % 2 == 0", size=2)


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
