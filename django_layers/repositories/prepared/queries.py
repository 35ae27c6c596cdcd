"""Queries of which the SQL is kept: the ORM makes it once, and is not asked again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql import Query
from django.utils import timezone

from django_layers.repositories.placeholder import NotPreparable, Placeholder
from django_layers.repositories.prepared.cache import Cache
from django_layers.repositories.prepared.compiling import compile_query, compile_statement
from django_layers.repositories.prepared.statement import Bound, Row, Statement

__all__ = ["PreparedQueries", "Row"]

Build: TypeAlias = "Callable[[Sequence[object]], Query]"
"""The query of a shape with these values, which may be placeholders."""

TRIALS: Final = 2
"""How many runs of a statement are compared with what the ORM makes of the same values; the first is one of them."""


@dataclass
class _Kept:
    """What is kept of a shape.

    Attributes:
        statement: the compiled query; None where the ORM must make it in every run.
        zoned: whether there is one for each time zone, kept apart.
        trials: how many more runs are compared with the ORM.
    """

    statement: Statement | None = None
    zoned: bool = False
    trials: int = TRIALS


class PreparedQueries:
    """The queries of a repository or of a collection, each compiled once."""

    def __init__(self) -> None:
        self._kept: Cache[_Kept] = Cache()

    def rows(
        self, shape: Hashable, values: Sequence[object], build: Build, connection: BaseDatabaseWrapper
    ) -> list[Row] | None:
        """Return the rows of a query, or None where the ORM must be asked for them.

        Args:
            shape: everything that the SQL depends on besides the connection; equal shapes, equal SQL.
            values: what is bound; which value is where is the same in all queries of the shape.
            build: what makes the query, where it was not made before.
            connection: where to run it.
        """
        shape = (shape, connection.alias, connection.vendor)
        kept = self._kept.get(shape)
        if kept is not None and kept.zoned:
            kept = self._kept.get((shape, _zone()))
        if kept is None:
            kept = self._prepared(shape, values, build, connection)
        statement = kept.statement
        if statement is None:
            return None
        if kept.trials > 0:
            literal = statement.bound(values, connection, at_once=False)
            if literal is None or not self._stands(kept, literal, build(values), connection):
                return None
        bound = statement.bound(values, connection)
        return None if bound is None else statement.rows(bound, connection)

    def _prepared(
        self, shape: Hashable, values: Sequence[object], build: Build, connection: BaseDatabaseWrapper
    ) -> _Kept:
        kept = _Kept()
        try:
            query = build([Placeholder(slot) for slot in range(len(values))])
            kept.statement, zoned = compile_statement(query, values, connection)
        except NotPreparable:
            zoned = False
        if zoned:
            self._kept.put(shape, _Kept(zoned=True))
        self._kept.put((shape, _zone()) if zoned else shape, kept)
        return kept

    def _stands(self, kept: _Kept, bound: Bound, query: Query, connection: BaseDatabaseWrapper) -> bool:
        """Return whether the ORM makes the same of the same values; a statement that fails is not used again."""
        try:
            expected = compile_query(query, connection)
        except EmptyResultSet:
            return False
        if _with_types(expected) != _with_types(bound):
            kept.statement = None
            return False
        kept.trials -= 1
        return True


def _zone() -> str:
    return timezone.get_current_timezone_name() if settings.USE_TZ else ""


def _with_types(bound: Bound) -> tuple[str, list[tuple[type, object]]]:
    """Return SQL and parameters to be compared; 1, 1.0 and True are equal, and not the same to a database."""
    sql, params = bound
    # PostgreSQL's driver is given JSON in a wrapper that equals nothing but itself.
    return sql, [(type(param), getattr(param, "obj", param)) for param in params]
