"""Moments as PostgreSQL's driver reads them itself, where Django would only give them the time zone that they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from functools import cache
from typing import Any

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
    loaders = _loaders()
    of_driver = cursor.cursor
    if loaders is None or not isinstance(of_driver, loaders.cursor):
        return
    if of_driver.connection.pgconn.parameter_status(b"TimeZone") != b"UTC":
        return
    used = of_driver.adapters.get_loader(loaders.oid, loaders.text)
    if used is not None and used.__base__ is loaders.of_django:
        of_driver.adapters.register_loader(loaders.oid, loaders.of_driver)


@dataclass(frozen=True)
class _Loaders:
    """What is known of psycopg once it is imported.

    Attributes:
        cursor: the class of its cursors.
        oid: the type of moments.
        text: the format in which they come.
        of_django: the loader that gives them Django's time zone, by a function of Python.
        of_driver: the loader that gives them the time zone of the connection.
    """

    cursor: type[Any]
    oid: int
    text: Any
    of_django: type
    of_driver: Any


@cache
def _loaders() -> _Loaders | None:
    """Return what is known of psycopg; None where it is too old, or where the project replaced its loader."""
    from django.db.backends.postgresql import psycopg_any

    if not psycopg_any.is_psycopg3:
        return None
    from psycopg import Cursor, adapters, pq
    from psycopg.postgres import types

    oid, text = types["timestamptz"].oid, pq.Format.TEXT
    found = adapters.get_loader(oid, text)
    if found is None or found.__module__.partition(".")[0] not in {"psycopg", "psycopg_binary", "psycopg_c"}:
        return None
    return _Loaders(Cursor, oid, text, psycopg_any.BaseTzLoader, found)
