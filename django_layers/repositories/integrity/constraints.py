"""Which constraint of which model it was, and which fields it is about."""

from __future__ import annotations

from django.apps import apps
from django.db import connections
from django.db.models import BaseConstraint, Model, UniqueConstraint

from django_layers.repositories.fields import AnyField, names_in
from django_layers.repositories.integrity.violation import Violation

__all__ = [
    "columns_of",
    "fields_of_columns",
    "fields_of_unique",
    "find_constraint",
    "model_of_table",
    "unique_by_columns",
]


def model_of_table(table: str, expected: type[Model]) -> type[Model]:
    """Return the model of a table; the expected one where none is known to have it."""
    for model in (expected, *apps.get_models(include_auto_created=True)):
        if model._meta.db_table == table:
            return model
    return expected


def find_constraint(name: str, expected: type[Model]) -> tuple[type[Model], BaseConstraint] | None:
    """Return the constraint of `Meta.constraints` that has this name, with its model; the expected one is asked first."""
    for model in (expected, *apps.get_models(include_auto_created=True)):
        for constraint in model._meta.constraints:
            if name and constraint.name == name:
                return model, constraint
    return None


def unique_by_columns(model: type[Model], columns: tuple[str, ...]) -> UniqueConstraint | None:
    """Return the unique constraint of `Meta.constraints` on exactly these columns."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            fields = fields_of_unique(model, constraint)
            if {field.column for field in fields} == set(columns):
                return constraint
    return None


def fields_of_unique(model: type[Model], constraint: UniqueConstraint) -> tuple[AnyField, ...]:
    """Return the fields that a unique constraint is about, those inside its expressions included."""
    names = list(constraint.fields)
    for expression in constraint.expressions:
        names.extend(names_in(expression))
    by_name = {field.name: field for field in model._meta.concrete_fields}
    return tuple(by_name[name] for name in dict.fromkeys(names) if name in by_name)


def fields_of_columns(model: type[Model], columns: tuple[str, ...]) -> tuple[AnyField, ...]:
    """Return the fields of columns, in the order of the columns."""
    by_column = {field.column: field for field in model._meta.concrete_fields}
    return tuple(by_column[column] for column in columns if column in by_column)


def columns_of(violation: Violation, model: type[Model], using: str) -> tuple[str, ...]:
    """Return the columns of a violation, asking the database for those of the constraint where the driver says none.

    The connection must be usable, so this is for after the rollback.
    """
    if violation.columns or not violation.constraint:
        return violation.columns
    connection = connections[using]
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    for name, facts in found.items():
        if name == violation.constraint:
            return tuple(facts["columns"] or ())
    return ()
