"""The query that Django counts with, without running it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db.models import Model, QuerySet
from django.db.models.sql import Query

from django_layers.repositories.placeholder import NotPreparable

__all__ = ["counting_query"]


class _Ready(Exception):
    """A query that would be compiled now.

    Attributes:
        query: the query.
    """

    def __init__(self, query: Query) -> None:
        super().__init__()
        self.query = query


class _Counting(Query):
    """A query that hands itself over where it would be run."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise the query, to be compiled elsewhere."""
        raise _Ready(self)


def counting_query(queryset: QuerySet[Model, Any]) -> Query:
    """Return the query that `QuerySet.count` runs.

    Raises:
        NotPreparable: it is a query around another one, as Django counts groups and distinct rows.
    """
    try:
        queryset.query.chain(klass=_Counting).get_count(queryset.db)
    except _Ready as ready:
        if list(ready.query.annotations) == ["__count"] and not ready.query.subquery:
            return ready.query.chain(klass=Query)
    raise NotPreparable
