"""Constraints of the database that no model declares."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError
from django.db.models import Model

from django_layers.repositories.fields import AnyField
from django_layers.repositories.integrity.constraints import fields_of_columns
from django_layers.repositories.integrity.violation import Kind, Violation

__all__ = ["UndeclaredConstraint", "undeclared"]


class UndeclaredConstraint(IntegrityError):
    """The database refused a row by a constraint that no model declares, so nobody can say what it means."""


_WAYS_OUT: Mapping[Kind, str] = {
    Kind.UNIQUE: "`models.UniqueConstraint(fields=[{fields}], name={name!r})` in Meta.constraints",
    Kind.EXCLUSION: "`ExclusionConstraint(expressions=[...], name={name!r})` in Meta.constraints",
    Kind.CHECK: "`models.CheckConstraint(condition=..., name={name!r})` in Meta.constraints",
    Kind.NOT_NULL: "a field for the column {columns} without `null=True`, or a default for it in the database",
    Kind.REFERENCE: "a `models.ForeignKey` for the column {columns}",
    Kind.REFERENCED: "a `models.ForeignKey` for the column {columns}",
}


def undeclared(violation: Violation, model: type[Model], columns: tuple[str, ...]) -> UndeclaredConstraint:
    """Return the error that says what to declare.

    Args:
        violation: what the database refused.
        model: the table.
        columns: the columns, as far as they are known.
    """
    what = _WAYS_OUT[violation.kind].format(
        name=violation.constraint or "a_name",
        fields=", ".join(repr(_name(model, column)) for column in columns) or "...",
        columns=" and ".join(columns) or "...",
    )
    which = violation.constraint or f"on {' and '.join(columns) or 'unknown columns'}"
    return UndeclaredConstraint(
        f"The database refused a row of {model._meta.label} by the {violation.kind.value} constraint {which}, "
        f"which no model declares. Declare it, so that its violation has a meaning: {what}."
    )


def _name(model: type[Model], column: str) -> str:
    fields: tuple[AnyField, ...] = fields_of_columns(model, (column,))
    return fields[0].name if fields else column
