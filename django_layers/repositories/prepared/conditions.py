"""Row scopes in queries that are kept: the shape of a condition is part of the SQL, its values are bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from django.db.models import Model, Q

from django_layers.repositories.placeholder import Fact, NotPreparable, fact_of
from django_layers.repositories.scopes import has_scope, scope_of

__all__ = ["Conditions", "conditions_of", "refilled"]

Shape: TypeAlias = "tuple[str, bool, tuple[Shape | tuple[str, Fact], ...]]"
"""How a condition is joined, whether it is negated, and what is joined: conditions, and lookups with facts."""

Conditions: TypeAlias = "tuple[tuple[type[Model], Shape], ...]"
"""The condition of the rows of each model that there are, now, without its values."""


def conditions_of(models: Sequence[type[Model]]) -> tuple[Conditions, list[object]]:
    """Return which rows of the models there are, now, and the values in that.

    Raises:
        NotPreparable: one of them is not made of plain comparisons.
    """
    values: list[object] = []
    scoped = [model for model in models if has_scope(model)]
    return tuple((model, _shape(scope_of(model), values)) for model in scoped), values


def _shape(condition: Q, values: list[object]) -> Shape:
    parts: list[Shape | tuple[str, Fact]] = []
    for child in condition.children:
        if isinstance(child, Q):
            parts.append(_shape(child, values))
        elif isinstance(child, tuple):
            lookup, value = child
            fact = fact_of(value)
            parts.append((lookup, fact))
            if isinstance(fact, str):
                values.append(value)
        else:
            raise NotPreparable
    return condition.connector, condition.negated, tuple(parts)


def refilled(conditions: Conditions, slots: Iterator[object]) -> dict[type[Model], Q]:
    """Return conditions again, with what is in the slots as their values."""
    return {model: _refilled(shape, slots) for model, shape in conditions}


def _refilled(shape: Shape, slots: Iterator[object]) -> Q:
    connector, negated, parts = shape
    children: list[Q | tuple[str, object]] = []
    for part in parts:
        if len(part) == 3:
            children.append(_refilled(part, slots))
        else:
            lookup, fact = part
            children.append((lookup, next(slots) if isinstance(fact, str) else fact))
    condition = Q(_connector=connector, _negated=negated)
    # Not given to `Q`, which sorts lookups by name.
    condition.children.extend(children)
    return condition
