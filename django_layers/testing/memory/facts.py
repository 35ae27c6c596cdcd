"""What is worked out of a model once, for the rows of its table in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, Field, ForeignKey, Model, UniqueConstraint
from django.db.models.expressions import BaseExpression

from django_layers.repositories.capacity import room_in
from django_layers.repositories.fields import AnyField, key_columns, key_name
from django_layers.repositories.sets.unique import UniqueSet, unique_sets
from django_layers.testing.memory.columns import Converter, converter

__all__ = ["Column", "Facts", "facts_of"]

# Those that look at nothing of a row but their own column.
_OWN_PRE_SAVES = frozenset(kind.pre_save for kind in (Field, models.DateField, models.DateTimeField, models.TimeField))


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        field: its field.
        name: its name in a row ("recipe_id").
        convert: makes of a value what comes back when it has been stored.
        may_be_null: whether it can be NULL.
        has_room: tells whether it can hold a value; None where it holds every value of its type.
        is_positive: whether it brings along a check that it is not negative.
        is_automatic: whether `save` fills it in each time.
        is_plain: whether `save` stores what a row holds, and does not make anything of it.
        is_worked_out: whether a `save` of the model's own has to find a value where nobody says one: it is a text that no
            two rows may have in common.
    """

    field: AnyField
    name: str
    convert: Converter
    may_be_null: bool
    has_room: Callable[[object], bool] | None
    is_positive: bool
    is_automatic: bool
    is_plain: bool
    is_worked_out: bool


@dataclass(frozen=True)
class Facts:
    """What is worked out of a model.

    Attributes:
        key: the name of the primary key in a row.
        keys: the names of all columns that hold it: more than one where the model inherits from another table.
        counts_up: whether a new row gets the next number for its key.
        columns: all columns.
        written: the columns that are not generated.
        generated: for each generated column its expression, and what converts its values.
        names: the name in a row of each field that has another one.
        needs_instance: whether a field's own `pre_save` asks for the row as an object.
        constraints: all constraints of `Meta.constraints`.
        unknown: the constraints of kinds that memory does not know.
        checks: the check constraints, in the order in which databases look at them.
        unique: what is unique besides the key.
        references: the foreign keys that the database keeps.
    """

    key: str
    keys: tuple[str, ...]
    counts_up: bool
    columns: tuple[Column, ...]
    written: tuple[Column, ...]
    generated: tuple[tuple[str, BaseExpression, Converter], ...]
    names: Mapping[str, str]
    needs_instance: bool
    constraints: Sequence[BaseConstraint]
    unknown: tuple[BaseConstraint, ...]
    checks: tuple[CheckConstraint, ...]
    unique: tuple[UniqueSet, ...]
    references: tuple[AnyField, ...]


# Weak, so that a model that a test makes goes with the test.
_facts: WeakKeyDictionary[type[Model], Facts] = WeakKeyDictionary()


def facts_of(model: type[Model]) -> Facts:
    """Return what is worked out of a model."""
    found = _facts.get(model)
    if found is None or found.constraints is not model._meta.constraints:
        found = _facts[model] = _worked_out(model)
    return found


def _worked_out(model: type[Model]) -> Facts:
    fields = model._meta.concrete_fields
    columns = tuple(_column(field) for field in fields)
    written = tuple(column for column in columns if not column.field.generated)
    keys = key_columns(model)
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    return Facts(
        key=key_name(model),
        keys=tuple(field.attname for field in keys),
        counts_up=isinstance(keys[-1], models.AutoField),
        columns=columns,
        written=written,
        generated=tuple(_generated(field) for field in fields if field.generated),
        names={field.name: field.attname for field in fields if field.name != field.attname},
        needs_instance=not all(type(column.field).pre_save in _OWN_PRE_SAVES for column in written),
        constraints=model._meta.constraints,
        unknown=tuple(
            each for each in model._meta.constraints if not isinstance(each, CheckConstraint | UniqueConstraint)
        ),
        checks=tuple(sorted(checks, key=lambda each: each.name)),
        unique=tuple(each for each in unique_sets(model) if each.fields != (model._meta.pk,)),
        references=tuple(
            field for field in fields if isinstance(field, ForeignKey) and getattr(field, "db_constraint", True)
        ),
    )


def _column(field: AnyField) -> Column:
    return Column(
        field=field,
        name=field.attname,
        convert=converter(field),
        may_be_null=field.null,
        has_room=room_in(field),
        is_positive=field.get_internal_type().startswith("Positive"),
        is_automatic=bool(getattr(field, "auto_now", False)),
        is_plain=type(field).pre_save is Field.pre_save,
        is_worked_out=(
            field.model.save is not Model.save
            and field.unique
            and not (field.null or field.has_default() or field.has_db_default())
            and field.empty_strings_allowed
        ),
    )


def _generated(field: Any) -> tuple[str, BaseExpression, Callable[[object], object]]:
    return field.attname, field.expression, converter(field.output_field)
