"""What a column makes of a value: the Python value that would come back from a database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

from django.conf import settings
from django.core.files.base import File
from django.db import models
from django.db.models import JSONField
from django.utils import timezone

from django_layers.repositories.fields import AnyField, target_field

__all__ = ["stored"]


def stored(field: AnyField, value: object) -> object:
    """Return the value as it comes back when it has been stored.

    Enumerations become their plain values, moments are in UTC, decimals have the places of the column, JSON is a copy
    without what JSON does not know.

    Raises:
        ValidationError: the value is none that the field understands.
    """
    field = target_field(field)
    if value is None:
        return None
    if isinstance(field, JSONField):
        return json.loads(json.dumps(value, cls=field.encoder), cls=field.decoder)
    if isinstance(field, models.FileField):
        return str(value.name or "") if isinstance(value, File) else str(value)
    value = field.to_python(value)
    if isinstance(field, models.CharField | models.TextField):
        return str(value)
    if isinstance(field, models.IntegerField):
        return int(cast("int", value))
    if isinstance(field, models.DecimalField) and isinstance(value, Decimal) and value.is_finite():
        return round(value, field.decimal_places or 0)
    return _in_utc(value) if isinstance(value, datetime) else value


def _in_utc(value: datetime) -> datetime:
    if not settings.USE_TZ:
        return value
    aware = value if timezone.is_aware(value) else timezone.make_aware(value)
    return aware.astimezone(UTC)
