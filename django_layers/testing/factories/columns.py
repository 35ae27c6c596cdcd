"""A distinct value of each type of column, for every number in a sequence."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from django.conf import settings
from django.db import models

from django_layers.repositories.fields import AnyField
from django_layers.testing.factories.bounds import Bounds, bounds_of

__all__ = ["value_maker"]

Maker: TypeAlias = "Callable[[int], object]"

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# The greatest value of each integer type on every database that Django supports.
_INTEGER_LIMITS = {"SmallIntegerField": 32_767, "PositiveSmallIntegerField": 32_767}


def value_maker(field: AnyField) -> Maker | None:
    """Return a function from 0, 1, 2, ... to values that the field takes, distinct as long as its type has more.

    Returns:
        The function; None where nothing is known about the type of the field.
    """
    if field.choices:
        return _choice_maker(field)
    for field_class in type(field).__mro__:
        if field_class in _MAKERS:
            return _MAKERS[field_class](field)
    return None


def _choice_maker(field: AnyField) -> Maker:
    values = [value for value, _ in field.flatchoices if value not in (None, "")]
    return lambda number: values[number % len(values)]


def _text_maker(field: AnyField) -> Maker:
    return lambda number: _shortened(f"{field.name} {number}", number, field.max_length)


def _slug_maker(field: AnyField) -> Maker:
    return lambda number: _shortened(f"{field.name.replace('_', '-')}-{number}", number, field.max_length)


def _email_maker(field: AnyField) -> Maker:
    def make(number: int) -> object:
        for domain in ("example.com", "a.io"):
            for name in (f"{field.name}{number}", f"u{number}"):
                address = f"{name}@{domain}"
                if field.max_length is None or len(address) <= field.max_length:
                    return address
        raise ValueError(f"No e-mail address fits the {field.max_length} characters of {field}.")

    return make


def _url_maker(field: AnyField) -> Maker:
    return lambda number: f"https://example.com/{number}"


def _shortened(text: str, number: int, max_length: int | None) -> str:
    """Return the text, or where it is too long the number alone, in as few characters as distinct values need."""
    if max_length is None or len(text) <= max_length:
        return text
    digits = ""
    while True:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
        if not number:
            return digits.rjust(max_length, "0")[-max_length:]


def _integer_maker(field: AnyField) -> Maker:
    limit = _INTEGER_LIMITS.get(field.get_internal_type(), 2_147_483_647)
    lower, upper = _whole_bounds(bounds_of(field), limit)
    return lambda number: lower + number % (upper - lower + 1)


def _whole_bounds(bounds: Bounds, limit: int) -> tuple[int, int]:
    lower, upper = _decimal_bounds(bounds, Decimal(1), Decimal(limit))
    return int(lower), int(upper)


def _decimal_maker(field: AnyField) -> Maker:
    assert isinstance(field, models.DecimalField)
    places = field.decimal_places or 0
    step = Decimal(1).scaleb(-places)
    digits = (field.max_digits or 20) - places
    limit = Decimal(10) ** digits - step
    lower, upper = _decimal_bounds(bounds_of(field), step, limit)
    size = int((upper - lower) / step) + 1
    return lambda number: lower + step * (number % size)


def _float_maker(field: AnyField) -> Maker:
    lower, upper = _decimal_bounds(bounds_of(field), Decimal("0.5"), Decimal(1_000_000))
    return lambda number: float(min(lower + number, upper))


def _decimal_bounds(bounds: Bounds, step: Decimal, limit: Decimal) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest multiple of a step within the bounds, from 1 (or 0) on where they leave it."""
    lowest = [Decimal(str(value)) for value in (bounds.lower,) if value is not None]
    lowest += [Decimal(str(value)) + step for value in (bounds.above,) if value is not None]
    highest = [Decimal(str(value)) for value in (bounds.upper,) if value is not None]
    highest += [Decimal(str(value)) - step for value in (bounds.below,) if value is not None]
    upper = min([*highest, limit])
    # Django adds the range of the column's type to its validators, which says nothing about the values one would take.
    lowest = [value for value in lowest if value >= -limit]
    lower = max(lowest) if lowest else min(Decimal(1), upper)
    return lower, upper


def _date_maker(field: AnyField) -> Maker:
    bounds = bounds_of(field)
    if isinstance(bounds.lower, date):
        first = bounds.lower
    elif isinstance(bounds.above, date):
        first = bounds.above + timedelta(days=1)
    else:
        first = _EPOCH.date()
    return lambda number: first + timedelta(days=number)


def _datetime_maker(field: AnyField) -> Maker:
    first = _EPOCH if settings.USE_TZ else _EPOCH.replace(tzinfo=None)
    return lambda number: first + timedelta(minutes=number)


def _time_maker(field: AnyField) -> Maker:
    return lambda number: (datetime.combine(date.min, time(0)) + timedelta(seconds=number % 86_400)).time()


def _address_maker(field: AnyField) -> Maker:
    if getattr(field, "protocol", "both").lower() == "ipv6":
        return lambda number: f"2001:db8::{number // 65_536 + 1:x}:{number % 65_536:x}"
    return lambda number: f"10.{number // 65_536 % 256}.{number // 256 % 256}.{number % 256}"


_MAKERS: dict[type, Callable[[AnyField], Maker]] = {
    models.BinaryField: lambda field: lambda number: f"{field.name} {number}".encode(),
    models.BooleanField: lambda field: lambda number: False,
    models.CharField: _text_maker,
    models.DateField: _date_maker,
    models.DateTimeField: _datetime_maker,
    models.DecimalField: _decimal_maker,
    models.DurationField: lambda field: lambda number: timedelta(minutes=number + 1),
    models.EmailField: _email_maker,
    models.FloatField: _float_maker,
    models.GenericIPAddressField: _address_maker,
    models.IntegerField: _integer_maker,
    models.JSONField: lambda field: lambda number: {field.name: number},
    models.SlugField: _slug_maker,
    models.TextField: _text_maker,
    models.TimeField: _time_maker,
    models.URLField: _url_maker,
    models.UUIDField: lambda field: lambda number: uuid.uuid4(),
}
