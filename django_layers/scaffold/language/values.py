"""The text of a default or a bound, read as a value of its field's type; a wrong text is a `ValueError` that says why."""

import json
import math
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation, localcontext
from ipaddress import ip_address
from uuid import UUID

from django_layers.scaffold.language.expressions import Value
from django_layers.scaffold.language.spec import FieldSpec

__all__ = [
    "EMAIL",
    "SLUG",
    "URL",
    "read_boolean",
    "read_choice",
    "read_date",
    "read_datetime",
    "read_decimal",
    "read_duration",
    "read_email",
    "read_float",
    "read_integer",
    "read_ip",
    "read_json",
    "read_member",
    "read_slug",
    "read_text",
    "read_time",
    "read_url",
    "read_uuid",
    "values_of",
]

EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+"
SLUG = r"[-a-zA-Z0-9_]+"
URL = r"https?://[^\s/?#]+\S*"

_CLOCK = re.compile(r"(?P<sign>-?)(?:(?P<days>\d+)\s+)?(?P<hours>\d+):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_AMOUNT = re.compile(r"(\d+)([dhms])")
_AMOUNTS = re.compile(r"-?(?:\d+[dhms])+")
_LONGEST_DURATION = timedelta(days=100_000_000)


def read_text(text: str, field: FieldSpec) -> Value:
    """Read a text; it may not begin or end with white space, which requests lose."""
    if text != text.strip():
        raise ValueError("begins or ends with white space")
    return text


def read_integer(text: str, field: FieldSpec) -> Value:
    """Read a whole number such as `-3`."""
    if not re.fullmatch(r"[+-]?[0-9]{1,20}", text):
        raise ValueError("is not a whole number")
    return int(text)


def read_float(text: str, field: FieldSpec) -> Value:
    """Read a finite number such as `2.5`."""
    try:
        number = float(text)
    except ValueError:
        raise ValueError("is not a number") from None
    if not math.isfinite(number):
        raise ValueError("is not a finite number")
    return number


def read_decimal(text: str, field: FieldSpec) -> Value:
    """Read a decimal such as `9.99`, with the digits that its field has."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("is not a decimal number") from None
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        raise ValueError("is not a plain decimal number such as 9.99")
    digits, places = (int(part) for part in field.argument)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if -exponent > places:
        raise ValueError(f"has more than {places} decimal places")
    if number and number.adjusted() + 1 > digits - places:
        raise ValueError(f"has more than {digits - places} digits before the point")
    with localcontext(prec=digits + 1):
        return number.quantize(Decimal(1).scaleb(-places))


def read_boolean(text: str, field: FieldSpec) -> Value:
    """Read `true` or `false`."""
    values = {"true": True, "false": False}
    if text.lower() not in values:
        raise ValueError("is neither true nor false")
    return values[text.lower()]


def read_date(text: str, field: FieldSpec) -> Value:
    """Read a date such as `2026-01-31`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a date such as 2026-01-31") from None


def read_datetime(text: str, field: FieldSpec) -> Value:
    """Read a moment such as `2026-01-31T09:00Z`; it needs its time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a moment such as 2026-01-31T09:00Z") from None
    if moment.tzinfo is None:
        raise ValueError("has no time zone; write 2026-01-31T09:00Z, or +01:00 for the Z")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("is at the edge of the calendar, where it has no UTC") from None


def read_time(text: str, field: FieldSpec) -> Value:
    """Read a time of day such as `09:00`; it has no time zone."""
    try:
        value = time.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a time such as 09:00") from None
    if value.tzinfo is not None:
        raise ValueError("has a time zone; a time of day has none")
    return value


def read_duration(text: str, field: FieldSpec) -> Value:
    """Read a length of time: `90m`, `1h30m`, `2d`, or `1:30:00`."""
    if clock := _CLOCK.fullmatch(text):
        parts = {unit: int(clock[unit] or 0) for unit in ("days", "hours", "minutes", "seconds")}
    elif _AMOUNTS.fullmatch(text):
        parts = dict.fromkeys(_UNITS.values(), 0)
        for amount, unit in _AMOUNT.findall(text):
            parts[_UNITS[unit]] += int(amount)
    else:
        raise ValueError("is not a length of time such as 1h30m, 2d or 1:30:00")
    try:
        value = timedelta(**parts)
    except OverflowError:
        value = timedelta.max
    if value > _LONGEST_DURATION:
        raise ValueError("is longer than any database keeps")
    return -value if text.startswith("-") else value


def read_uuid(text: str, field: FieldSpec) -> Value:
    """Read a UUID."""
    try:
        return UUID(text)
    except ValueError:
        raise ValueError("is not a UUID") from None


def read_email(text: str, field: FieldSpec) -> Value:
    """Read an email address."""
    if not re.fullmatch(EMAIL, text):
        raise ValueError("is not an email address")
    return text


def read_url(text: str, field: FieldSpec) -> Value:
    """Read an address that begins with http:// or https://."""
    if not re.fullmatch(URL, text):
        raise ValueError("is not an address that begins with http:// or https://")
    return text


def read_slug(text: str, field: FieldSpec) -> Value:
    """Read a slug: letters, digits, hyphens and underscores."""
    if not re.fullmatch(SLUG, text):
        raise ValueError("is not a slug: letters, digits, hyphens and underscores")
    return text


def read_ip(text: str, field: FieldSpec) -> Value:
    """Read an IPv4 or IPv6 address, without a zone."""
    if "%" in text:
        raise ValueError("has a zone, which no database keeps")
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError("is not an IP address") from None


def read_json(text: str, field: FieldSpec) -> Value:
    """Read an empty JSON object, the only default that a field of this type can have."""
    try:
        value = json.loads(text)
    except ValueError:
        raise ValueError("is not JSON") from None
    if value != {}:
        raise ValueError("is not {}, the only default that a json field can have")
    return {}


def read_choice(text: str, field: FieldSpec) -> Value:
    """Read one of the choices of the field."""
    if text not in field.argument:
        raise ValueError(f"is none of the choices {', '.join(field.argument)}")
    return text


def values_of(field: FieldSpec) -> tuple[Value, ...]:
    """Return the values of a column that has a few: those of its enumeration, or those that it names."""
    if field.type == "enum":
        return tuple(json.loads(text.partition("=")[2]) for text in field.argument[1:])
    return tuple(json.loads(text) for text in field.argument)


def read_member(text: str, field: FieldSpec) -> Value:
    """Read one of the values of a column that has a few."""
    for value in values_of(field):
        if str(value) == text:
            return value
    raise ValueError(f"is none of {', '.join(map(str, values_of(field)))}")
