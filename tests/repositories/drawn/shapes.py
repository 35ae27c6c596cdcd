"""Schemas drawn at random: some fields of a table, nested to a depth of three, and rows as they look through one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from hypothesis import strategies as st
from pydantic import BaseModel, create_model

from django_layers.schemas import ResponseSchema
from tests.repositories.drawn.tables import TABLES, value_of

__all__ = ["DEEPEST", "Shape", "seen_through", "shapes"]

DEEPEST = 3

_numbers = count(1)


@dataclass(frozen=True)
class Shape:
    """What of a table is read.

    Attributes:
        model: the table.
        columns: its columns.
        to_one: what is read of the row at the end of a reference.
        to_many: what is read of the many rows of a relation.
        id_lists: its lists of keys; outermost only.
        expressions: what the database works out; outermost only.
    """

    model: type[Model]
    columns: tuple[str, ...]
    to_one: Mapping[str, Shape] = field(default_factory=dict)
    to_many: Mapping[str, Shape] = field(default_factory=dict)
    id_lists: tuple[str, ...] = ()
    expressions: tuple[str, ...] = ()

    @property
    def collections(self) -> int:
        """How many lists there are, at any depth: as many further queries."""
        inner = sum(shape.collections for shape in (*self.to_one.values(), *self.to_many.values()))
        return inner + len(self.to_many) + len(self.id_lists)

    def schema(self) -> type[BaseModel]:
        """Return the shape as a schema."""
        table = TABLES[self.model]
        fields: dict[str, Any] = {name: (table.columns[name], ...) for name in self.columns}
        for name, shape in self.to_one.items():
            inner: Any = shape.schema()
            fields[name] = (inner | None if table.to_one[name][1] else inner, ...)
        for name, shape in self.to_many.items():
            fields[name] = (tuple[shape.schema(), ...], ...)
        fields.update(dict.fromkeys(self.id_lists, (tuple[int, ...], ...)))
        fields.update({name: (table.expressions[name][1], ...) for name in self.expressions})
        return create_model(f"{self.model.__name__}Read{next(_numbers)}", __base__=ResponseSchema, **fields)


@st.composite
def shapes(draw: st.DrawFn, model: type[Model], depth: int = 0) -> Shape:
    """Draw what is read of a table."""
    table = TABLES[model]

    def some(names: Mapping[str, object], most: int) -> list[str]:
        return draw(st.lists(st.sampled_from(sorted(names)), unique=True, max_size=most)) if names else []

    inner = depth + 1
    to_one = some(table.to_one, 2) if inner <= DEEPEST else []
    to_many = some(table.to_many, 2) if inner <= DEEPEST else []
    columns = some(table.columns, 4)
    return Shape(
        model=model,
        columns=tuple(columns or ["id"]),
        to_one={name: draw(shapes(table.to_one[name][0], inner)) for name in to_one},
        to_many={name: draw(shapes(table.to_many[name], inner)) for name in to_many},
        id_lists=tuple(some(table.id_lists, 2)) if depth == 0 else (),
        expressions=tuple(some(table.expressions, 2)) if depth == 0 else (),
    )


def seen_through(shape: Shape, row: Model) -> dict[str, object]:
    """Return what a shape shows of a row, asked of objects one by one."""
    seen: dict[str, object] = {name: getattr(row, name) for name in shape.columns}
    for name, inner in shape.to_one.items():
        try:
            other = getattr(row, name)
        except ObjectDoesNotExist:
            other = None
        seen[name] = None if other is None else seen_through(inner, other)
    for name, inner in shape.to_many.items():
        seen[name] = tuple(seen_through(inner, each) for each in getattr(row, name).order_by("pk"))
    for name in (*shape.id_lists, *shape.expressions):
        value = value_of(row, name)
        seen[name] = tuple(value) if isinstance(value, list) else value
    return seen
