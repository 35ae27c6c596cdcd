"""Conditions on rows as a repository sees them: through a relation come the rows that are there, now."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from django_layers.testing.memory.conditions import Conditions
from django_layers.testing.memory.scopes import Scopes
from django_layers.testing.memory.tables import Row

__all__ = ["VisibleConditions"]


class VisibleConditions(Conditions):
    """Evaluates conditions against the rows of a database in memory that are in the scopes of their models.

    Args:
        conditions: evaluates conditions against all of its rows.
    """

    def __init__(self, conditions: Conditions) -> None:
        super().__init__(conditions.tables)
        self._scopes = Scopes(conditions)

    def related(self, model: type[Model], row: Row, name: str) -> Iterator[tuple[type[Model], Row]]:
        """Yield the rows that are there of those that a relation of a row leads to, each with its model."""
        return (found for found in super().related(model, row, name) if self._scopes.shows(*found))
