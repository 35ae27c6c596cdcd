"""Which rows a set-based write is about: locked, and by key where one statement cannot say it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

__all__ = ["locked", "plainly"]


def plainly(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the same rows by a query of their own table, so that they can be changed, deleted and locked.

    A query that groups or joins can be none of these.
    """
    if rows.query.group_by is None and rows.query.count_active_tables() <= 1:
        return rows.order_by()
    table: QuerySet[Any] = rows.model._base_manager.using(rows.db)
    return table.filter(pk__in=rows.order_by().values("pk"))


def locked(rows: QuerySet[Any], *columns: str) -> list[tuple[Any, ...]]:
    """Return the key, and the named columns after it, of each of the rows, locked until the end of the transaction.

    They are locked in the order of their keys, so that two who lock the same rows do not wait for each other.
    """
    return list(plainly(rows).order_by("pk").select_for_update().values_list("pk", *columns))
