"""Comparing several columns at once, as a row of values: what an index on them is searched by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Lookup
from django.db.models.lookups import FieldGetDbPrepValueMixin
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import WhereNode

__all__ = ["RowsBeyond"]

_OPERATORS: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


class Bound(FieldGetDbPrepValueMixin, Lookup):
    """A value as a column would be compared with it, alone."""

    lookup_name = "bound"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """Return the value as a parameter."""
        return self.process_rhs(compiler, connection)


class RowsBeyond(Expression):
    """The condition that a row of columns is greater, or less, than a row of values.

    Args:
        columns: the columns.
        values: as many values; no NULL.
        lookup: how they compare: "gt", "gte", "lt" or "lte".
    """

    conditional = True

    def __init__(self, columns: Sequence[F | Expression], values: Sequence[object], lookup: str) -> None:
        super().__init__(output_field=BooleanField())
        self._columns: list[Any] = list(columns)
        self._values = values
        self._bounds: list[Any] = []
        self._lookup = lookup

    def resolve_expression(self, *args: Any, **options: Any) -> WhereNode:  # type: ignore[override]
        """Return the condition on the columns of a query, which know how values are stored.

        As a node of conditions: databases without truth values are given any other expression as `... = 1`, which they
        look up in no index.
        """
        resolved = self.copy()
        resolved._columns = [column.resolve_expression(*args, **options) for column in self._columns]
        # Django resolves a condition again when it compiles it; the values may have been replaced since the first time.
        resolved._bounds = [bound.resolve_expression(*args, **options) for bound in self._bounds] or [
            Bound(*pair) for pair in zip(resolved._columns, self._values, strict=True)
        ]
        return WhereNode([cast("Any", resolved)])

    def get_source_expressions(self) -> list[Any]:
        """Return the columns, and the values that they are compared with."""
        return [*self._columns, *self._bounds]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Replace the columns and the values."""
        self._columns = list(exprs[: len(self._columns)])
        self._bounds = list(exprs[len(self._columns) :])

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the comparison as SQL."""
        rows: list[str] = []
        params: list[Any] = []
        for row in (self._columns, self._bounds):
            compiled = [compiler.compile(each) for each in row]
            rows.append(", ".join(sql for sql, _ in compiled))
            params.extend(param for _, bound in compiled for param in bound)
        return f"({rows[0]}) {_OPERATORS[self._lookup]} ({rows[1]})", params
