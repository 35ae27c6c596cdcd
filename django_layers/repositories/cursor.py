"""The cursor of a page: where a list goes on, signed, and bound to the list that it was given out for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.duration import duration_iso_string
from pydantic import BaseModel

from django_layers.repositories.fields import AnyField
from django_layers.repositories.ordering import Order
from django_layers.repositories.refusals import cursor_refused

__all__ = ["decode_cursor", "encode_cursor", "fingerprint"]

SALT = "django_layers.cursor"

_TEXT: dict[type, Callable[..., str]] = {
    Decimal: str,
    UUID: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
    timedelta: duration_iso_string,
}


def fingerprint(label: str, query: BaseModel, order: Order, visible_to: object) -> str:
    """Return what a list is recognised by: its table, filters, order, and who sees it; not the size of its pages."""
    filters = query.model_dump_json(exclude={"limit", "cursor"})
    terms = [(term.lookup, term.descending) for term in order.terms]
    described = json.dumps([label, filters, terms, None if visible_to is None else str(visible_to)])
    return hashlib.sha256(described.encode()).hexdigest()[:16]


def encode_cursor(position: Sequence[object], list_fingerprint: str) -> str:
    """Return the cursor of the rows after a position.

    Args:
        position: what the last row of a page has for each term of the order.
        list_fingerprint: the list that the page is of.
    """
    return signing.dumps([list_fingerprint, [_as_json(value) for value in position]], salt=SALT, compress=True)


def decode_cursor(cursor: str, fields: Sequence[AnyField], list_fingerprint: str) -> tuple[object, ...]:
    """Return the position in a cursor.

    Args:
        cursor: what `encode_cursor` returned.
        fields: the field of each term of the order.
        list_fingerprint: the list that is asked for now.

    Raises:
        RuleViolated: the cursor was changed, or belongs to another list.
    """
    try:
        found, position = signing.loads(cursor, salt=SALT)
        if found != list_fingerprint or len(position) != len(fields):
            raise cursor_refused()
        return tuple(
            None if value is None else field.to_python(value) for field, value in zip(fields, position, strict=True)
        )
    except (signing.BadSignature, ValueError, TypeError, ValidationError):
        raise cursor_refused() from None


def _as_json(value: object) -> object:
    for kind in type(value).__mro__:
        if kind in _TEXT:
            return _TEXT[kind](value)
    return value
