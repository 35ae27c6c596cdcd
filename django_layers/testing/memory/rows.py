"""Making rows: defaults, automatic values and keys, as `Model.save` fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.db import models
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from django.db.models.functions import Now
from django.utils import timezone

from django_layers.repositories.fields import AnyField, key_name
from django_layers.testing.memory.columns import stored
from django_layers.testing.memory.conditions import Conditions
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
    instance = table.model(**values)
    row: dict[str, object] = {}
    fields = table.model._meta.concrete_fields
    for field in fields:
        if not field.generated:
            value = field.pre_save(instance, add=True)
            if isinstance(value, DatabaseDefault):
                value = _database_default(field, conditions, table.model)
            row[field.attname] = stored(field, value)
    key = key_name(table.model)
    if row[key] is None and isinstance(table.model._meta.pk, models.AutoField):
        row[key] = table.last_number + 1
    return _with_generated(table.model, row, conditions)


def changed_row(table: Table, row: Row, values: Mapping[str, object], conditions: Conditions) -> Row:
    """Return the row with these values in place of its own; it is not stored yet.

    What is automatic is renewed, unless the values say what it becomes.
    """
    model = table.model
    names = {field.name: field for field in model._meta.concrete_fields}
    changes = {names[name].attname if name in names else name: value for name, value in values.items()}
    instance = model(**{**{field.attname: row[field.attname] for field in _written(model)}, **changes})
    new = dict(row)
    for field in _written(model):
        if getattr(field, "auto_now", False) and field.attname in changes:
            new[field.attname] = stored(field, changes[field.attname])
        elif field.attname in changes or getattr(field, "auto_now", False):
            new[field.attname] = stored(field, field.pre_save(instance, add=False))
    return _with_generated(model, new, conditions)


def automatic_values(model: type[Model]) -> dict[str, object]:
    """Return what a change gives the columns that `save` fills in each time."""
    return {
        field.attname: field.pre_save(model(), add=False)
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now", False)
    }


def _written(model: type[Model]) -> list[AnyField]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _with_generated(model: type[Model], row: dict[str, object], conditions: Conditions) -> Row:
    for field in model._meta.concrete_fields:
        if field.generated:
            value = conditions.value(field.expression, model, row)  # type: ignore[attr-defined]  # it is generated
            row[field.attname] = stored(cast("AnyField", field.output_field), value)  # type: ignore[attr-defined]
    return row


def _database_default(field: AnyField, conditions: Conditions, model: type[Model]) -> object:
    default = field.db_default
    if isinstance(default, Now):
        return timezone.now()
    if hasattr(default, "resolve_expression"):
        return conditions.value(default, model, {})
    return default
