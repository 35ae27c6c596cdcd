"""Comparing what repositories return."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from django_layers.schemas import MISSING

__all__ = ["named_in", "names_of", "shared", "sorted_rows"]


def names_of(schema: BaseModel) -> set[str]:
    """Return the names of the fields of a schema."""
    return set(type(schema).model_fields)


def named_in(changes: BaseModel) -> set[str]:
    """Return the names of the fields that changes give a value."""
    return {name for name in names_of(changes) if getattr(changes, name) is not MISSING}


def shared(one: BaseModel, other: BaseModel, names: set[str] | None = None) -> dict[str, object]:
    """Return the values of the fields that two schemas share; id lists have no order."""
    both = names_of(one) & names_of(other) & (names_of(one) if names is None else names)
    values = {name: getattr(one, name) for name in both}
    return {name: sorted(value) if isinstance(value, tuple) else value for name, value in values.items()}


def sorted_rows(rows: list[Any]) -> list[Any]:
    """Return rows in an order that does not depend on how they were read."""
    return sorted(rows, key=str)
