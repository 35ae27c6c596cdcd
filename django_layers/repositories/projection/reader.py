"""Running a projection: its rows are fetched, and DTOs are built of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from pydantic import BaseModel

from django_layers.repositories.fields import key_name
from django_layers.repositories.prepared import rows_of
from django_layers.repositories.projection.fetching import Row, fetch
from django_layers.repositories.projection.hydration import hydrate
from django_layers.repositories.projection.plan import Projection
from django_layers.repositories.projection.scoping import Reading, scoped, there_for_reads

__all__ = ["dtos_of", "presence_columns", "presence_query", "read_rows", "row_query", "selected_with"]


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
    rows = rows_of(row_query(projection, queryset, extra=extra))
    selected = selected_with(projection, extra)
    positions = [selected.index(lookup) for lookup in extra]
    dtos = dtos_of(projection, rows, queryset.db)
    return dtos, tuple(tuple(row[position] for position in positions) for row in rows)


def selected_with(projection: Projection, extra: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is selected: what the projection needs, and after that what it does not need itself."""
    return tuple(dict.fromkeys((*projection.selected, *extra)))


def row_query(
    projection: Projection, queryset: QuerySet[Model], *, extra: tuple[str, ...] = ()
) -> QuerySet[Model, Row]:
    """Return the query of the rows: tuples of what `selected_with` says.

    Args:
        projection: how rows become DTOs.
        queryset: which rows, in which order; what the projection computes is annotated already.
        extra: lookups to select besides.
    """
    reading = scoped(projection, Reading(queryset, selected_with(projection, extra)))
    return reading.queryset.values_list(*reading.selected)


def presence_columns(projection: Projection) -> tuple[str, ...]:
    """Return what `presence_query` selects: the key, and what a read joins."""
    joined = (lookup for lookup in projection.selected if LOOKUP_SEP in lookup and lookup not in projection.computed)
    return tuple(dict.fromkeys((key_name(projection.model), *joined)))


def presence_query(projection: Projection, queryset: QuerySet[Model]) -> QuerySet[Model, Row]:
    """Return the query of the rows that a read gives, to be asked which there are: tuples that begin with the key.

    It joins what a read joins, since a row that refers to one that is not there is not read.

    Args:
        projection: how rows become DTOs.
        queryset: which rows.
    """
    return there_for_reads(projection, queryset).values_list(*presence_columns(projection))


def dtos_of(projection: Projection, rows: Sequence[Row], using: str) -> tuple[BaseModel, ...]:
    """Return the DTOs of rows, with what belongs to them from other tables.

    Args:
        projection: how rows become DTOs.
        rows: what the query of the rows found.
        using: the alias of the database.

    Raises:
        UnreadableRow: a row does not fit the schema.
    """
    return hydrate(projection, fetch(projection, rows, using))
