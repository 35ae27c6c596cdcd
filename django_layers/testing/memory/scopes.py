"""Row scopes in memory: which rows there are, now."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP

from django_layers.repositories.projection import Projection
from django_layers.repositories.projection.scoping import Joins, joins_of
from django_layers.repositories.scopes import has_scope, scope_of
from django_layers.testing.memory.conditions import Conditions
from django_layers.testing.memory.tables import Row

__all__ = ["Scopes"]


class Scopes:
    """Asks the scopes of models about rows in memory.

    Args:
        conditions: follows the relations of rows, and evaluates conditions.
    """

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions

    def shows(self, model: type[Model], row: Row) -> bool:
        """Return whether a row is there.

        Raises:
            NotInMemory: the scope is one that memory cannot evaluate.
        """
        return not has_scope(model) or self._conditions.holds(scope_of(model), model, row) is True

    def joins(self, projection: Projection, row: Row) -> bool:
        """Return whether every joined row is there that a row cannot do without."""
        joins = joins_of(projection.root, "")
        return joins is None or self._are_there(projection.model, row, joins)

    def hidden(self, projection: Projection, row: Row) -> Iterator[int]:
        """Give where the keys are selected of the joined rows that are not there."""
        joins = joins_of(projection.root, "")
        if joins is not None:
            yield from self._hidden(projection.model, row, joins)

    def _hidden(self, model: type[Model], row: Row, joins: Joins) -> Iterator[int]:
        for index, inner in joins.optional:
            if not self._are_there(model, row, inner):
                yield index
            yield from self._hidden(model, row, inner)

    def _are_there(self, model: type[Model], row: Row, joins: Joins) -> bool:
        return all(self._is_there(model, row, path) for path, _ in joins.models)

    def _is_there(self, model: type[Model], row: Row, path: str) -> bool:
        for name in path.split(LOOKUP_SEP):
            found = next(self._conditions.related(model, row, name), None)
            if found is None:
                return False
            model, row = found
        return self.shows(model, row)
