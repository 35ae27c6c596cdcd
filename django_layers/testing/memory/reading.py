"""Running a projection in memory: the rows as DTOs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Model
from django.db.models.expressions import BaseExpression
from pydantic import BaseModel

from django_layers.repositories.fields import key_name
from django_layers.repositories.projection import Collection, Fetched, Projection, hydrate
from django_layers.testing.memory.conditions import Conditions
from django_layers.testing.memory.scopes import Scopes
from django_layers.testing.memory.sorting import default_lookups, sorted_rows, value_of
from django_layers.testing.memory.tables import Row, Tables

__all__ = ["Reader"]


class Reader:
    """Runs projections on the rows of a database in memory.

    Args:
        tables: the rows.
        conditions: follows the relations of rows, and evaluates expressions.
        expressions: how the names that a projection computes are worked out.
    """

    def __init__(self, tables: Tables, conditions: Conditions, expressions: Mapping[str, BaseExpression]) -> None:
        self._tables = tables
        self._conditions = conditions
        self._expressions = expressions
        self._scopes = Scopes(conditions)

    def read(self, projection: Projection, rows: Iterable[Row]) -> tuple[BaseModel, ...]:
        """Return the rows as DTOs of the projection.

        Raises:
            UnreadableRow: a row does not fit the schema.
            NotInMemory: a field is an expression that memory cannot evaluate.
        """
        return hydrate(
            projection, self._fetched(projection, [row for row in rows if self._scopes.joins(projection, row)])
        )

    def _fetched(self, projection: Projection, rows: Iterable[Row]) -> Fetched:
        selected = [self._values(projection, row) for row in rows]
        return Fetched(selected, tuple(self._collection(each, selected) for each in projection.collections))

    def _values(self, projection: Projection, row: Row) -> tuple[object, ...]:
        values = [self._selected(projection, row, lookup) for lookup in projection.selected]
        for index in self._scopes.hidden(projection, row):
            values[index] = None
        return tuple(values)

    def _selected(self, projection: Projection, row: Row, lookup: str) -> object:
        if lookup in projection.computed:
            return self._conditions.value(self._expressions[lookup], projection.model, row)
        return value_of(self._conditions, projection.model, row, lookup)

    def _collection(self, collection: Collection, rows: Iterable[Sequence[object]]) -> Fetched:
        keys = {row[collection.key_index]: None for row in rows}
        keys.pop(None, None)
        target = collection.target
        owned = [(key, row) for key in keys for row in self._many(collection, target, key)]
        if collection.projection is None:
            return Fetched([(row[key_name(target)], key) for key, row in owned])
        found = self._fetched(collection.projection, [row for _, row in owned])
        pairs = zip(found.rows, owned, strict=True)
        return Fetched([(*values, key) for values, (key, _) in pairs], found.collections)

    def _many(self, collection: Collection, target: type[Model], key: object) -> list[Row]:
        source = self._tables.of(collection.source)
        rows = [
            row
            for row in source.values()
            if row[collection.key_lookup] == key and self._scopes.shows(collection.source, row)
        ]
        if collection.target_lookup:
            follow = self._conditions.related
            rows = [row for link in rows for _, row in follow(collection.source, link, collection.target_lookup)]
        rows = [row for row in rows if self._scopes.shows(target, row)]
        if collection.projection is not None:
            rows = [row for row in rows if self._scopes.joins(collection.projection, row)]
        return sorted_rows(self._conditions, target, rows, default_lookups(target))
