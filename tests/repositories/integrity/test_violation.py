"""What drivers say, read by their codes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError

from django_layers.repositories.integrity.contention import contention_of
from django_layers.repositories.integrity.violation import Kind, Violation, violation_of


def raised(error: Exception, **cause: Any) -> Any:
    """Return an error of Django with what its driver says."""
    message = cause.pop("message", "")
    driver = type("DriverError", (Exception,), {})(message)
    for name, value in cause.items():
        setattr(driver, name, value)
    error.__cause__ = driver
    return error


def of_postgresql(sqlstate: str, **diagnosis: str) -> Any:
    return raised(IntegrityError("Schlüssel existiert"), sqlstate=sqlstate, diag=SimpleNamespace(**diagnosis))


def of_sqlite(name: str, message: str) -> Any:
    return raised(IntegrityError(message), sqlite_errorname=name, message=message)


def of_mysql(number: int, message: str) -> Any:
    return IntegrityError(number, message)


@pytest.mark.parametrize(
    ("error", "violation"),
    [
        (
            of_postgresql("23505", table_name="shop_tag", constraint_name="shop_tag_name_key"),
            Violation(kind=Kind.UNIQUE, table="shop_tag", constraint="shop_tag_name_key"),
        ),
        (
            of_postgresql("23502", table_name="shop_tag", column_name="name"),
            Violation(kind=Kind.NOT_NULL, table="shop_tag", columns=("name",)),
        ),
        (of_postgresql("22001"), Violation(kind=Kind.RANGE)),
        (
            of_sqlite("SQLITE_CONSTRAINT_UNIQUE", "UNIQUE constraint failed: a.x, a.y"),
            Violation(kind=Kind.UNIQUE, table="a", columns=("x", "y")),
        ),
        (
            of_sqlite("SQLITE_CONSTRAINT_UNIQUE", "UNIQUE constraint failed: index 'lower_name'"),
            Violation(kind=Kind.UNIQUE, constraint="lower_name"),
        ),
        (
            of_sqlite("SQLITE_CONSTRAINT_CHECK", "CHECK constraint failed: stars_min"),
            Violation(kind=Kind.CHECK, constraint="stars_min", columns=("stars_min",)),
        ),
        (
            of_sqlite("SQLITE_CONSTRAINT_CHECK", 'CHECK constraint failed: "version" >= 0'),
            Violation(kind=Kind.CHECK, constraint='"version" >= 0', columns=("version",)),
        ),
        (
            of_sqlite("SQLITE_CONSTRAINT_FOREIGNKEY", "FOREIGN KEY constraint failed"),
            Violation(kind=Kind.REFERENCE),
        ),
        (
            of_mysql(1062, "Duplicate entry 'it's a-b' for key 'name'"),
            Violation(kind=Kind.UNIQUE, constraint="name"),
        ),
        (
            of_mysql(1062, "Doppelter Eintrag 'a' für Schlüssel 'shop_tag.name'"),
            Violation(kind=Kind.UNIQUE, table="shop_tag", constraint="name"),
        ),
        (
            of_mysql(1062, "Duplikalt bejegyzes 'a' a 'name' kulcs szerint"),
            Violation(kind=Kind.UNIQUE, constraint="name"),
        ),
        (
            of_mysql(4025, "CONSTRAINT `stars_min` failed for `shop`.`shop_review`"),
            Violation(kind=Kind.CHECK, table="shop_review", constraint="stars_min"),
        ),
        (
            of_mysql(3819, "Check constraint 'stars_min' is violated."),
            Violation(kind=Kind.CHECK, constraint="stars_min"),
        ),
        (of_mysql(1048, "Column 'name' cannot be null"), Violation(kind=Kind.NOT_NULL, columns=("name",))),
        (
            of_mysql(
                1452,
                "Cannot add or update a child row: a foreign key constraint fails (`shop`.`shop_review`, "
                "CONSTRAINT `fk_product` FOREIGN KEY (`product_id`) REFERENCES `shop_product` (`id`))",
            ),
            Violation(kind=Kind.REFERENCE, table="shop_review", columns=("product_id",), constraint="fk_product"),
        ),
        (
            of_mysql(
                1451,
                "Kann Eltern-Zeile nicht löschen oder aktualisieren: eine Fremdschlüsselbedingung schlägt fehl "
                "(`shop`.`shop_review`, CONSTRAINT `fk` FOREIGN KEY (`a_id`, `b_id`) REFERENCES `shop_product` (`id`))",
            ),
            Violation(kind=Kind.REFERENCED, table="shop_review", columns=("a_id", "b_id"), constraint="fk"),
        ),
        (of_postgresql("23001", constraint_name="fk"), Violation(kind=Kind.REFERENCED, constraint="fk")),
        (of_postgresql("23P01", constraint_name="x"), Violation(kind=Kind.EXCLUSION, constraint="x")),
        (
            DataError(1406, "Data too long for column 'name' at row 1"),
            Violation(kind=Kind.RANGE, columns=("name",)),
        ),
    ],
)
def test_a_refusal_is_read(error: Any, violation: Violation) -> None:
    assert violation_of(error) == violation


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("no connection"),
        raised(IntegrityError("?"), sqlstate="99999", diag=None),
        raised(OperationalError("?"), sqlite_errorname="SQLITE_IOERR"),
        of_mysql(2006, "Server has gone away"),
    ],
)
def test_an_error_that_is_no_refusal_is_none(error: Any) -> None:
    assert violation_of(error) is None
    assert contention_of(error) is None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (raised(OperationalError(), sqlstate="40001"), "serialization_failure"),
        (raised(OperationalError(), sqlstate="40P01"), "deadlock"),
        (raised(OperationalError(), pgcode="55P03"), "lock_timeout"),
        (raised(OperationalError(), sqlite_errorname="SQLITE_BUSY"), "busy"),
        (raised(OperationalError(), sqlite_errorname="SQLITE_BUSY_SNAPSHOT"), "busy"),
        (raised(OperationalError(), sqlite_errorname="SQLITE_LOCKED_SHAREDCACHE"), "busy"),
        (OperationalError(1213, "Deadlock found"), "deadlock"),
        (OperationalError(1205, "Lock wait timeout exceeded"), "lock_timeout"),
        (OperationalError(3572, "NOWAIT is set"), "lock_timeout"),
        (OperationalError(1020, "Record has changed since last read"), "serialization_failure"),
    ],
)
def test_an_error_that_may_pass_is_known(error: Any, code: str) -> None:
    busy = contention_of(error)
    assert busy is not None
    assert busy.code == code
    assert busy.may_be_repeated is (code != "lock_timeout")
    assert busy.detail
