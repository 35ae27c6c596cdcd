"""Running a projection: its rows are fetched, and DTOs are built of them."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from pydantic import BaseModel

from django_layers.repositories.projection.fetching import Row, fetch
from django_layers.repositories.projection.hydration import hydrate
from django_layers.repositories.projection.plan import Projection
from django_layers.repositories.projection.scoping import Reading, scoped

__all__ = ["read_rows"]


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
    reading = scoped(projection, Reading(queryset, selected))
    rows = list(reading.queryset.values_list(*reading.selected))
    dtos = hydrate(projection, fetch(projection, rows, queryset.db))
    positions = [selected.index(lookup) for lookup in extra]
    return dtos, tuple(tuple(row[position] for position in positions) for row in rows)
