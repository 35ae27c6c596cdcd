"""What was fetched for a projection becomes DTOs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pydantic import BaseModel, ValidationError

from django_layers.repositories.projection.fetching import Fetched, Row
from django_layers.repositories.projection.hydration.unreadable import UnreadableRow
from django_layers.repositories.projection.plan import Collection, Nested, Projection

__all__ = ["hydrate"]

# The values of each collection: by the key of the row that they belong to.
Related: TypeAlias = "Mapping[int, Mapping[object, list[object]]]"


def hydrate(projection: Projection, fetched: Fetched) -> tuple[BaseModel, ...]:
    """Return a DTO of every row.

    Args:
        projection: how rows become DTOs.
        fetched: what was read for it.

    Raises:
        UnreadableRow: a row does not fit the schema.
    """
    try:
        return projection.adapter.validate_python(_built(projection, fetched), by_alias=False, by_name=True)
    except ValidationError as error:
        wrong = {".".join(map(str, each["loc"][1:])): each["msg"] for each in error.errors(include_input=False)}
        listed = "; ".join(f"{name}: {message}" for name, message in wrong.items())
        raise UnreadableRow(
            f"A stored row of {projection.model._meta.label} does not fit {projection.schema.__name__}: {listed}. "
            "Make the schema say what the column can hold, or correct the row."
        ) from None


def _built(projection: Projection, fetched: Fetched) -> list[dict[str, object]]:
    pairs = zip(projection.collections, fetched.collections, strict=True)
    related = {id(collection): _grouped(collection, rows) for collection, rows in pairs}
    return [_values(projection.root, row, related) for row in fetched.rows]


def _grouped(collection: Collection, fetched: Fetched) -> dict[object, list[object]]:
    values: list[object] = [row[0] for row in fetched.rows]
    if collection.projection is not None:
        values = list(_built(collection.projection, fetched))
    found: dict[object, list[object]] = {}
    for row, value in zip(fetched.rows, values, strict=True):
        found.setdefault(row[-1], []).append(value)
    return found


def _values(nested: Nested, row: Row, related: Related) -> dict[str, object]:
    values: dict[str, object] = {}
    for column in nested.columns:
        value = row[column.index]
        values[column.name] = column.convert(value) if column.convert else value
    for inner in nested.nested:
        absent = inner.presence is not None and row[inner.presence] is None
        values[inner.name] = None if absent else _values(inner, row, related)
    for collection in nested.collections:
        values[collection.name] = related[id(collection)].get(row[collection.key_index], [])
    return values
