"""Running a projection: a query, one further query for each collection, and DTOs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from django.db import connections
from django.db.models import Manager, Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from pydantic import BaseModel, ValidationError

from django_layers.repositories.projection.plan import Collection, Nested, Projection

__all__ = ["UnreadableRow", "dtos_of", "read_rows"]

Row: TypeAlias = "Sequence[object]"
# The values of each collection: by the key of the row that they belong to.
Related: TypeAlias = "Mapping[int, Mapping[object, list[object]]]"

MOST_KEYS = 10_000
"""How many keys one query asks for on databases that have no limit of their own."""


class UnreadableRow(TypeError):
    """A stored row does not fit the schema that it is read into; the message holds no stored value."""


def read_rows(
    projection: Projection, queryset: QuerySet[Model], *, extra: tuple[str, ...] = ()
) -> tuple[tuple[BaseModel, ...], tuple[Row, ...]]:
    """Return the rows of a query as DTOs, and what else was selected of each.

    Args:
        projection: how rows become DTOs.
        queryset: which rows, in which order; what the projection computes is annotated already.
        extra: lookups to select besides.

    Raises:
        UnreadableRow: a row does not fit the schema.
    """
    selected = tuple(dict.fromkeys((*projection.selected, *extra)))
    rows = list(queryset.values_list(*selected))
    dtos = dtos_of(projection, _built(projection, rows, queryset.db))
    positions = [selected.index(lookup) for lookup in extra]
    return dtos, tuple(tuple(row[position] for position in positions) for row in rows)


def dtos_of(projection: Projection, values: list[dict[str, object]]) -> tuple[BaseModel, ...]:
    """Return DTOs of the values of their fields, validated.

    Raises:
        UnreadableRow: a row does not fit the schema.
    """
    try:
        return projection.adapter.validate_python(values, by_alias=False, by_name=True)
    except ValidationError as error:
        wrong = {".".join(map(str, each["loc"][1:])): each["msg"] for each in error.errors(include_input=False)}
        listed = "; ".join(f"{name}: {message}" for name, message in wrong.items())
        raise UnreadableRow(
            f"A stored row of {projection.model._meta.label} does not fit {projection.schema.__name__}: {listed}. "
            "Make the schema say what the column can hold, or correct the row."
        ) from None


def _built(projection: Projection, rows: list[Row], using: str) -> list[dict[str, object]]:
    related = {id(collection): _fetched(collection, rows, using) for collection in _collections(projection.root)}
    return [_values(projection.root, row, related) for row in rows]


def _collections(nested: Nested) -> Iterator[Collection]:
    yield from nested.collections
    for inner in nested.nested:
        yield from _collections(inner)


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


def _fetched(collection: Collection, rows: Iterable[Row], using: str) -> dict[object, list[object]]:
    keys = {row[collection.key_index]: None for row in rows}
    keys.pop(None, None)
    found: dict[object, list[object]] = {}
    most = connections[using].features.max_query_params or MOST_KEYS
    wanted = list(keys)
    for start in range(0, len(wanted), most):
        for key, value in _rows_of(collection, wanted[start : start + most], using):
            found.setdefault(key, []).append(value)
    return found


def _rows_of(collection: Collection, keys: Sequence[object], using: str) -> Iterator[tuple[object, object]]:
    queryset = _rows_for(collection, using).filter(**{f"{collection.key_lookup}__in": keys})
    projection = collection.projection
    if projection is None:
        yield from queryset.values_list(collection.key_lookup, f"{collection.target_lookup}{LOOKUP_SEP}pk")
        return
    prefix = f"{collection.target_lookup}{LOOKUP_SEP}" if collection.target_lookup else ""
    selected = (prefix + lookup for lookup in projection.selected)
    rows = list(queryset.values_list(*selected, collection.key_lookup))
    for row, values in zip(rows, _built(projection, rows, using), strict=True):
        yield row[-1], values


def _rows_for(collection: Collection, using: str) -> QuerySet[Model]:
    """Return the rows of a collection in their order, without those that the other table's own manager hides."""
    source, target = collection.source, collection.target_lookup
    if not target:
        return source._default_manager.using(using).order_by(*(source._meta.ordering or ()), "pk")
    # Ordering by a relation means: by the default order of the table at its end.
    queryset = source._base_manager.using(using).order_by(target, f"{target}{LOOKUP_SEP}pk")
    model = source._meta.get_field(target).related_model
    if isinstance(model, type) and type(model._default_manager).get_queryset is not Manager.get_queryset:
        queryset = queryset.filter(**{f"{target}__in": model._default_manager.using(using).all()})
    return queryset
