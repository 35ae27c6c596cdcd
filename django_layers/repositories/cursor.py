"""The cursor of a page: where a list goes on, signed, and bound to the list that it was given out for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.duration import duration_iso_string
from pydantic import BaseModel

from django_layers.repositories.fields import AnyField
from django_layers.repositories.ordering import Order
from django_layers.repositories.places import Place
from django_layers.repositories.refusals import cursor_refused
from django_layers.schemas import PageQuery

__all__ = ["decode_cursor", "encode_cursor", "fingerprint"]

SALT = "django_layers.cursor"

WORTH_COMPRESSING = 200
"""The number of characters from which on a cursor is worth the time that compressing takes."""

NOT_THE_LIST = frozenset(PageQuery.model_fields)
"""The fields of a query that do not say which list it is about."""

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
    filters = query.model_dump_json(exclude=set(NOT_THE_LIST))
    terms = [(term.lookup, term.descending) for term in order.terms]
    described = json.dumps([label, filters, terms, None if visible_to is None else str(visible_to)])
    return hashlib.sha256(described.encode()).hexdigest()[:16]


def encode_cursor(place: Place, list_fingerprint: str) -> str:
    """Return the cursor of the page at a place.

    Args:
        place: where the page begins.
        list_fingerprint: the list that the page is of.
    """
    position = None if place.position is None else [_as_json(value) for value in place.position]
    held = [list_fingerprint, position, place.backwards]
    is_long = sum(len(value) for value in position or () if isinstance(value, str)) > WORTH_COMPRESSING
    return _signer().sign_object(held, compress=is_long)


def decode_cursor(cursor: str, fields: Sequence[AnyField], list_fingerprint: str) -> Place:
    """Return the place in a cursor.

    Args:
        cursor: what `encode_cursor` returned.
        fields: the field of each term of the order.
        list_fingerprint: the list that is asked for now.

    Raises:
        RuleViolated: the cursor was changed, or belongs to another list.
    """
    try:
        found, position, backwards = _signer().unsign_object(cursor)
        if found != list_fingerprint:
            raise cursor_refused()
        if position is None:
            return Place(None, backwards)
        values = (
            None if value is None else field.to_python(value) for field, value in zip(fields, position, strict=True)
        )
        return Place(tuple(values), backwards)
    except (signing.BadSignature, ValueError, TypeError, ValidationError):
        raise cursor_refused() from None


def _signer() -> signing.Signer:
    return _signer_with(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _signer_with(key: str, fallbacks: tuple[str, ...]) -> signing.Signer:
    return signing.Signer(key=key, fallback_keys=list(fallbacks), salt=SALT)


def _as_json(value: object) -> object:
    for kind in type(value).__mro__:
        if kind in _TEXT:
            return _TEXT[kind](value)
    return value
