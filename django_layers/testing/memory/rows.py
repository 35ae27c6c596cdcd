"""Making rows: defaults, automatic values and keys, as `Model.save` fills them in."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from django.db.models.functions import Now
from django.utils import timezone

from django_layers.repositories.fields import AnyField
from django_layers.testing.memory.conditions import Conditions
from django_layers.testing.memory.facts import Column, Facts, facts_of
from django_layers.testing.memory.tables import Row, Table

__all__ = ["automatic_values", "changed_row", "new_row"]


def new_row(table: Table, values: Mapping[str, object], conditions: Conditions) -> Row:
    """Return the row that these values make, with defaults, automatic values and a key; it is not stored yet.

    Args:
        table: where the row will be.
        values: by the names of fields or their attributes ("recipe_id").
        conditions: evaluates defaults of the database and generated columns.

    Raises:
        NotInMemory: a default of the database is an expression that memory cannot evaluate.
    """
    model = table.model
    facts = facts_of(model)
    given = {facts.names.get(name, name): value for name, value in values.items()}
    for column in facts.written:
        if column.name not in given:
            given[column.name] = _worked_out(table) if column.is_worked_out else column.field.get_default()
    instance = _instance(model, facts, given)
    row: dict[str, object] = {}
    for column in facts.written:
        value = given[column.name] if column.is_plain else column.field.pre_save(instance, add=True)
        if isinstance(value, DatabaseDefault):
            value = _database_default(column.field, conditions, model)
        row[column.name] = column.convert(value)
    key = next((row[name] for name in facts.keys if row[name] is not None), None)
    if key is None and facts.counts_up:
        key = table.lineage[0].last_number + 1
    row |= dict.fromkeys(facts.keys, key)
    return _with_generated(model, facts, row, conditions)


def changed_row(table: Table, row: Row, values: Mapping[str, object], conditions: Conditions) -> Row:
    """Return the row with these values in place of its own; it is not stored yet.

    What is automatic is renewed, unless the values say what it becomes.
    """
    model = table.model
    facts = facts_of(model)
    changes = {facts.names.get(name, name): value for name, value in values.items()}
    instance = _instance(model, facts, {**row, **changes})
    new = dict(row)
    for column in facts.written:
        if column.name in changes:
            is_as_given = column.is_plain or column.is_automatic
            value = changes[column.name] if is_as_given else column.field.pre_save(instance, add=False)
            new[column.name] = column.convert(value)
        elif column.is_automatic:
            new[column.name] = column.convert(column.field.pre_save(instance, add=False))
    return _with_generated(model, facts, new, conditions)


def automatic_values(model: type[Model]) -> dict[str, object]:
    """Return what a change gives the columns that `save` fills in each time."""
    blank = cast("Model", SimpleNamespace())
    columns: tuple[Column, ...] = facts_of(model).written
    return {each.name: each.field.pre_save(blank, add=False) for each in columns if each.is_automatic}


def _instance(model: type[Model], facts: Facts, values: Mapping[str, object]) -> Model:
    """Return a row as an object for `pre_save`: one of its model only where that is asked for, for it takes long."""
    if not facts.needs_instance:
        return cast("Model", SimpleNamespace(**values))
    return model(**{column.name: values[column.name] for column in facts.written})


def _with_generated(model: type[Model], facts: Facts, row: dict[str, object], conditions: Conditions) -> Row:
    for name, expression, convert in facts.generated:
        row[name] = convert(conditions.value(expression, model, row))
    return row


def _worked_out(table: Table) -> str:
    """Return what stands for a value that no other row has, and that a `save` of the model's own works out."""
    taken = {value for row in table.values() for value in row.values() if isinstance(value, str)}
    return next(text for text in map(str, itertools.count(len(table.rows) + 1)) if text not in taken)


def _database_default(field: AnyField, conditions: Conditions, model: type[Model]) -> object:
    default = field.db_default
    if isinstance(default, Now):
        return timezone.now()
    if hasattr(default, "resolve_expression"):
        return conditions.value(default, model, {})
    return default
