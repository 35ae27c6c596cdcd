"""Set-based writes in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from django_layers.repositories.base import ChangesT, InsertT, Key, ModelT, QueryT, ReadT
from django_layers.repositories.fields import key_name
from django_layers.repositories.refusals import unique_refused
from django_layers.repositories.sets.unique import find_unique_set, refuse_ungiven, taken_over
from django_layers.testing.memory.base import InMemoryBase
from django_layers.testing.memory.tables import Row

__all__ = ["InMemorySets"]


class InMemorySets(
    InMemoryBase[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]
):
    """What `InMemoryRepository` writes many rows with; see there."""

    def add_many(self, rows: Sequence[InsertT], /) -> tuple[ReadT, ...]:
        """Store new rows and return them, all or none."""
        split = [self._split(row) for row in rows]
        with self._store.transactions.savepoint():
            new = [self._store.insert(self._table, columns) for columns, _ in split]
            for stored, (_, lists) in zip(new, split, strict=True):
                self._link(stored, lists)
            return tuple(self._as_stored(row) for row in new)

    def update_where(self, query: QueryT, changes: ChangesT, /, *, visible_to: Key | None = None) -> int:
        """Change all rows that a query asks for, and return how many there were."""
        columns, lists = self._split(changes)
        if not columns and not lists:
            return 0
        rows = self._asked_for(query, visible_to)
        with self._store.transactions.savepoint():
            for row in self._all_changed(rows, columns):
                self._link(row, lists)
        return len(rows)

    def delete_where(self, query: QueryT, /, *, visible_to: Key | None = None) -> int:
        """Delete all rows that a query asks for with all that goes with them, and return how many are gone."""
        rows = self._asked_for(query, visible_to)
        table = self._store.tables.of(self._table)
        before = len(table.rows)
        with self._store.transactions.savepoint():
            self._store.delete(self._table, [row[key_name(self._table)] for row in rows])
            self._discard_files(rows)
        return before - len(table.rows)

    def upsert(self, row: InsertT, /, *, unique: Sequence[str]) -> ReadT:
        """Store a new row, or its values in the row that has the same unique values, and return it."""
        found = find_unique_set(f"{type(self).__name__}.upsert", self._table, unique)
        columns, lists = self._split(row)
        refuse_ungiven(self._table, row, columns, found)
        there = self._store.row_like(self._table, found, columns)
        if there is not None and not (self._is_visible(there, None) and self._is_read(there)):
            raise unique_refused(self._table, found.fields, found.constraint)
        with self._store.transactions.savepoint():
            if there is None:
                stored = self._store.insert(self._table, columns)
            else:
                (stored,) = self._all_changed([there], taken_over(self._table, columns, found))
            self._link(stored, lists)
            return self._as_stored(stored)

    def _asked_for(self, query: QueryT, visible_to: Key | None) -> list[Row]:
        return self._lists.listed(self._lists.filtered(self._visible_rows(visible_to), query))
