"""A compiled query, to be run again and again with other values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.backends.base.base import BaseDatabaseWrapper

from django_layers.repositories.prepared.binding import cursor_of
from django_layers.repositories.prepared.conversion import Conversion
from django_layers.repositories.prepared.leaf import Leaf

__all__ = ["Bound", "Part", "Row", "Statement"]

Row: TypeAlias = "Sequence[object]"
Bound: TypeAlias = "tuple[str, tuple[Any, ...]]"


@dataclass(frozen=True)
class Part:
    """A comparison in a query, and what comes after it.

    Attributes:
        leaf: the comparison.
        sql: the SQL between it and the next one.
        params: the parameters of that SQL.
    """

    leaf: Leaf
    sql: str
    params: tuple[object, ...]


@dataclass(frozen=True)
class Statement:
    """A compiled query.

    Attributes:
        sql: the SQL before the first comparison.
        params: the parameters of that SQL.
        parts: the comparisons, each with what comes after it.
        conversion: what is done with the rows.
    """

    sql: str
    params: tuple[object, ...]
    parts: tuple[Part, ...]
    conversion: Conversion

    @cached_property
    def is_typed(self) -> bool:
        """Whether the database knows the types of all parameters from where they are."""
        return not self.params and all(part.leaf.is_typed and not part.params for part in self.parts)

    def bound(self, values: Sequence[object], connection: BaseDatabaseWrapper, *, at_once: bool = True) -> Bound | None:
        """Return the query with values; None where they make another query of it, which finds all or nothing.

        Args:
            values: the values.
            connection: where it will be run.
            at_once: whether a list of values may be one parameter; otherwise the SQL is that of the ORM.
        """
        sql, params = [self.sql], list(self.params)
        try:
            for part in self.parts:
                compared, with_ = part.leaf.bind(values[part.leaf.slot], connection, at_once=at_once)
                sql += (compared, part.sql)
                params += with_
                params += part.params
        except (EmptyResultSet, FullResultSet):
            return None
        return "".join(sql), tuple(params)

    def rows(self, bound: Bound, connection: BaseDatabaseWrapper) -> list[Row]:
        """Run the query and return its rows.

        Args:
            bound: what `bound` returned.
            connection: where to run it; its wrappers and its log see it as any other query.
        """
        with cursor_of(connection, is_typed=self.is_typed) as cursor:
            cursor.execute(*bound)
            fetched = cursor.fetchall()
        return self.conversion.rows(fetched, connection)
