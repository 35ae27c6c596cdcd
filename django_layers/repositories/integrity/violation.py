"""What a database refused, read from what its driver says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from django.db import DatabaseError

__all__ = ["Kind", "Violation", "is_retryable", "violation_of"]


class Kind(Enum):
    """The kinds of refusal that mean something to a domain."""

    UNIQUE = "unique"
    CHECK = "check"
    NOT_NULL = "not null"
    REFERENCE = "reference"
    RANGE = "range"


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A refusal, as far as the driver says.

    Attributes:
        kind: what was violated.
        table: the table; empty where the driver does not say.
        columns: the columns; empty where the driver does not say.
        constraint: the name of the constraint; empty where it has none or the driver does not say.
    """

    kind: Kind
    table: str = ""
    columns: tuple[str, ...] = ()
    constraint: str = ""


_POSTGRESQL = {
    "23505": Kind.UNIQUE,
    "23P01": Kind.UNIQUE,
    "23514": Kind.CHECK,
    "23502": Kind.NOT_NULL,
    "23503": Kind.REFERENCE,
    "23001": Kind.REFERENCE,
    "22001": Kind.RANGE,
    "22003": Kind.RANGE,
    "22008": Kind.RANGE,
}
_SQLITE = {
    "SQLITE_CONSTRAINT_UNIQUE": Kind.UNIQUE,
    "SQLITE_CONSTRAINT_PRIMARYKEY": Kind.UNIQUE,
    "SQLITE_CONSTRAINT_ROWID": Kind.UNIQUE,
    "SQLITE_CONSTRAINT_CHECK": Kind.CHECK,
    "SQLITE_CONSTRAINT_NOTNULL": Kind.NOT_NULL,
    "SQLITE_CONSTRAINT_FOREIGNKEY": Kind.REFERENCE,
    "SQLITE_TOOBIG": Kind.RANGE,
}
_MYSQL = {
    1062: Kind.UNIQUE,
    1586: Kind.UNIQUE,
    3819: Kind.CHECK,
    4025: Kind.CHECK,
    1048: Kind.NOT_NULL,
    1364: Kind.NOT_NULL,
    1451: Kind.REFERENCE,
    1452: Kind.REFERENCE,
    1216: Kind.REFERENCE,
    1217: Kind.REFERENCE,
    1264: Kind.RANGE,
    1406: Kind.RANGE,
}

# Serialization failure, deadlock, lock not available; SQLite: another connection writes; MySQL: deadlock, lock timeout.
_RETRYABLE: frozenset[str | int] = frozenset({"40001", "40P01", "55P03", "SQLITE_BUSY", "SQLITE_LOCKED", 1213, 1205})


def is_retryable(error: DatabaseError) -> bool:
    """Return whether the database gave way to another transaction, so that the same may succeed later."""
    code = _code(error)
    # SQLite has extended codes: SQLITE_BUSY_SNAPSHOT.
    return code in _RETRYABLE or (isinstance(code, str) and code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")))


def violation_of(error: DatabaseError) -> Violation | None:
    """Return what the database refused; None where the error is no refusal of a value."""
    cause = error.__cause__
    sqlstate = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    if sqlstate is not None:
        return _of_postgresql(str(sqlstate), getattr(cause, "diag", None))
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return _of_sqlite(str(name), str(cause))
    number = error.args[0] if error.args else None
    if number in _MYSQL:
        return _of_mysql(_MYSQL[number], str(error.args[1]) if len(error.args) > 1 else "")
    return None


def _code(error: DatabaseError) -> str | int | None:
    cause = error.__cause__
    for attribute in ("sqlstate", "pgcode", "sqlite_errorname"):
        found = getattr(cause, attribute, None)
        if isinstance(found, str):
            return found
    number = error.args[0] if error.args else None
    return number if isinstance(number, int) else None


def _of_postgresql(sqlstate: str, diagnosis: object) -> Violation | None:
    kind = _POSTGRESQL.get(sqlstate)
    if kind is None:
        return None
    column = getattr(diagnosis, "column_name", None)
    return Violation(
        kind=kind,
        table=getattr(diagnosis, "table_name", None) or "",
        columns=(column,) if column else (),
        constraint=getattr(diagnosis, "constraint_name", None) or "",
    )


def _of_sqlite(name: str, message: str) -> Violation | None:
    kind = _SQLITE.get(name)
    if kind is None:
        return None
    # What is violated follows a colon: "table.column, table.column", "index 'name'", or a check's name or text.
    subject = message.partition(": ")[2]
    if kind is Kind.CHECK:
        # The check of a column has no name: SQLite says the column, or the condition with its column in quotes.
        columns = (subject,) if subject.isidentifier() else tuple(re.findall(r'"(\w+)"', subject))
        return Violation(kind=kind, constraint=subject, columns=columns)
    index = re.fullmatch(r"index '(.+)'", subject)
    if index:
        return Violation(kind=kind, constraint=index[1])
    pairs = [pair.rpartition(".") for pair in subject.split(", ") if "." in pair]
    return Violation(kind=kind, table=pairs[0][0] if pairs else "", columns=tuple(pair[2] for pair in pairs))


def _of_mysql(kind: Kind, message: str) -> Violation:
    # Names are quoted in every language of the server; only their order is fixed.
    quoted = re.findall(r"[`'\"]([^`'\"]*)[`'\"]", message)
    if kind is Kind.UNIQUE:
        # The value comes before the key, and may hold quotes itself.
        last = re.search(r"[`']([^`']+)[`']\W*$", message)
        return Violation(kind=kind, constraint=last[1].rpartition(".")[2] if last else "")
    if kind is Kind.CHECK:
        return Violation(kind=kind, constraint=quoted[0].rpartition(".")[2] if quoted else "")
    if kind is Kind.REFERENCE:
        found = re.search(r"CONSTRAINT `([^`]+)` FOREIGN KEY \(`([^`]+)`\)", message)
        table = re.search(r"`[^`]+`\.`([^`]+)`", message)
        return Violation(
            kind=kind,
            table=table[1] if table else "",
            columns=(found[2],) if found else (),
            constraint=found[1] if found else "",
        )
    return Violation(kind=kind, columns=tuple(quoted[:1]))
