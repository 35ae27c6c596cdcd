"""Reading rows straight into DTOs: what a schema needs of a model, worked out once, and run without ORM objects."""

from django_layers.repositories.projection.compiler import compile_projection
from django_layers.repositories.projection.plan import Collection, Column, Nested, Projection
from django_layers.repositories.projection.reader import read_rows

__all__ = ["Collection", "Column", "Nested", "Projection", "compile_projection", "read_rows"]
