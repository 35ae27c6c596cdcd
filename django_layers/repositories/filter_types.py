"""Whether the annotation of a filter fits what its values are compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin
from uuid import UUID

from pydantic import MISSING

from django_layers.repositories.comparisons import SEVERAL, Comparison
from django_layers.repositories.projection.annotations import alternatives
from django_layers.repositories.projection.kinds import kind_of, named

__all__ = ["misfit"]

_TEXT: Final = frozenset(
    {
        *("contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "iexact"),
        *("regex", "iregex", "search"),
    }
)
"""The comparisons with a text, whatever the column is."""

# What can be compared with a column of each type; a type that is not named here is left to Django.
_TAKEN: Final[dict[str, tuple[type, ...]]] = {
    "bool": (bool,),
    "bytes": (bytes,),
    "date": (date,),
    "datetime": (date,),
    "decimal": (Decimal, int, float),
    "float": (float, int, Decimal),
    "int": (int, float, Decimal),
    "str": (str, int, UUID),
    "time": (time,),
    "timedelta": (timedelta,),
    "uuid": (UUID,),
}
_KNOWN: Final = (bool, bytes, date, datetime, Decimal, float, int, str, time, timedelta, UUID)
_CONTAINERS: Final = (tuple, list, set, frozenset)


def misfit(annotation: object, comparison: Comparison) -> str:
    """Return what is wrong with the annotation of a filter, and the way out; nothing where it may fit.

    Args:
        annotation: the type of its values.
        comparison: what they are compared with.
    """
    types = tuple(_types(annotation))
    if any(each in (set, frozenset) for each, _ in types):
        return f"a set has no order, which cursors depend on. Annotate it {_several(comparison)}."
    if comparison.how in SEVERAL:
        return _misfit_of_several(types, comparison)
    if any(each in _CONTAINERS for each, _ in types) and comparison.column is not None:
        return (
            f"{comparison.lookup!r} compares with one value, and the annotation is of several. Annotate it "
            f"{_one(comparison)}, or ask for {comparison.path}__in."
        )
    return _misfit_of_one((each for each, _ in types), comparison)


def _misfit_of_several(types: tuple[tuple[Any, tuple[Any, ...]], ...], comparison: Comparison) -> str:
    for each, items in types:
        if isinstance(each, type) and issubclass(each, _KNOWN):
            return (
                f"{comparison.lookup!r} compares with several values, and the annotation is of one. "
                f"Annotate it {_several(comparison)}."
            )
        problem = _misfit_of_one((inner for item in items for inner, _ in _types(item)), comparison)
        if problem:
            return problem
    return ""


def _misfit_of_one(types: Iterator[Any], comparison: Comparison) -> str:
    taken = _taken(comparison)
    for each in types:
        if taken and isinstance(each, type) and issubclass(each, _KNOWN) and not issubclass(each, taken):
            return (
                f"{comparison.lookup!r} compares with {_one(comparison)}, and the annotation is {each.__name__}. "
                f"Annotate it {_several(comparison) if comparison.how in SEVERAL else _one(comparison)}."
            )
    return ""


def _taken(comparison: Comparison) -> tuple[type, ...]:
    if comparison.how == "isnull":
        return (bool,)
    if comparison.how in _TEXT:
        return (str,)
    kind = None if comparison.column is None else kind_of(comparison.column)
    return _TAKEN.get(kind or "", ())


def _one(comparison: Comparison) -> str:
    taken = _taken(comparison)
    if not taken:
        return "one value"
    kind = None if comparison.column is None else kind_of(comparison.column)
    return named(kind) if taken == _TAKEN.get(kind or "") else taken[0].__name__


def _several(comparison: Comparison) -> str:
    one = _one(comparison) if _taken(comparison) else "int"
    return f"tuple[{one}, {one}]" if comparison.how == "range" else f"tuple[{one}, ...]"


def _types(annotation: object) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Give the types that an annotation allows, without what stands for no value; of a container with those inside."""
    for each in alternatives(annotation):
        origin = get_origin(each)
        if each in (NoneType, None, MISSING):
            continue
        # What `NewType` makes of a type, and what a `type` statement names.
        named_type = getattr(each, "__supertype__", None) or getattr(each, "__value__", None)
        if named_type is not None:
            yield from _types(named_type)
        elif origin is Literal:
            yield from ((type(value), ()) for value in get_args(each))
        elif isinstance(origin, type) and issubclass(origin, Collection):
            yield origin, tuple(item for item in get_args(each) if item is not Ellipsis)
        else:
            yield each, ()
