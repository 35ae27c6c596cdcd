"""Which results of an endpoint are what it declares without a look inside."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType, UnionType
from typing import TypeAlias, Union, get_args, get_origin
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel

__all__ = ["Check", "exactly"]

Check: TypeAlias = Callable[[object], bool]

SCALARS = frozenset({NoneType, bool, int, float, str, bytes, Decimal, UUID, date, datetime, time, timedelta})
"""What Pydantic takes as it is when the class is the declared one."""


def exactly(annotation: object, constraints: Sequence[object] = ()) -> Check:
    """Return a check of whether a value is of exactly the declared type, and needs no validation.

    It knows models and scalars, unions of them, and lists, tuples of any length and dictionaries of those. All else it
    denies, and so a model of django-ninja's own inside a container, whose resolvers run when it is validated.

    Args:
        annotation: what the endpoint declares.
        constraints: what it declares beyond the type; a value that has to keep them is validated.
    """
    if constraints:
        return _never
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return lambda value: type(value) is annotation
    types = _types(annotation)
    if types is not None:
        return lambda value: type(value) in types
    match get_origin(annotation), get_args(annotation):
        case (kind, (item,)) if kind is list:
            return _sequence(list, _types(item))
        case (kind, (item, last)) if kind is tuple and last is ...:
            return _sequence(tuple, _types(item))
        case (kind, (key, item)) if kind is dict:
            return _mapping(_types(key), _types(item))
        case _:
            return _never


def _types(annotation: object) -> frozenset[type] | None:
    """Return the classes that the annotation admits as they are, or None where that is not all there is to it."""
    if annotation is None:
        return frozenset({NoneType})
    if get_origin(annotation) in (Union, UnionType):
        found = [_types(option) for option in get_args(annotation)]
        known = [types for types in found if types is not None]
        return frozenset[type]().union(*known) if len(known) == len(found) else None
    if not isinstance(annotation, type):
        return None
    plain = annotation in SCALARS or (issubclass(annotation, BaseModel) and not issubclass(annotation, Schema))
    return frozenset({annotation}) if plain else None


def _sequence(kind: type[list[object] | tuple[object, ...]], items: frozenset[type] | None) -> Check:
    if items is None:
        return _never
    return lambda value: isinstance(value, kind) and type(value) is kind and items.issuperset(map(type, value))


def _mapping(keys: frozenset[type] | None, items: frozenset[type] | None) -> Check:
    if keys is None or items is None:
        return _never
    return lambda value: (
        type(value) is dict and keys.issuperset(map(type, value)) and items.issuperset(map(type, value.values()))
    )


def _never(value: object) -> bool:
    return False
