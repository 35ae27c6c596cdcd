"""Rows in memory: one table for each concrete model, and the whole of them, which can be put back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from django.db.models import Model

from django_layers.repositories.fields import key_name

__all__ = ["Key", "Row", "State", "Table", "Tables"]

Key: TypeAlias = object
# A row by attribute names ("recipe_id"). Rows are never changed in place, so a copy of a table is a copy of its dict.
Row: TypeAlias = "Mapping[str, object]"


@dataclass
class Table:
    """The rows of one model.

    Attributes:
        model: the concrete model.
        rows: the rows by primary key, in the order in which they were added.
        last_number: the greatest number given to a row whose key counts up.
    """

    model: type[Model]
    rows: dict[Key, Row] = field(default_factory=dict)
    last_number: int = 0

    def values(self) -> Iterator[Row]:
        """Yield all rows, of a copy: they may be removed meanwhile."""
        return iter(tuple(self.rows.values()))

    def put(self, row: Row) -> None:
        """Store a row under its key, in place of the one that is there."""
        key = row[key_name(self.model)]
        self.rows[key] = row
        if isinstance(key, int):
            self.last_number = max(self.last_number, key)


@dataclass(frozen=True)
class State:
    """What all tables held at one moment."""

    tables: dict[type[Model], Table]


class Tables:
    """All tables of a database; a table exists as soon as it is asked for."""

    def __init__(self) -> None:
        self._tables: dict[type[Model], Table] = {}

    def of(self, model: type[Model]) -> Table:
        """Return the table of a model, or of the model that it is a proxy of."""
        concrete = cast("type[Model]", model._meta.concrete_model)
        return self._tables.setdefault(concrete, Table(concrete))

    def __iter__(self) -> Iterator[Table]:
        return iter(tuple(self._tables.values()))

    def state(self) -> State:
        """Return what all tables hold now."""
        return State(
            {model: Table(model, dict(table.rows), table.last_number) for model, table in self._tables.items()}
        )

    def put_back(self, state: State) -> None:
        """Make all tables hold what they held then."""
        for model, table in self._tables.items():
            then = state.tables.get(model, Table(model))
            table.rows = dict(then.rows)
            table.last_number = then.last_number
