"""From an error of the database to an error of the domain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import InvalidOperation

from django.db import DatabaseError, IntegrityError
from django.db.models import CheckConstraint, Model, UniqueConstraint

from django_layers.errors import Busy, DomainError
from django_layers.repositories.fields import AnyField
from django_layers.repositories.integrity import constraints
from django_layers.repositories.integrity.violation import Kind, Violation, is_retryable, violation_of
from django_layers.repositories.refusals import (
    check_refused,
    null_refused,
    range_refused,
    reference_refused,
    still_referenced,
    unique_refused,
)

__all__ = ["UndeclaredConstraint", "translated", "translating"]


class UndeclaredConstraint(IntegrityError):
    """The database refused a row by a constraint that no model declares, so nobody can say what it means."""


@contextmanager
def translating(
    model: type[Model], using: str, *, deleting: bool = False, id_lists: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Raise the domain's error for what the database refuses inside.

    To be used around a block that rolls back, since the database may be asked about the constraint.

    Args:
        model: the table that is written to.
        using: the alias of the database.
        deleting: whether rows are deleted.
        id_lists: the many-to-many field of each list of keys.

    Raises:
        Conflict: a row exists already, or is still referred to.
        RuleViolated: a value is missing, does not fit, is not allowed, or refers to nothing.
        Busy: the database gave way to another transaction.
        UndeclaredConstraint: a constraint was violated that no model declares.
    """
    try:
        yield
    except DatabaseError as error:
        found = translated(error, model, using, deleting=deleting, id_lists=id_lists or {})
        if found is None:
            raise
        raise found from error
    except (OverflowError, InvalidOperation) as error:
        # SQLite's driver and Django's decimal columns refuse what does not fit before the database sees it.
        raise range_refused(model, None) from error


def translated(
    error: DatabaseError, model: type[Model], using: str, *, deleting: bool, id_lists: Mapping[str, str]
) -> DomainError | UndeclaredConstraint | None:
    """Return the domain's error for an error of the database; None where it means nothing to a domain."""
    if is_retryable(error):
        return Busy("The database gave way to another transaction.")
    violation = violation_of(error)
    if violation is None:
        return None
    declared = constraints.find_constraint(violation.constraint, model)
    if declared is None:
        table = constraints.model_of_table(violation.table, model)
        columns = constraints.columns_of(violation, table, using)
        return _of_fields(violation, table, columns, deleting=deleting, id_lists=id_lists, written=model)
    declaring, constraint = declared
    if isinstance(constraint, CheckConstraint):
        return check_refused(declaring, constraint)
    if isinstance(constraint, UniqueConstraint):
        return unique_refused(declaring, constraints.fields_of_unique(declaring, constraint), constraint)
    return unique_refused(declaring, (), name=violation.constraint)


def _of_fields(
    violation: Violation,
    model: type[Model],
    columns: tuple[str, ...],
    *,
    deleting: bool,
    id_lists: Mapping[str, str],
    written: type[Model],
) -> DomainError | UndeclaredConstraint:
    fields = constraints.fields_of_columns(model, columns)
    first = fields[0] if fields else None
    if violation.kind is Kind.REFERENCE:
        if deleting:
            return still_referenced(written, (model,) if model is not written else (), name=violation.constraint)
        alias = _list_through(written, model, id_lists)
        return reference_refused(written, first, name=violation.constraint, alias=alias)
    if violation.kind is Kind.RANGE:
        return range_refused(model, first)
    if violation.kind is Kind.NOT_NULL and first is not None:
        return null_refused(model, first)
    if violation.kind is Kind.UNIQUE:
        declared = constraints.unique_by_columns(model, columns)
        if declared is not None or _is_declared_unique(model, fields):
            return unique_refused(model, fields, declared, name=violation.constraint)
    elif violation.kind is Kind.CHECK and any(_brings_check(field) for field in fields):
        return check_refused(model, None, fields, name=violation.constraint)
    return _undeclared(violation, model, columns)


def _is_declared_unique(model: type[Model], fields: tuple[AnyField, ...]) -> bool:
    names = {field.name for field in fields}
    together = [set(names) for names in model._meta.unique_together]
    return names in together or (len(fields) == 1 and fields[0].unique)


def _brings_check(field: AnyField) -> bool:
    """Return whether a field makes Django write a check of its own: positive integers and JSON documents do."""
    return "Positive" in field.get_internal_type() or field.get_internal_type() == "JSONField"


def _list_through(written: type[Model], model: type[Model], id_lists: Mapping[str, str]) -> str:
    for alias, name in id_lists.items():
        field = written._meta.get_field(name)
        if getattr(field, "remote_field", None) is not None and field.remote_field.through is model:  # type: ignore[union-attr]
            return alias
    return ""


def _undeclared(violation: Violation, model: type[Model], columns: tuple[str, ...]) -> UndeclaredConstraint:
    kind = (
        "CheckConstraint(condition=...,"
        if violation.kind is Kind.CHECK
        else f"UniqueConstraint(fields={list(columns)},"
    )
    name = violation.constraint or "a_name"
    return UndeclaredConstraint(
        f"The database refused a row of {model._meta.label} by the {violation.kind.value} constraint "
        f"{violation.constraint or list(columns)}, which the model does not declare. Declare it, so that its violation "
        f"has a meaning: `models.{kind} name={name!r})` in Meta.constraints."
    )
