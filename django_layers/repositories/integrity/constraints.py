"""Which constraint of which model it was, and which fields it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connections
from django.db.models import BaseConstraint, CheckConstraint, Model, UniqueConstraint

from django_layers.repositories.fields import AnyField, names_in
from django_layers.repositories.integrity.violation import Kind, Violation

__all__ = [
    "Place",
    "fields_of_columns",
    "fields_of_constraint",
    "fields_of_unique",
    "find_constraint",
    "model_of_table",
    "place_of",
    "unique_on",
]

# A table, and the columns in it that a violation is about.
Place = tuple[type[Model], tuple[str, ...]]


def model_of_table(table: str) -> type[Model] | None:
    """Return the model of a table; None where no model has it."""
    models = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    return next((model for model in models if model._meta.db_table == table), None)


def find_constraint(violation: Violation, written: type[Model]) -> tuple[type[Model], BaseConstraint] | None:
    """Return the constraint of `Meta.constraints` that was violated, with its model, going by its name.

    Args:
        violation: what the database says.
        written: the table that was written to; its constraints are looked at before those of others.
    """
    if not violation.constraint:
        return None
    for model in (written, *apps.get_models(include_auto_created=True)):
        for constraint in model._meta.constraints:
            if constraint.name == violation.constraint and _can_refuse(constraint, violation.kind):
                return model, constraint
    return None


def place_of(violation: Violation, written: type[Model], using: str) -> Place:
    """Return the table of a violation and the columns in it, asking the database where the driver does not say them.

    The connection must be usable, so this is for after the rollback.

    Args:
        violation: what the driver says.
        written: the table that was written to.
        using: the alias of the database.
    """
    if violation.table:
        model = written if written._meta.db_table == violation.table else model_of_table(violation.table)
        candidates = [model] if model is not None else []
    else:
        candidates = list(_written_with(written))
    places = [(model, violation.columns or _columns_of(violation.constraint, model, using)) for model in candidates]
    # The table that has such columns; else one that at least has such a constraint.
    for model, columns in places:
        if fields_of_columns(model, columns):
            return model, columns
    return next((place for place in places if place[1]), (written, violation.columns))


def unique_on(model: type[Model], fields: tuple[AnyField, ...]) -> list[UniqueConstraint]:
    """Return the unique constraints of `Meta.constraints` on exactly these fields: several, where they are conditional."""
    return [
        constraint
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
        and constraint.fields
        and set(fields_of_unique(model, constraint)) == set(fields)
    ]


def fields_of_unique(model: type[Model], constraint: UniqueConstraint) -> tuple[AnyField, ...]:
    """Return the fields that a unique constraint is about, those inside its expressions included."""
    names = list(constraint.fields)
    for expression in constraint.expressions:
        names.extend(names_in(expression))
    return _fields_named(model, names)


def fields_of_constraint(model: type[Model], constraint: BaseConstraint) -> tuple[AnyField, ...]:
    """Return the fields that a constraint of another kind compares, as PostgreSQL's exclusion constraints do."""
    names: list[str] = []
    for expression, *_ in getattr(constraint, "expressions", ()):
        names.extend([expression] if isinstance(expression, str) else names_in(expression))
    return _fields_named(model, names)


def fields_of_columns(model: type[Model], columns: tuple[str, ...]) -> tuple[AnyField, ...]:
    """Return the fields of columns, in the order of the columns."""
    by_column = {field.column: field for field in model._meta.concrete_fields}
    return tuple(by_column[column] for column in columns if column in by_column)


def _can_refuse(constraint: BaseConstraint, kind: Kind) -> bool:
    # MySQL calls the key of a unique column as the column, which may be what a constraint of another table is called.
    if isinstance(constraint, CheckConstraint):
        return kind is Kind.CHECK
    if isinstance(constraint, UniqueConstraint):
        return kind is Kind.UNIQUE
    return True


def _written_with(model: type[Model]) -> Iterator[type[Model]]:
    """Yield the tables that are written to with a row: its own, those that it inherits from, and those of its links."""
    yield model
    yield from model._meta.all_parents
    for field in model._meta.many_to_many:
        if field.remote_field.through is not None:
            yield field.remote_field.through


def _columns_of(constraint: str, model: type[Model], using: str) -> tuple[str, ...]:
    if not constraint:
        return ()
    connection = connections[using]
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    facts = found.get(constraint)
    # An expression stands there as None.
    return tuple(column for column in facts["columns"] or () if column) if facts else ()


def _fields_named(model: type[Model], names: Iterable[str]) -> tuple[AnyField, ...]:
    by_name = {field.name: field for field in model._meta.concrete_fields}
    return tuple(by_name[name] for name in dict.fromkeys(names) if name in by_name)
