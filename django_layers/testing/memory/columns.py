"""What a column makes of a value: the Python value that would come back from a database."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import TypeAlias
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.files.base import File
from django.db import models
from django.db.models import JSONField
from django.utils import timezone

from django_layers.repositories.fields import AnyField, target_field

__all__ = ["Converter", "converter", "stored"]

Converter: TypeAlias = "Callable[[object], object]"

# By field; weak, so that a model that a test makes goes with the test.
_converters: WeakKeyDictionary[AnyField, Converter] = WeakKeyDictionary()

# What comes back as it is, where Django's own field is asked.
_PLAIN: tuple[tuple[type[AnyField], type], ...] = (
    (models.CharField, str),
    (models.TextField, str),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.DateField, date),
)


def stored(field: AnyField, value: object) -> object:
    """Return the value as it comes back when it has been stored.

    Enumerations become their plain values, moments are in UTC, decimals have the places of the column, JSON is a copy
    without what JSON does not know.

    Raises:
        ValidationError: the value is none that the field understands.
    """
    return converter(field)(value)


def converter(field: AnyField) -> Converter:
    """Return the function that makes of a value what comes back when a field has stored it."""
    found = _converters.get(field)
    if found is None:
        column = target_field(field)
        found = _converters[field] = partial(_stored, _plain_type(column), _conversion(column))
    return found


def _stored(plain: type | None, convert: Converter, value: object) -> object:
    if value is None or type(value) is plain:
        return value
    return convert(value)


def _plain_type(column: AnyField) -> type | None:
    for kind, plain in _PLAIN:
        if isinstance(column, kind):
            return plain if type(column).to_python is kind.to_python else None
    return None


def _conversion(column: AnyField) -> Converter:
    if isinstance(column, JSONField):
        return lambda value: json.loads(json.dumps(value, cls=column.encoder), cls=column.decoder)
    if isinstance(column, models.FileField):
        return lambda value: str(value.name or "") if isinstance(value, File) else str(value)
    to_python = column.to_python
    if isinstance(column, models.CharField | models.TextField):
        return lambda value: str(to_python(value))
    if isinstance(column, models.IntegerField):
        return lambda value: int(to_python(value))
    if isinstance(column, models.DecimalField):
        return lambda value: _rounded(to_python(value), column.decimal_places or 0)
    if isinstance(column, models.DateTimeField):
        return lambda value: _in_utc(to_python(value))
    return to_python


def _rounded(value: object, places: int) -> object:
    return round(value, places) if isinstance(value, Decimal) and value.is_finite() else value


def _in_utc(value: object) -> object:
    if not isinstance(value, datetime) or not settings.USE_TZ or value.tzinfo is UTC:
        return value
    aware = value if timezone.is_aware(value) else timezone.make_aware(value)
    return aware.astimezone(UTC)
