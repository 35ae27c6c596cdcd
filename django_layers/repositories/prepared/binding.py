"""Where values are bound: by the driver, or by PostgreSQL, which then keeps the plan of a statement."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

__all__ = ["cursor_of"]


def cursor_of(connection: BaseDatabaseWrapper, *, is_typed: bool) -> CursorWrapper:
    """Return a cursor for a statement, wrapped as any other of Django's.

    A project says that its connections may keep prepared statements by giving `prepare_threshold` in the database's
    `OPTIONS`; Django's own cursors bind values in the driver all the same, where nothing is ever prepared.

    Args:
        connection: where the statement is run.
        is_typed: whether the database knows the types of all values from where they are in the statement.
    """
    # What is logged is the SQL with its values, which only the driver can put together.
    if not is_typed or not _may_prepare(connection) or connection.queries_logged:
        return connection.cursor()
    from django.db.backends.postgresql.base import Cursor, ServerBindingCursor

    connection.ensure_connection()
    driver = connection.connection
    if driver.cursor_factory is not Cursor:
        return connection.cursor()
    driver.cursor_factory = ServerBindingCursor
    try:
        return connection.cursor()
    finally:
        driver.cursor_factory = Cursor


def _may_prepare(connection: BaseDatabaseWrapper) -> bool:
    options = connection.settings_dict.get("OPTIONS", {})
    return connection.vendor == "postgresql" and options.get("prepare_threshold") is not None
