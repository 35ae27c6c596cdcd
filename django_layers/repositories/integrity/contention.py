"""What a database says when it gives way to another transaction, so that the same may succeed later."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import DatabaseError

from django_layers.errors import Busy
from django_layers.repositories.integrity.codes import code_of

__all__ = ["LOCK_TIMEOUT", "contention_of"]

DEADLOCK = "deadlock"
LOCK_TIMEOUT = "lock_timeout"
SERIALIZATION_FAILURE = "serialization_failure"

_DETAILS: Mapping[str, str] = {
    DEADLOCK: "This change and another one waited for each other, and this one gave way.",
    LOCK_TIMEOUT: "Another change held what this one needs for too long.",
    SERIALIZATION_FAILURE: "Another change came first, and this one does not fit what is stored any more.",
    Busy.code: "The database is busy with another change.",
}

_CONTENTION: Mapping[str | int, str] = {
    # PostgreSQL
    "40001": SERIALIZATION_FAILURE,
    "40P01": DEADLOCK,
    "55P03": LOCK_TIMEOUT,
    # SQLite, which says of a lock that it waited for what it says of one that it could not wait for.
    "SQLITE_BUSY": Busy.code,
    "SQLITE_LOCKED": Busy.code,
    # MySQL and MariaDB
    1213: DEADLOCK,
    1205: LOCK_TIMEOUT,
    3572: LOCK_TIMEOUT,
    1020: SERIALIZATION_FAILURE,
}


def contention_of(error: DatabaseError) -> Busy | None:
    """Return the domain's error where the database gave way to another transaction; None for any other error."""
    code = code_of(error)
    if isinstance(code, str) and code.startswith("SQLITE_"):
        # Its extended codes begin with the plain one: SQLITE_BUSY_SNAPSHOT.
        code = "_".join(code.split("_")[:2])
    meaning = _CONTENTION.get(code) if code is not None else None
    return Busy(_DETAILS[meaning], code=meaning) if meaning else None
