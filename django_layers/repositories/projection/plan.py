"""A projection as data: which columns are selected, and what is built from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP
from pydantic import BaseModel

__all__ = ["Collection", "Column", "Nested", "Projection"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A field of a schema that is one selected value.

    Attributes:
        name: the field of the schema.
        index: where the value is in a row.
        kind: the type of its values, as Pydantic's core schemas name it; None where it is not known.
        nullable: whether the value may be None.
        convert: what makes the field's value of the selected one; None where they are the same.
    """

    name: str
    index: int
    kind: str | None
    nullable: bool
    convert: Callable[[object], object] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Collection:
    """A field of a schema that is many rows of another table, fetched by one further query for all rows together.

    Attributes:
        name: the field of the schema.
        kind: the type of their keys, as Pydantic's core schemas name it; None where it is not known.
        key_index: where the key is in a row that the others refer to.
        source: the table that is queried: the other one, or the one in between of a many-to-many relation.
        key_lookup: the column of the source that refers to the key.
        target: the other table.
        target_lookup: from the source to the other table; empty where they are the same.
        projection: what is read of the other rows; None where it is their keys alone.
    """

    name: str
    kind: str | None
    key_index: int
    source: type[Model]
    key_lookup: str
    target: type[Model]
    target_lookup: str
    projection: Projection | None

    @cached_property
    def selected(self) -> tuple[str, ...]:
        """Return what is selected, as lookups from the source; the last one is the key lookup."""
        prefix = f"{self.target_lookup}{LOOKUP_SEP}" if self.target_lookup else ""
        lookups = ("pk",) if self.projection is None else self.projection.selected
        return (*(prefix + lookup for lookup in lookups), self.key_lookup)


@dataclass(frozen=True, kw_only=True, eq=False)
class Nested:
    """A schema that is built of columns of one row.

    Attributes:
        name: the field that it is the value of; empty for the outermost.
        model: the table that the row is of.
        schema: the DTO.
        columns: its plain fields.
        nested: its fields that are rows at the end of a to-one relation, joined.
        collections: its fields that are many rows.
        key_index: where the key of the row is, by which the same row is known when it comes again; None where no row
            comes twice.
        optional: whether there may be no row, and then its key is NULL.
    """

    name: str
    model: type[Model]
    schema: type[BaseModel]
    columns: tuple[Column, ...]
    nested: tuple[Nested, ...]
    collections: tuple[Collection, ...]
    key_index: int | None
    optional: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Projection:
    """How rows of a model become DTOs of a schema.

    Attributes:
        model: the table.
        schema: the DTO.
        selected: what is selected, as lookups from the model.
        root: what is built of a row.
        computed: the names among them that are annotations, not columns.
    """

    model: type[Model]
    schema: type[BaseModel]
    selected: tuple[str, ...]
    root: Nested
    computed: frozenset[str]

    @cached_property
    def collections(self) -> tuple[Collection, ...]:
        """Return what further queries are needed for, at any depth of the row itself."""
        return tuple(_collections(self.root))


def _collections(nested: Nested) -> Iterator[Collection]:
    yield from nested.collections
    for inner in nested.nested:
        yield from _collections(inner)
