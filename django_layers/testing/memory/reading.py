"""Running a projection in memory: the rows as DTOs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Model
from django.db.models.expressions import BaseExpression
from pydantic import BaseModel

from django_layers.repositories.fields import key_name
from django_layers.repositories.projection import Collection, Nested, Projection
from django_layers.repositories.projection.reader import dtos_of
from django_layers.testing.memory.conditions import Conditions
from django_layers.testing.memory.relations import find_field, target_model
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

    def read(self, projection: Projection, rows: Iterable[Row]) -> tuple[BaseModel, ...]:
        """Return the rows as DTOs of the projection.

        Raises:
            UnreadableRow: a row does not fit the schema.
            NotInMemory: a field is an expression that memory cannot evaluate.
        """
        return dtos_of(projection, [self._built(projection, row) for row in rows])

    def _built(self, projection: Projection, row: Row) -> dict[str, object]:
        selected = [self._selected(projection, row, lookup) for lookup in projection.selected]
        return self._values(projection.root, selected)

    def _selected(self, projection: Projection, row: Row, lookup: str) -> object:
        if lookup in projection.computed:
            return self._conditions.value(self._expressions[lookup], projection.model, row)
        return value_of(self._conditions, projection.model, row, lookup)

    def _values(self, nested: Nested, selected: list[object]) -> dict[str, object]:
        values: dict[str, object] = {}
        for column in nested.columns:
            value = selected[column.index]
            values[column.name] = column.convert(value) if column.convert else value
        for inner in nested.nested:
            absent = inner.presence is not None and selected[inner.presence] is None
            values[inner.name] = None if absent else self._values(inner, selected)
        for collection in nested.collections:
            values[collection.name] = self._many(collection, selected[collection.key_index])
        return values

    def _many(self, collection: Collection, key: object) -> list[object]:
        source = self._tables.of(collection.source)
        rows = [row for row in source.values() if row[collection.key_lookup] == key]
        target = source.model
        if collection.target_lookup:
            target, rows = self._targets(collection, rows)
        rows = sorted_rows(self._conditions, target, rows, default_lookups(target))
        if collection.projection is None:
            return [row[key_name(target)] for row in rows]
        return [self._built(collection.projection, row) for row in rows]

    def _targets(self, collection: Collection, links: Iterable[Row]) -> tuple[type[Model], list[Row]]:
        found = [
            pair
            for link in links
            for pair in self._conditions.related(collection.source, link, collection.target_lookup)
        ]
        relation = find_field(collection.source, collection.target_lookup)
        assert relation is not None
        return target_model(relation), [row for _, row in found]
