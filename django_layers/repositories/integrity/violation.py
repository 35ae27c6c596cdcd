"""What a database refused, read from what its driver says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.db import DatabaseError

from django_layers.repositories.integrity.codes import code_of

__all__ = ["Kind", "Violation", "violation_of"]


class Kind(Enum):
    """The kinds of refusal that mean something to a domain."""

    UNIQUE = "unique"
    EXCLUSION = "exclusion"
    CHECK = "check"
    NOT_NULL = "not null"
    REFERENCE = "foreign key"
    REFERENCED = "foreign key of another table"
    RANGE = "range"


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A refusal, as far as the driver says.

    Attributes:
        kind: what was violated; a broken reference is `REFERENCED` where the driver says that the row it leads to was
            to go, and `REFERENCE` where it says otherwise or nothing.
        table: the table; empty where the driver does not say.
        columns: the columns; empty where the driver does not say.
        constraint: the name of the constraint; empty where it has none or the driver does not say.
    """

    kind: Kind
    table: str = ""
    columns: tuple[str, ...] = ()
    constraint: str = ""


_KINDS: Mapping[str | int, Kind] = {
    # PostgreSQL
    "23505": Kind.UNIQUE,
    "23P01": Kind.EXCLUSION,
    "23514": Kind.CHECK,
    "23502": Kind.NOT_NULL,
    "23503": Kind.REFERENCE,
    "23001": Kind.REFERENCED,
    "22001": Kind.RANGE,
    "22003": Kind.RANGE,
    "22008": Kind.RANGE,
    # A text that is too long for an index.
    "54000": Kind.RANGE,
    # SQLite
    "SQLITE_CONSTRAINT_UNIQUE": Kind.UNIQUE,
    "SQLITE_CONSTRAINT_PRIMARYKEY": Kind.UNIQUE,
    "SQLITE_CONSTRAINT_ROWID": Kind.UNIQUE,
    "SQLITE_CONSTRAINT_CHECK": Kind.CHECK,
    "SQLITE_CONSTRAINT_NOTNULL": Kind.NOT_NULL,
    "SQLITE_CONSTRAINT_FOREIGNKEY": Kind.REFERENCE,
    "SQLITE_TOOBIG": Kind.RANGE,
    # MySQL and MariaDB
    1062: Kind.UNIQUE,
    1586: Kind.UNIQUE,
    3819: Kind.CHECK,
    4025: Kind.CHECK,
    1048: Kind.NOT_NULL,
    1364: Kind.NOT_NULL,
    1451: Kind.REFERENCED,
    1217: Kind.REFERENCED,
    1452: Kind.REFERENCE,
    1216: Kind.REFERENCE,
    1264: Kind.RANGE,
    1406: Kind.RANGE,
    1441: Kind.RANGE,
    1690: Kind.RANGE,
}


def violation_of(error: DatabaseError) -> Violation | None:
    """Return what the database refused; None where the error is no refusal of a value."""
    code = code_of(error)
    kind = _KINDS.get(code) if code is not None else None
    if kind is None:
        return None
    if isinstance(code, int):
        return _of_mysql(kind, str(error.args[1]) if len(error.args) > 1 else "")
    if code is not None and code.startswith("SQLITE_"):
        return _of_sqlite(kind, str(error.__cause__))
    return _of_postgresql(kind, getattr(error.__cause__, "diag", None))


def _of_postgresql(kind: Kind, diagnosis: object) -> Violation:
    column = getattr(diagnosis, "column_name", None)
    return Violation(
        kind=kind,
        table=getattr(diagnosis, "table_name", None) or "",
        columns=(column,) if column else (),
        constraint=getattr(diagnosis, "constraint_name", None) or "",
    )


def _of_sqlite(kind: Kind, message: str) -> Violation:
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
    return _MYSQL_READERS.get(kind, _column_of_mysql)(kind, message)


def _key_of_mysql(kind: Kind, message: str) -> Violation:
    # The value comes before the key, and may hold quotes itself. MySQL names the key with its table, MariaDB does not.
    last = re.search(r"[`']([^`']+)[`'][^`']*$", message)
    table, _, key = last[1].rpartition(".") if last else ("", "", "")
    return Violation(kind=kind, table=table, constraint=key)


def _check_of_mysql(kind: Kind, message: str) -> Violation:
    # MariaDB: `check` failed for `database`.`table`; MySQL: 'check' alone.
    check, *place = _quoted(message) or [""]
    return Violation(kind=kind, table=place[-1] if place else "", constraint=check.rpartition(".")[2])


def _reference_of_mysql(kind: Kind, message: str) -> Violation:
    found = re.search(r"CONSTRAINT `([^`]+)` FOREIGN KEY \(([^)]+)\)", message)
    table = re.search(r"`[^`]+`\.`([^`]+)`", message)
    return Violation(
        kind=kind,
        table=table[1] if table else "",
        columns=tuple(_quoted(found[2])) if found else (),
        constraint=found[1] if found else "",
    )


def _column_of_mysql(kind: Kind, message: str) -> Violation:
    return Violation(kind=kind, columns=tuple(_quoted(message)[:1]))


_MYSQL_READERS: Mapping[Kind, Callable[[Kind, str], Violation]] = {
    Kind.UNIQUE: _key_of_mysql,
    Kind.CHECK: _check_of_mysql,
    Kind.REFERENCE: _reference_of_mysql,
    Kind.REFERENCED: _reference_of_mysql,
}


def _quoted(message: str) -> list[str]:
    return re.findall(r"[`'\"]([^`'\"]*)[`'\"]", message)
