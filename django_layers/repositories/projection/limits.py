"""How many keys a query can ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import connections
from django.db.models import Model, QuerySet

__all__ = ["keys_at_once"]

MOST_KEYS: Final = 10_000
"""How many keys one query asks for where the database would take more."""


def keys_at_once(using: str, others: Callable[[], QuerySet[Model]]) -> int:
    """Return how many keys a query can ask for, besides the values that it asks for anyway.

    Args:
        using: the alias of the database.
        others: gives the query without the keys; asked only where every value counts.
    """
    most = _most_values(using)
    if most is None or most > 2 * MOST_KEYS:
        return MOST_KEYS
    _, values = others().query.sql_with_params()
    return max(1, min(MOST_KEYS, most - len(values)))


def _most_values(using: str) -> int | None:
    connection = connections[using]
    if connection.vendor != "sqlite":
        return connection.features.max_query_params
    # What Django says is the default of a time long past; the library knows better.
    import sqlite3

    connection.ensure_connection()
    return int(connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))
