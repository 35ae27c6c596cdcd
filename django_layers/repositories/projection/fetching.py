"""The rows of a projection: those of its own query, and those of one further query for each of its collections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from weakref import WeakKeyDictionary

from django.db import connections
from django.db.models import Manager, Model, QuerySet
from django.db.models.constants import LOOKUP_SEP

from django_layers.repositories.prepared import Preparing
from django_layers.repositories.projection.limits import keys_at_once
from django_layers.repositories.projection.plan import Collection, Projection
from django_layers.repositories.projection.scoping import Reading, joined_models, scoped
from django_layers.repositories.scopes import condition_of, in_scope

__all__ = ["Fetched", "Row", "collection_query", "collection_rows", "fetch"]

Row: TypeAlias = "Sequence[object]"
"""The values of what is selected, in that order."""


@dataclass(frozen=True)
class Fetched:
    """What was read for a projection, before anything is built of it.

    Attributes:
        rows: the values of `Projection.selected`, perhaps with others after them; the rows of a collection are those
            of `Collection.selected`.
        collections: what was read for each of `Projection.collections`, in that order.
    """

    rows: Sequence[Row]
    collections: tuple[Fetched, ...] = ()


def fetch(projection: Projection, rows: Sequence[Row], using: str) -> Fetched:
    """Return the rows of a query together with the rows that belong to them, one query for each collection.

    Args:
        projection: what is read.
        rows: the rows of its own query; their first values are those of `Projection.selected`.
        using: the alias of the database.
    """
    return Fetched(rows, tuple(_fetched(collection, rows, using) for collection in projection.collections))


def collection_rows(collection: Collection, keys: Sequence[object], using: str) -> list[Row]:
    """Return the rows of a collection that belong to the keys: the values of `Collection.selected`, in its order.

    Args:
        collection: what is read.
        keys: as many as a query takes at most.
        using: the alias of the database.
    """
    rows = _prepared(collection).rows(
        (), (keys,), lambda slot: collection_query(collection, slot, using).query, connections[using]
    )
    return list(collection_query(collection, keys, using)) if rows is None else rows


# What is kept belongs to the collection, and goes with it.
_preparing: WeakKeyDictionary[Collection, Preparing] = WeakKeyDictionary()


def _prepared(collection: Collection) -> Preparing:
    found = _preparing.get(collection)
    if found is None:
        joined = joined_models(collection.projection) if collection.projection else ()
        found = _preparing[collection] = Preparing([collection.source, collection.target], joined=joined)
    return found


def collection_query(collection: Collection, keys: object, using: str) -> QuerySet[Model, Row]:
    """Return the query of `collection_rows`.

    Args:
        collection: what is read.
        keys: what they belong to; a placeholder where the query is compiled to be kept.
        using: the alias of the database.
    """
    reading = _reading(collection, using)
    return reading.queryset.filter(**{f"{collection.key_lookup}__in": keys}).values_list(*reading.selected)


def _reading(collection: Collection, using: str) -> Reading[Model]:
    reading = Reading(_rows_for(collection, using), collection.selected)
    if collection.projection is None:
        return reading
    return scoped(collection.projection, reading, collection.target_lookup)


def _fetched(collection: Collection, rows: Iterable[Row], using: str) -> Fetched:
    keys = {row[collection.key_index]: None for row in rows}
    keys.pop(None, None)
    wanted = list(keys)
    most = keys_at_once(using, lambda: _reading(collection, using).queryset)
    found: list[Row] = []
    for start in range(0, len(wanted), most):
        found.extend(collection_rows(collection, wanted[start : start + most], using))
    return Fetched(found) if collection.projection is None else fetch(collection.projection, found, using)


def _rows_for(collection: Collection, using: str) -> QuerySet[Model]:
    """Return the rows of a collection that are there, without those that the other table's own manager hides, in order."""
    source, target = collection.source, collection.target_lookup
    if not target:
        rows = source._default_manager.using(using).order_by(*(source._meta.ordering or ()), "pk")
        return in_scope(rows)
    # Ordering by a relation means: by the default order of the table at its end.
    queryset = in_scope(source._base_manager.using(using).order_by(target, f"{target}{LOOKUP_SEP}pk"))
    condition = condition_of(collection.target, target, using)
    if condition:
        queryset = queryset.filter(condition)
    if type(collection.target._default_manager).get_queryset is not Manager.get_queryset:
        queryset = queryset.filter(**{f"{target}__in": collection.target._default_manager.using(using).all()})
    return queryset
