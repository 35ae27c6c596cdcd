"""Reading rows straight into DTOs: what a schema needs of a model, worked out once, and run without ORM objects."""

from django_layers.repositories.projection.compiler import compile_projection
from django_layers.repositories.projection.fetching import Fetched, Row
from django_layers.repositories.projection.hydration import UnreadableRow, hydrate
from django_layers.repositories.projection.plan import Collection, Column, Nested, Projection
from django_layers.repositories.projection.reader import (
    dtos_of,
    presence_columns,
    presence_query,
    read_rows,
    row_query,
    selected_with,
)
from django_layers.repositories.projection.scoping import joined_models, there_for_reads

__all__ = [
    "Collection",
    "Column",
    "Fetched",
    "Nested",
    "Projection",
    "Row",
    "UnreadableRow",
    "compile_projection",
    "dtos_of",
    "hydrate",
    "joined_models",
    "presence_columns",
    "presence_query",
    "read_rows",
    "row_query",
    "selected_with",
    "there_for_reads",
]
