"""Rows in memory: one table for each concrete model, and the whole of them, which can be put back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias, cast

from django.db.models import Model

from django_layers.repositories.fields import key_name
from django_layers.testing.memory.inheritance import parent_of

__all__ = ["Key", "Row", "State", "Table", "Tables"]

Key: TypeAlias = object
# A row by attribute names ("recipe_id"). Rows are never changed in place, so a copy of a table is a copy of its dict.
Row: TypeAlias = "Mapping[str, object]"


class TableState(NamedTuple):
    """What a table held at one moment."""

    rows: dict[Key, Row]
    last_number: int


State: TypeAlias = "dict[type[Model], TableState]"
"""What all tables held at one moment."""


@dataclass
class Table:
    """The rows of one model.

    A model that inherits from another table has all columns in its rows; the table that it inherits from holds the same
    row with its own.

    Attributes:
        model: the concrete model.
        rows: the rows by primary key, in the order in which they were added; to be changed by `put` and `remove` alone.
        last_number: the greatest number given to a row whose key counts up.
        parent: the table that the model inherits from.
        children: the tables that inherit from this one.
    """

    model: type[Model]
    rows: dict[Key, Row] = field(default_factory=dict)
    last_number: int = 0
    parent: Table | None = None
    children: list[Table] = field(default_factory=list)
    # Whether a state has the same dictionary, which must then be copied before it changes.
    _is_shared: bool = False

    def values(self) -> Iterator[Row]:
        """Yield all rows, of a copy: they may be removed meanwhile."""
        return iter(tuple(self.rows.values()))

    @property
    def lineage(self) -> tuple[Table, ...]:
        """The tables that a row is in: the one that inherits from nothing first, this one last."""
        return (self,) if self.parent is None else (*self.parent.lineage, self)

    def put(self, row: Row) -> None:
        """Store a row under its key, in place of the one that is there, and what it inherits where that belongs."""
        key = row[key_name(self.model)]
        self._own()[key] = row
        if isinstance(key, int) and key > self.last_number:
            self.last_number = key
        if self.parent is not None:
            self.parent.put({each.attname: row[each.attname] for each in self.parent.model._meta.concrete_fields})
        for child in self.children:
            child._inherit(key, row)

    def remove(self, key: Key) -> None:
        """Remove the row that has a key; what it inherits, and what inherits from it, is removed from the other tables."""
        del self._own()[key]

    def state(self) -> TableState:
        """Return what the table holds now."""
        self._is_shared = True
        return TableState(self.rows, self.last_number)

    def put_back(self, state: TableState) -> None:
        """Make the table hold what it held then."""
        self.rows, self.last_number = state.rows, state.last_number
        self._is_shared = True

    def _inherit(self, key: Key, row: Row) -> None:
        """Take over what has changed of a row in the table above, where there is one of that key here."""
        if key in self.rows:
            self._own()[key] = {**self.rows[key], **row}
            for child in self.children:
                child._inherit(key, row)

    def _own(self) -> dict[Key, Row]:
        if self._is_shared:
            self.rows = dict(self.rows)
            self._is_shared = False
        return self.rows


class Tables:
    """All tables of a database; a table exists as soon as it is asked for."""

    def __init__(self) -> None:
        self._tables: dict[type[Model], Table] = {}

    def of(self, model: type[Model]) -> Table:
        """Return the table of a model, or of the model that it is a proxy of."""
        concrete = cast("type[Model]", model._meta.concrete_model)
        found = self._tables.get(concrete)
        if found is None:
            parent = parent_of(concrete)
            found = self._tables[concrete] = Table(concrete, parent=None if parent is None else self.of(parent))
            if found.parent is not None:
                found.parent.children.append(found)
        return found

    def __iter__(self) -> Iterator[Table]:
        return iter(tuple(self._tables.values()))

    def state(self) -> State:
        """Return what all tables hold now."""
        return {model: table.state() for model, table in self._tables.items()}

    def put_back(self, state: State) -> None:
        """Make all tables hold what they held then."""
        for model, table in self._tables.items():
            table.put_back(state[model] if model in state else TableState({}, 0))
