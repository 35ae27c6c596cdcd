"""Reading rows straight into DTOs: what a schema needs of a model, worked out once, and run without ORM objects."""

from django_layers.repositories.projection.compiler import compile_projection
from django_layers.repositories.projection.fetching import Fetched
from django_layers.repositories.projection.hydration import UnreadableRow, hydrate
from django_layers.repositories.projection.plan import Collection, Column, Nested, Projection
from django_layers.repositories.projection.reader import read_rows

__all__ = [
    "Collection",
    "Column",
    "Fetched",
    "Nested",
    "Projection",
    "UnreadableRow",
    "compile_projection",
    "hydrate",
    "read_rows",
]
