"""From an error of the database to an error of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import InvalidOperation

from django.db import DatabaseError
from django.db.models import BaseConstraint, CheckConstraint, Model, UniqueConstraint

from django_layers.errors import DomainError
from django_layers.repositories.fields import AnyField
from django_layers.repositories.integrity import constraints
from django_layers.repositories.integrity.contention import contention_of
from django_layers.repositories.integrity.undeclared import UndeclaredConstraint, undeclared
from django_layers.repositories.integrity.violation import Kind, Violation, violation_of
from django_layers.repositories.refusals import (
    check_refused,
    exclusion_refused,
    null_refused,
    range_refused,
    reference_refused,
    still_referenced,
    unique_refused,
)

__all__ = ["translated", "translating"]


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
        Conflict: a row exists already, is in the way of another one, or is still referred to.
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
    """Return the domain's error for an error of the database; None where it means nothing to a domain.

    Args:
        error: what Django raised.
        model: the table that was written to.
        using: the alias of the database, whose connection must be usable: it may be asked about the constraint.
        deleting: whether rows were deleted.
        id_lists: the many-to-many field of each list of keys.
    """
    busy = contention_of(error)
    if busy is not None:
        return busy
    violation = violation_of(error)
    if violation is None:
        return None
    declared = constraints.find_constraint(violation, model)
    if declared is not None:
        return _of_constraint(*declared)
    table, columns = constraints.place_of(violation, model, using)
    kind = Kind.REFERENCED if deleting and violation.kind is Kind.REFERENCE else violation.kind
    refused = _Refused(violation, model, table, constraints.fields_of_columns(table, columns), id_lists)
    return _MEANINGS[kind](refused) or undeclared(violation, table, columns)


def _of_constraint(model: type[Model], constraint: BaseConstraint) -> DomainError:
    if isinstance(constraint, CheckConstraint):
        return check_refused(model, constraint)
    if isinstance(constraint, UniqueConstraint):
        return unique_refused(model, constraints.fields_of_unique(model, constraint), constraint)
    return exclusion_refused(model, constraint, constraints.fields_of_constraint(model, constraint))


@dataclass(frozen=True)
class _Refused:
    """A violation of what fields declare themselves.

    Attributes:
        violation: what the database says.
        written: the table that was written to.
        table: the table of the violation.
        fields: its fields that the violation is about, as far as they are known.
        id_lists: the many-to-many field of each list of keys of the table that was written to.
    """

    violation: Violation
    written: type[Model]
    table: type[Model]
    fields: tuple[AnyField, ...]
    id_lists: Mapping[str, str]

    @property
    def field(self) -> AnyField | None:
        return self.fields[0] if self.fields else None

    @property
    def name(self) -> str:
        return self.violation.constraint

    @property
    def is_told(self) -> bool:
        """Whether the database says which constraint it was: SQLite does not for references."""
        return bool(self.name or self.violation.columns)


def _unique(refused: _Refused) -> DomainError | None:
    declared = constraints.unique_on(refused.table, refused.fields)
    if len(declared) == 1:
        return unique_refused(refused.table, refused.fields, declared[0], name=refused.name)
    if declared or _is_declared_unique(refused.table, refused.fields):
        return unique_refused(refused.table, refused.fields, name=refused.name)
    return None


def _is_declared_unique(model: type[Model], fields: tuple[AnyField, ...]) -> bool:
    names = {field.name for field in fields}
    together = [set(names) for names in model._meta.unique_together]
    return names in together or (len(fields) == 1 and fields[0].unique)


def _check(refused: _Refused) -> DomainError | None:
    if any(_brings_check(field) for field in refused.fields):
        return check_refused(refused.table, None, refused.fields, name=refused.name)
    return None


def _brings_check(field: AnyField) -> bool:
    """Return whether a field makes Django write a check of its own: positive integers and JSON documents do."""
    return "Positive" in field.get_internal_type() or field.get_internal_type() == "JSONField"


def _not_null(refused: _Refused) -> DomainError | None:
    if refused.field is None or refused.field.null:
        return None
    return null_refused(refused.table, refused.field)


def _missing_parent(refused: _Refused) -> DomainError | None:
    if refused.is_told and not _is_reference(refused):
        return None
    alias = _list_through(refused.written, refused.table, refused.id_lists)
    return reference_refused(refused.written, refused.field, name=refused.name, alias=alias)


def _still_referenced(refused: _Refused) -> DomainError | None:
    if refused.is_told and not _is_reference(refused):
        return None
    sources = (refused.table,) if refused.violation.table else ()
    return still_referenced(refused.written, sources, name=refused.name)


def _is_reference(refused: _Refused) -> bool:
    return refused.field is not None and refused.field.is_relation


def _list_through(written: type[Model], model: type[Model], id_lists: Mapping[str, str]) -> str:
    for alias, name in id_lists.items():
        field = written._meta.get_field(name)
        if getattr(field, "remote_field", None) is not None and field.remote_field.through is model:  # type: ignore[union-attr]
            return alias
    return ""


_MEANINGS: Mapping[Kind, Callable[[_Refused], DomainError | None]] = {
    Kind.UNIQUE: _unique,
    Kind.EXCLUSION: lambda refused: None,
    Kind.CHECK: _check,
    Kind.NOT_NULL: _not_null,
    Kind.REFERENCE: _missing_parent,
    Kind.REFERENCED: _still_referenced,
    Kind.RANGE: lambda refused: range_refused(refused.table, refused.field),
}
"""What a violation means that no constraint of `Meta.constraints` explains; None where nothing declares it."""
