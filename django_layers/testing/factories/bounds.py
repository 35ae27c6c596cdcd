"""Which numbers a column takes: its type's range, its validators, its simple check constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Field, Q
from django.db.models.expressions import Combinable

__all__ = ["Bounds", "bounds_of"]

Ordered: TypeAlias = "int | float | Decimal | date | time | timedelta | str"

_LOWER_LOOKUPS = frozenset({"gt", "gte"})
_UPPER_LOOKUPS = frozenset({"lt", "lte"})


@dataclass(frozen=True)
class Bounds:
    """The least and the greatest value that a column takes, where something says so.

    Attributes:
        lower: no value may be less.
        above: every value must be greater.
        upper: no value may be greater.
        below: every value must be less.
    """

    lower: Ordered | None = None
    above: Ordered | None = None
    upper: Ordered | None = None
    below: Ordered | None = None


def bounds_of(field: Field[object, object]) -> Bounds:
    """Return the bounds that validators and check constraints set for a field.

    A constraint counts where it is a comparison with a value, or several joined by AND. What else a constraint may
    say is the caller's to satisfy.
    """
    found: dict[str, list[Ordered]] = {"gte": [], "gt": [], "lte": [], "lt": []}
    for validator in field.validators:
        if isinstance(validator, MinValueValidator):
            found["gte"].append(_limit(validator.limit_value))
        elif isinstance(validator, MaxValueValidator):
            found["lte"].append(_limit(validator.limit_value))
    for lookup, value in _comparisons(field):
        found[lookup].append(value)
    return Bounds(
        lower=max(found["gte"], default=None),
        above=max(found["gt"], default=None),
        upper=min(found["lte"], default=None),
        below=min(found["lt"], default=None),
    )


def _limit(value: object) -> Ordered:
    return value() if callable(value) else value  # type: ignore[return-value]  # validators type it as anything


def _comparisons(field: Field[object, object]) -> Iterator[tuple[str, Ordered]]:
    for constraint in field.model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and isinstance(constraint.condition, Q):
            for name, value in _conjuncts(constraint.condition):
                path, _, lookup = name.rpartition("__")
                if path == field.name and not isinstance(value, Combinable):
                    if lookup == "range" and isinstance(value, tuple | list):
                        yield "gte", value[0]
                        yield "lte", value[1]
                    elif lookup in _LOWER_LOOKUPS | _UPPER_LOOKUPS:
                        yield lookup, value  # type: ignore[misc]  # a comparison's value is ordered


def _conjuncts(condition: Q) -> Iterator[tuple[str, object]]:
    if condition.negated or (condition.connector != Q.AND and len(condition.children) > 1):
        return
    for child in condition.children:
        if isinstance(child, Q):
            yield from _conjuncts(child)
        elif isinstance(child, tuple):
            yield child
