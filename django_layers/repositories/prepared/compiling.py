"""From a query with placeholders to a statement, by Django's own compiler."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, QuerySet
from django.db.models.expressions import BaseExpression, ColPairs, Subquery
from django.db.models.sql import Query
from django.db.models.sql.where import WhereNode

from django_layers.repositories.placeholder import NotPreparable, Placeholder
from django_layers.repositories.prepared.conversion import Conversion
from django_layers.repositories.prepared.inspection import inspect
from django_layers.repositories.prepared.leaf import Leaf, Slot, mark_of
from django_layers.repositories.prepared.statement import Part, Row, Statement

__all__ = ["compile_query", "compile_statement", "rows_of"]

VENDORS: Final = frozenset({"sqlite", "postgresql", "mysql"})
"""The databases that all of this is tested on."""

_MARK: Final = re.compile("\0([0-9]+)\0")


def compile_query(query: Query, connection: BaseDatabaseWrapper) -> tuple[str, tuple[object, ...]]:
    """Return the SQL and the parameters that Django runs for a query.

    Raises:
        EmptyResultSet: Django runs none, as it knows that there is nothing.
    """
    sql, params = query.get_compiler(connection.alias).as_sql()
    return sql, tuple(params)


def compile_statement(
    query: Query, values: Sequence[object], connection: BaseDatabaseWrapper
) -> tuple[Statement, bool]:
    """Return a query as a statement, and whether its SQL depends on the time zone of the moment.

    Args:
        query: a query with placeholders, which is used up.
        values: the values of the first run.
        connection: what to compile for.

    Raises:
        NotPreparable: the SQL may come out otherwise with other values or at another time.
    """
    if connection.vendor not in VENDORS:
        raise NotPreparable
    leaves: list[Leaf] = []
    _Opening(values, leaves).query(query)
    compiler = query.get_compiler(connection.alias)
    try:
        sql, params = compiler.as_sql()
    except (EmptyResultSet, FullResultSet):
        raise NotPreparable from None
    zoned = inspect(query, [expression for expression, _ in compiler.get_order_by()], connection)
    selected = [column[0] for column in compiler.select]
    if compiler.has_extra_select or any(isinstance(column, ColPairs) for column in selected):
        raise NotPreparable
    conversion = Conversion(compiler.get_converters(selected), connection)
    return _divided(sql, params, leaves, conversion), zoned


def rows_of(queryset: QuerySet[Any, Row]) -> list[Row]:
    """Return the rows of a QuerySet of tuples: compiled by Django each time, and converted a column at a time."""
    query, connection = queryset.query, connections[queryset.db]
    if connection.vendor not in VENDORS or queryset._result_cache is not None or _is_mixed(queryset):
        return list(queryset)
    compiler = query.get_compiler(queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return []
    selected = [column[0] for column in compiler.select]
    if compiler.has_extra_select or any(isinstance(column, ColPairs) for column in selected):
        return list(queryset)
    statement = Statement(sql, tuple(params), (), Conversion(compiler.get_converters(selected), connection))
    return statement.rows((sql, tuple(params)), connection)


def _is_mixed(queryset: Any) -> bool:
    """Return whether the columns don't come in the order in which they were asked for, or the rows are combined."""
    query = queryset.query
    names = [*query.extra_select, *query.values_select, *query.annotation_select]
    return bool(query.combinator or queryset._prefetch_related_lookups) or list(queryset._fields or ()) != names


@dataclass(frozen=True)
class _Opening:
    """Replaces each comparison with a placeholder, so that it can be bound anew.

    Attributes:
        values: the values of the first run.
        leaves: where the comparisons are put when they are compiled.
    """

    values: Sequence[object]
    leaves: list[Leaf]

    def query(self, query: Query) -> None:
        """Replace them in a query, and in those inside of it."""
        self.opened(query.where)
        for annotation in query.annotations.values():
            self.opened(annotation)

    def opened(self, node: Any) -> Any:
        """Return what to put in the place of a part of a query, which is changed where it is no comparison itself."""
        if isinstance(node, Lookup) and isinstance(node.rhs, Placeholder):
            return Slot(node, self.values, self.leaves)
        if isinstance(node, WhereNode):
            node.children = [self.opened(child) for child in node.children]
        elif isinstance(node, Subquery):
            self.query(node.query)
        elif isinstance(node, BaseExpression):
            parts = node.get_source_expressions()
            opened = [self.opened(part) for part in parts]
            if any(new is not old for new, old in zip(opened, parts, strict=True)):
                node.set_source_expressions(opened)
        return node


def _divided(sql: str, params: Sequence[object], leaves: Sequence[Leaf], conversion: Conversion) -> Statement:
    """Return the SQL, and with it the parameters, divided at the marks of the comparisons."""
    texts = _MARK.split(sql)
    order = [int(index) for index in texts[1::2]]
    marks = [mark_of(index) for index in order]
    places = [place for place, param in enumerate(params) if isinstance(param, str) and param in marks]
    if [params[place] for place in places] != marks:
        raise NotPreparable
    between = [tuple(params[start + 1 : end]) for start, end in pairwise([-1, *places, len(params)])]
    parts = zip(order, texts[2::2], between[1:], strict=True)
    return Statement(
        texts[0], between[0], tuple(Part(leaves[index], text, rest) for index, text, rest in parts), conversion
    )
