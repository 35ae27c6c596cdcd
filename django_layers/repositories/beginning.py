"""The first write of a transaction: before it there is nothing to keep, so it needs no savepoint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import DatabaseError
from django.db.transaction import get_connection

__all__ = ["begins_with_next_statement", "begun_anew_after_error"]

_IDLE: Final = 0
"""What PostgreSQL's library calls a connection that no transaction was begun on, in both drivers."""


def begins_with_next_statement(using: str) -> bool:
    """Return whether the transaction that Django has opened begins, in the database, with the next statement only.

    PostgreSQL's drivers begin it then, and say so; of the others nobody knows whether something has been read or locked.
    """
    connection = get_connection(using)
    if connection.vendor != "postgresql" or connection.connection is None or connection.needs_rollback:
        return False
    return bool(connection.connection.info.transaction_status == _IDLE)


@contextmanager
def begun_anew_after_error(using: str) -> Iterator[None]:
    """Return a block that is undone when an exception leaves it, and after which the transaction begins anew.

    It is what a savepoint at the beginning of a transaction would do, for two statements less.

    Args:
        using: the alias of a database whose transaction begins with the next statement.
    """
    connection = get_connection(using)
    callbacks = len(connection.run_on_commit)
    try:
        yield
    except BaseException:
        # Where the connection is lost Django has marked that already.
        if not connection.closed_in_transaction:
            try:
                connection._rollback()
                connection.needs_rollback = False
            except DatabaseError:
                connection.needs_rollback = True
        del connection.run_on_commit[callbacks:]
        raise
