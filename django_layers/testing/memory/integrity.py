"""What a database refuses: NULL, values out of range, failed checks, duplicates, references to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, cast

from django.db.models import CheckConstraint, ForeignKey, Model, Q, UniqueConstraint
from django.db.models.expressions import OrderBy

from django_layers.repositories.capacity import holds
from django_layers.repositories.fields import AnyField, key_name
from django_layers.repositories.integrity.constraints import fields_of_unique
from django_layers.repositories.refusals import (
    check_refused,
    null_refused,
    range_refused,
    reference_refused,
    unique_refused,
)
from django_layers.testing.memory.conditions import Conditions, NotInMemory
from django_layers.testing.memory.tables import Row, Table

__all__ = ["Integrity"]

# A constraint, its fields, and what must be unique of a row; None where a row is outside it.
_UniqueSet: TypeAlias = (
    "tuple[UniqueConstraint | None, tuple[AnyField, ...], Callable[[Row], tuple[object, ...] | None]]"
)


class Integrity:
    """Checks rows before they are stored, in the order in which databases do."""

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions

    def check(self, table: Table, row: Row) -> None:
        """Refuse a row that its table cannot hold; references are not looked at.

        Raises:
            RuleViolated: a value is NULL where it may not be, too long, out of range, or fails a check constraint.
            Conflict: another row has the same value of a unique field or set of fields.
            NotInMemory: a constraint says something that memory does not understand.
        """
        model = table.model
        for field in model._meta.concrete_fields:
            value = row[field.attname]
            if value is None and not field.null:
                raise null_refused(model, field)
            if value is not None and not holds(field, value):
                raise range_refused(model, field)
        self._check_constraints(model, row)
        others = [other for other in table.values() if other[key_name(model)] != row[key_name(model)]]
        for constraint, fields, values_of in self._unique_sets(model):
            values = values_of(row)
            if values is not None and any(values_of(other) == values for other in others):
                raise unique_refused(model, fields, constraint)

    def check_new_key(self, table: Table, row: Row) -> None:
        """Refuse a new row whose key another row has.

        Raises:
            Conflict: another row has the key.
        """
        if row[key_name(table.model)] in table.rows:
            raise unique_refused(table.model, (table.model._meta.pk,))

    def _check_constraints(self, model: type[Model], row: Row) -> None:
        for other in model._meta.constraints:
            if not isinstance(other, CheckConstraint | UniqueConstraint):
                raise NotInMemory(
                    f"The constraint {other.name!r} of {model.__name__} is a {type(other).__name__}, which memory cannot "
                    "evaluate. Test writes of this model on the database."
                )
        checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
        for constraint in sorted(checks, key=lambda each: each.name):
            if not isinstance(constraint.condition, Q):
                raise NotInMemory(
                    f"The check constraint {constraint.name!r} of {model.__name__} is an expression "
                    f"({type(constraint.condition).__name__}), which memory cannot evaluate. Write it as a Q with "
                    "keyword lookups, or test writes of this model on the database."
                )
            if self._conditions.holds(constraint.condition, model, row) is False:
                raise check_refused(model, constraint)

    def _unique_sets(self, model: type[Model]) -> Iterator[_UniqueSet]:
        for field in model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                yield None, (field,), self._columns((field,), None, model)
        for names in model._meta.unique_together:
            fields = _fields(model, names)
            yield None, fields, self._columns(fields, None, model)
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                fields = fields_of_unique(model, constraint)
                if constraint.expressions:
                    yield constraint, fields, self._expressions(constraint, model)
                else:
                    yield constraint, fields, self._columns(fields, constraint, model)

    def _columns(
        self, fields: tuple[AnyField, ...], constraint: UniqueConstraint | None, model: type[Model]
    ) -> Callable[[Row], tuple[object, ...] | None]:
        def values_of(row: Row) -> tuple[object, ...] | None:
            return self._compared(tuple(row[field.attname] for field in fields), constraint, model, row)

        return values_of

    def _expressions(
        self, constraint: UniqueConstraint, model: type[Model]
    ) -> Callable[[Row], tuple[object, ...] | None]:
        expressions = [each.expression if isinstance(each, OrderBy) else each for each in constraint.expressions]

        def values_of(row: Row) -> tuple[object, ...] | None:
            values = tuple(self._conditions.value(each, model, row) for each in expressions)
            return self._compared(values, constraint, model, row)

        return values_of

    def _compared(
        self, values: tuple[object, ...], constraint: UniqueConstraint | None, model: type[Model], row: Row
    ) -> tuple[object, ...] | None:
        """Return what must be unique, None where the row is outside the constraint: NULL equals nothing."""
        if None in values and not (constraint and constraint.nulls_distinct is False):
            return None
        if constraint and constraint.condition and not self._conditions.holds(constraint.condition, model, row):
            return None
        return values

    def check_references(
        self, table: Table, row: Row, is_there: Callable[[AnyField, object], bool], alias: str
    ) -> None:
        """Refuse a row that refers to nothing.

        Args:
            table: the table of the row.
            row: the row.
            is_there: whether a reference has a row with this value to refer to.
            alias: what the schemas call the reference, where they do not call it as its column.

        Raises:
            RuleViolated: there is no row for one of its references.
        """
        for field in _references(table.model):
            value = row[field.attname]
            if value is not None and not is_there(field, value):
                raise reference_refused(table.model, field, alias=alias)


def _references(model: type[Model]) -> Iterable[AnyField]:
    return (
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and getattr(field, "db_constraint", True)
    )


def _fields(model: type[Model], names: Iterable[str]) -> tuple[AnyField, ...]:
    return tuple(cast("AnyField", model._meta.get_field(name)) for name in names)
