"""What is looked for in a query before its SQL is kept: whatever is not the same in every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Q
from django.db.models.expressions import BaseExpression, Subquery
from django.db.models.functions.datetime import TimezoneMixin
from django.db.models.sql import Query
from django.db.models.sql.where import WhereNode
from django.utils.functional import LazyObject, Promise

from django_layers.repositories.placeholder import NotPreparable

__all__ = ["check_declared", "inspect"]

# What makes SQL; a project that writes one of these itself may make other SQL in each run.
_WRITES_SQL = ("as_sql", "resolve_expression", "get_source_expressions", "process_lhs", "process_rhs", "get_rhs_op")


def check_declared(expressions: Iterable[object]) -> None:
    """Look at what a repository declares, before Django works out what is lazy in it.

    Raises:
        NotPreparable: something is known only when it is used, such as a translated text.
    """
    for node in _declared(expressions):
        if isinstance(node, Promise | LazyObject):
            raise NotPreparable


def _declared(nodes: Iterable[object]) -> Iterator[object]:
    for node in nodes:
        if isinstance(node, Promise | LazyObject):
            yield node
        elif isinstance(node, Q):
            yield from _declared(node.children)
        elif isinstance(node, tuple | list):
            yield from _declared(node)
        elif isinstance(node, BaseExpression):
            yield getattr(node, "value", None)
            yield from _declared(node.get_source_expressions())
            yield from _declared(getattr(node, "cases", ()))


def inspect(query: Query, ordering: Iterable[object], connection: BaseDatabaseWrapper) -> bool:
    """Look through a query, and return whether its SQL depends on the time zone of the moment.

    Args:
        query: the query.
        ordering: what it is ordered by.
        connection: what it is compiled for.

    Raises:
        NotPreparable: there is something in it that may come out otherwise in another run.
    """
    zoned = False
    for node in _nodes([query, *ordering]):
        if isinstance(node, TimezoneMixin):
            zoned = True
        if not isinstance(node, Query | WhereNode | BaseExpression) or _is_own(type(node), connection.vendor):
            raise NotPreparable
    return zoned


def _nodes(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        if node is None or isinstance(node, str):
            continue
        yield node
        if isinstance(node, Query):
            if type(node).__module__.partition(".")[0] != "django" or node.extra or node.combinator:
                raise NotPreparable
            yield from _nodes([node.where, *node.select, *node.annotations.values()])
        elif isinstance(node, WhereNode):
            yield from _nodes(node.children)
        elif isinstance(node, Subquery):
            yield from _nodes([node.query])
        elif isinstance(node, BaseExpression):
            yield from _nodes(node.get_source_expressions())
            if isinstance(node, Lookup) and isinstance(node.rhs, Query):
                yield from _nodes([node.rhs])


def _is_own(kind: type, vendor: str) -> bool:
    return any(
        name in vars(each)
        for each in kind.__mro__
        if each.__module__.partition(".")[0] not in {"django", "django_layers"}
        for name in (*_WRITES_SQL, f"as_{vendor}")
    )
