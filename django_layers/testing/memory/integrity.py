"""What a database refuses: NULL, values out of range, failed checks, duplicates, references to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Model, Q
from django.db.models.expressions import OrderBy

from django_layers.repositories.fields import AnyField
from django_layers.repositories.refusals import (
    check_refused,
    null_refused,
    range_refused,
    reference_refused,
    unique_refused,
)
from django_layers.repositories.sets.unique import UniqueSet
from django_layers.testing.memory.conditions import Conditions, NotInMemory
from django_layers.testing.memory.facts import Facts, facts_of
from django_layers.testing.memory.tables import Row, Table

__all__ = ["Integrity"]


class Integrity:
    """Checks rows before they are stored, in the order in which databases do."""

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions

    def check(self, table: Table, row: Row) -> None:
        """Refuse a row that its table cannot hold, or one that it inherits from; references are not looked at.

        Raises:
            RuleViolated: a value is NULL where it may not be, too long, out of range, or fails a check constraint.
            Conflict: another row has the same value of a unique field or set of fields.
            NotInMemory: a constraint says something that memory does not understand.
        """
        for each in table.lineage:
            self._check(each, row, table.model)

    def _check(self, table: Table, row: Row, model: type[Model]) -> None:
        """Refuse a row that one table cannot hold.

        Args:
            table: the table.
            row: the row, with the columns of the model that it is of.
            model: that model.
        """
        facts = facts_of(table.model)
        for column in facts.columns:
            value = row[column.name]
            if value is None:
                if not column.may_be_null:
                    raise null_refused(model, column.field)
            elif column.has_room is not None and not column.has_room(value):
                raise range_refused(model, column.field)
        self._check_constraints(facts, model, row)
        if not facts.unique:
            return
        key = row[facts.key]
        others = [other for each, other in table.rows.items() if each != key]
        for unique in facts.unique:
            if others and self._is_taken(unique, model, row, others):
                raise unique_refused(model, unique.fields, unique.constraint)

    def check_new_key(self, table: Table, row: Row) -> None:
        """Refuse a new row whose key another row has, in any of the tables that it is in.

        Raises:
            Conflict: another row has the key.
        """
        for each in table.lineage:
            if row[facts_of(each.model).key] in each.rows:
                raise unique_refused(table.model, (each.model._meta.pk,))

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
        for field in facts_of(table.model).references:
            value = row[field.attname]
            if value is not None and not is_there(field, value):
                raise reference_refused(table.model, field, alias=alias)

    def _check_constraints(self, facts: Facts, model: type[Model], row: Row) -> None:
        for unknown in facts.unknown:
            raise NotInMemory(
                f"The constraint {unknown.name!r} of {model.__name__} is a {type(unknown).__name__}, which memory cannot "
                "evaluate. Test writes of this model on the database."
            )
        for constraint in facts.checks:
            if not isinstance(constraint.condition, Q):
                raise NotInMemory(
                    f"The check constraint {constraint.name!r} of {model.__name__} is an expression "
                    f"({type(constraint.condition).__name__}), which memory cannot evaluate. Write it as a Q with "
                    "keyword lookups, or test writes of this model on the database."
                )
            if self._conditions.holds(constraint.condition, model, row) is False:
                raise check_refused(model, constraint)
        for column in facts.columns:
            if column.is_positive:
                value = row[column.name]
                if isinstance(value, int) and value < 0:
                    raise check_refused(model, fields=(column.field,))

    def _is_taken(self, unique: UniqueSet, model: type[Model], row: Row, others: Iterable[Row]) -> bool:
        values = self._values(unique, model, row)
        if values is None:
            return False
        if unique.constraint is None:
            columns = unique.columns
            return any(all(other[name] == row[name] for name in columns) for other in others)
        return any(self._values(unique, model, other) == values for other in others)

    def _values(self, unique: UniqueSet, model: type[Model], row: Row) -> tuple[object, ...] | None:
        """Return what must be unique of a row, None where the row is outside the constraint: NULL equals nothing."""
        constraint = unique.constraint
        if constraint is not None and constraint.expressions:
            expressions = (each.expression if isinstance(each, OrderBy) else each for each in constraint.expressions)
            values = tuple(self._conditions.value(each, model, row) for each in expressions)
        else:
            values = tuple(row[name] for name in unique.columns)
        if None in values and not unique.null_is_a_value:
            return None
        if constraint is not None and constraint.condition:
            return values if self._conditions.holds(constraint.condition, model, row) else None
        return values
