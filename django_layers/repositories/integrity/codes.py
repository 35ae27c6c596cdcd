"""The code by which a driver says what went wrong."""

from __future__ import annotations

from django.db import DatabaseError

__all__ = ["code_of"]


def code_of(error: DatabaseError) -> str | int | None:
    """Return the SQLSTATE of PostgreSQL, the error name of SQLite or the number of MySQL; None where there is none."""
    for attribute in ("sqlstate", "pgcode", "sqlite_errorname"):
        found = getattr(error.__cause__, attribute, None)
        if isinstance(found, str):
            return found
    # Django raises some of MySQL's errors anew, without what caused them.
    number = error.args[0] if error.args else None
    return number if isinstance(number, int) else None
