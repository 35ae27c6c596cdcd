"""Moments as PostgreSQL's driver reads them itself, where Django would only give them the time zone that they have."""

from __future__ import annotations

from datetime import UTC

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

__all__ = ["read_by_driver"]


def read_by_driver(cursor: CursorWrapper, connection: BaseDatabaseWrapper) -> None:
    """Have a cursor of PostgreSQL read moments without a function of Python for each of them.

    Nothing changes where moments would come out otherwise: with a time zone other than UTC in Django or on the server,
    or where the project reads them by a loader of its own.

    Args:
        cursor: a new cursor.
        connection: its connection.
    """
    if connection.timezone is not UTC:
        return
    from django.db.backends.postgresql import psycopg_any

    if not psycopg_any.is_psycopg3:
        return
    from psycopg import Cursor, adapters, pq
    from psycopg.postgres import types

    of_driver = cursor.cursor
    if not isinstance(of_driver, Cursor) or of_driver.connection.info.parameter_status("TimeZone") != "UTC":
        return
    moment = types["timestamptz"].oid
    used, fast = (each.get_loader(moment, pq.Format.TEXT) for each in (of_driver.adapters, adapters))
    if used is not None and used.__base__ is psycopg_any.BaseTzLoader and fast is not None and _is_of_psycopg(fast):
        of_driver.adapters.register_loader(moment, fast)


def _is_of_psycopg(loader: type) -> bool:
    return loader.__module__.partition(".")[0] in {"psycopg", "psycopg_binary", "psycopg_c"}
