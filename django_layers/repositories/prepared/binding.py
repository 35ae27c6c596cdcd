"""Where values are bound: by the driver, or by PostgreSQL, which then keeps the plan of a statement."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from django_layers.repositories.prepared.moments import read_by_driver

__all__ = ["cursor_of"]


def cursor_of(connection: BaseDatabaseWrapper, *, is_typed: bool) -> CursorWrapper:
    """Return a cursor for a statement, wrapped as any other of Django's.

    A project says that its connections may keep prepared statements by giving `prepare_threshold` in the database's
    `OPTIONS`; Django's own cursors bind values in the driver all the same, where nothing is ever prepared.

    Args:
        connection: where the statement is run.
        is_typed: whether the database knows the types of all values from where they are in the statement.
    """
    if connection.vendor != "postgresql":
        return connection.cursor()
    # What is logged is the SQL with its values, which only the driver can put together.
    on_server = is_typed and _may_prepare(connection) and not connection.queries_logged
    cursor = _cursor_on_server(connection) if on_server else connection.cursor()
    read_by_driver(cursor, connection)
    return cursor


def _may_prepare(connection: BaseDatabaseWrapper) -> bool:
    return connection.settings_dict.get("OPTIONS", {}).get("prepare_threshold") is not None


def _cursor_on_server(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """Return a cursor that binds values on the server, unless the project chose the class of its cursors."""
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
