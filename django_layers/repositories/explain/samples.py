"""Values to ask for, where what matters is the question and not the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field

from django_layers.repositories.fields import AnyField, target_field

__all__ = ["sample", "sample_for"]

_MOMENT: Final = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
_SAMPLES: Final[Mapping[str, object]] = {
    "BinaryField": b"a",
    "BooleanField": True,
    "DateField": _MOMENT.date(),
    "DateTimeField": _MOMENT,
    "DecimalField": Decimal(1),
    "DurationField": dt.timedelta(hours=1),
    "FloatField": 1.0,
    "GenericIPAddressField": "192.0.2.1",
    "JSONField": {},
    "TimeField": _MOMENT.time(),
    "UUIDField": UUID(int=1),
}

_GUESSES: Final = ("a", 1, "1", *_SAMPLES.values())
"""What to try with the fields of others, of which it is not known what they take."""


def sample(field: AnyField) -> object:
    """Return a value that a column could hold; for a reference, a key that could be at its end."""
    kind = target_field(field)
    internal = kind.get_internal_type()
    if kind.choices:
        return next(iter(kind.flatchoices))[0]
    if internal in _SAMPLES:
        return _SAMPLES[internal]
    if "Integer" in internal or "Auto" in internal:
        return 1
    return next((each for each in _GUESSES if _takes(kind, each)), None)


def _takes(field: AnyField, value: object) -> bool:
    try:
        field.get_prep_value(value)
    except (TypeError, ValueError, ValidationError):
        return False
    return True


def sample_for(field: Field[object, object] | None, rest: tuple[str, ...]) -> object:
    """Return a value that a lookup could ask for.

    Args:
        field: what is compared; None where the database works it out.
        rest: the transforms and the lookup behind it.
    """
    value = 1 if field is None else sample(field)
    if rest == ("isnull",):
        return True
    if rest and rest[-1] in {"in", "range"}:
        # One value alone is an equality to some databases.
        return (value, value) if rest[-1] == "range" else (value,)
    # A part of a date, such as its year.
    return 1 if rest and rest[0] in {"year", "quarter", "month", "week", "day", "hour", "minute"} else value
