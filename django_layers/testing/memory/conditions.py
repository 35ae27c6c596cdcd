"""Whether a row meets a condition, in the three values of SQL: true, false, and None for unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TypeAlias, cast
from weakref import WeakKeyDictionary

from django.db.models import DecimalField, Field, ForeignObjectRel, JSONField, Model, Q
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import CombinedExpression, F, Value
from django.db.models.functions import Coalesce, Length, Lower, Trim, Upper

from django_layers.repositories.fields import AnyField, key_name
from django_layers.testing.memory.columns import stored
from django_layers.testing.memory.lookups import LOOKUPS, TRANSFORMS
from django_layers.testing.memory.relations import (
    Relation,
    column_of,
    find_field,
    target_column,
    target_model,
    through_of,
)
from django_layers.testing.memory.tables import Row, Tables

__all__ = ["Conditions", "NotInMemory"]


class NotInMemory(NotImplementedError):
    """Something that only a database can work out was asked of memory; the message says what to do."""


_FUNCTIONS: dict[type, Callable[[object], object]] = {
    Length: lambda value: len(str(value)),
    Lower: lambda value: str(value).lower(),
    Trim: lambda value: str(value).strip(" "),
    Upper: lambda value: str(value).upper(),
}


Parsed: TypeAlias = "tuple[list[str], AnyField, list[str], str]"

# By model; weak, so that a model that a test makes goes with the test.
_paths: WeakKeyDictionary[type[Model], dict[str, Parsed]] = WeakKeyDictionary()


class Conditions:
    """Evaluates conditions and expressions against the rows of a database in memory.

    Args:
        tables: its tables.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def holds(self, condition: Q, model: type[Model], row: Row, *, negated: bool = False) -> bool | None:
        """Return whether the row meets the condition; None where SQL would not know.

        Raises:
            NotInMemory: the condition says something that memory does not understand.
        """
        negated ^= condition.negated
        results = [self._child(child, model, row, negated) for child in condition.children]
        if condition.connector == Q.AND:
            result = _all_of(results)
        elif condition.connector == Q.OR:
            result = _any_of(results)
        else:
            # As Django writes XOR for databases without it: unknown counts as false in the sum.
            result = _all_of([_any_of(results), sum(each is True for each in results) % 2 == 1])
        return _not(result) if condition.negated else result

    def _child(self, child: object, model: type[Model], row: Row, negated: bool) -> bool | None:
        if isinstance(child, Q):
            return self.holds(child, model, row, negated=negated)
        if not isinstance(child, tuple):
            raise NotInMemory(
                f"A condition on {model.__name__} is an expression ({type(child).__name__}), which memory cannot "
                "evaluate. Write it with keyword lookups, or test this on the database."
            )
        path, right = child
        return self.matches(model, row, path, right, negated=negated)

    def matches(self, model: type[Model], row: Row, path: str, right: object, *, negated: bool = False) -> bool | None:
        """Return whether `path=right` holds of the row; through to-many relations, of any row at their end.

        Args:
            path: a field with a lookup ("recipe__title__icontains").
            right: what to compare with: a value or an expression.
            negated: whether the result will be negated. Django then makes NULL count as different.

        Raises:
            NotInMemory: the lookup, or the expression, is one that memory does not understand.
        """
        parts, field, transforms, lookup = _parsed(model, path)
        if right is None and lookup == "exact":
            lookup, right = "isnull", True
        right = self._right(right, model, row, field, converted=not transforms and lookup != "isnull")
        lefts = [_transformed(left, transforms) for left in self.reach(model, row, parts)]
        if lookup == "isnull":
            return any((left is None) == bool(right) for left in lefts or [None])
        if lookup not in LOOKUPS:
            raise NotInMemory(
                f"The lookup {path!r} on {model.__name__} is one that memory does not know. "
                "Override the method that uses it in a subclass for memory, or test it on the database."
            )
        results = [_compared(lookup, left, right, negated) for left in lefts]
        return _any_of(results)

    def value(self, expression: object, model: type[Model], row: Row) -> object:
        """Return what an expression (a name, `F`, `Value`, `Lower`, arithmetic) makes of a row.

        Raises:
            NotInMemory: the expression is one that memory does not understand.
        """
        if isinstance(expression, F):
            return self._named(str(expression.name), model, row)  # type: ignore[attr-defined]  # the stubs lack it
        if isinstance(expression, Value):
            return expression.value
        if isinstance(expression, CombinedExpression):
            left = self.value(expression.lhs, model, row)
            right = self.value(expression.rhs, model, row)
            return _combined(expression.connector, left, right)
        if isinstance(expression, Coalesce):
            values = (self.value(each, model, row) for each in expression.get_source_expressions())
            return next((each for each in values if each is not None), None)
        if type(expression) in _FUNCTIONS:
            (source,) = cast("Coalesce", expression).get_source_expressions()
            value = self.value(source, model, row)
            return None if value is None else _FUNCTIONS[type(expression)](value)
        raise NotInMemory(
            f"An expression on {model.__name__} uses {type(expression).__name__}, which memory cannot evaluate. "
            "Test this on the database."
        )

    def _named(self, name: str, model: type[Model], row: Row) -> object:
        parts, _, transforms, _ = _parsed(model, name)
        values = list(self.reach(model, row, parts))
        return _transformed(values[0], transforms) if values else None

    def reach(self, model: type[Model], row: Row, parts: Iterable[str]) -> Iterator[object]:
        """Yield the values at the end of a path of field names: one, or as many as the to-many relations lead to."""
        first, *rest = parts
        if not rest and first in row:
            yield row[first]
            return
        field = find_field(model, first)
        if field is None:
            yield row[key_name(model) if first == "pk" else first]
        elif isinstance(field, Field) and not field.many_to_many and not rest:
            yield row[field.attname]
        else:
            for target, related in self.related(model, row, first):
                yield from self.reach(target, related, rest or ["pk"])

    def related(self, model: type[Model], row: Row, name: str) -> Iterator[tuple[type[Model], Row]]:
        """Yield the rows that a relation of a row leads to, each with its model."""
        relation = find_field(model, name)
        assert relation is not None
        target = target_model(relation)
        rows = self.tables.of(target).rows
        if relation.many_to_many:
            yield from ((target, rows[key]) for key in self.linked_keys(model, row, name))
            return
        if isinstance(relation, ForeignObjectRel):
            reference = cast("AnyField", relation.field)
            near, far = target_column(reference).attname, reference.attname
        else:
            near, far = relation.attname, target_column(relation).attname
        value = row[near]
        if far == key_name(target):
            if value in rows:
                yield target, rows[value]
        elif value is not None:
            yield from ((target, each) for each in tuple(rows.values()) if each[far] == value)

    def linked_keys(self, model: type[Model], row: Row, name: str) -> list[object]:
        """Return the keys that a many-to-many relation of a row links it with."""
        relation = find_field(model, name)
        assert relation is not None
        through, near, far = through_of(relation)
        key = row[key_name(model)]
        return [link[far] for link in self.tables.of(through).values() if link[near] == key]

    def _right(self, right: object, model: type[Model], row: Row, field: AnyField, converted: bool) -> object:
        if hasattr(right, "resolve_expression"):
            return self.value(right, model, row)
        if isinstance(right, Model):
            right = right.pk
        if not converted:
            return right
        if isinstance(right, list | tuple | set | frozenset) and not isinstance(field, JSONField):
            return [_comparable(field, each) for each in right]
        return _comparable(field, right)


def _parsed(model: type[Model], path: str) -> Parsed:
    """Return the names of the fields on a path, the column at its end, the transforms of its values, and the lookup."""
    known = _paths.setdefault(model, {})
    if path not in known:
        known[path] = _parse(model, path)
    return known[path]


def _parse(model: type[Model], path: str) -> Parsed:
    names = path.split(LOOKUP_SEP)
    parts: list[str] = []
    current: type[Model] | None = model
    field: Relation | None = None
    while names and current is not None:
        found = _named_field(current, names[0])
        if found is None:
            break
        # "recipe_id" is a column; "recipe" may lead on.
        leads_on = found.is_relation and names[0] == found.name
        parts.append(names.pop(0))
        field, current = found, target_model(found) if leads_on else None
    transforms = []
    while names and names[0] in TRANSFORMS:
        transforms.append(names.pop(0))
    if field is None or len(names) > 1:
        raise NotInMemory(f"Memory cannot follow {path!r} on {model.__name__}.")
    return parts, column_of(field), transforms, names[0] if names else "exact"


def _comparable(field: AnyField, value: object) -> object:
    # Databases compare a column with a decimal as it is, and round what they store.
    return value if isinstance(value, Decimal) and isinstance(field, DecimalField) else stored(field, value)


def _compared(lookup: str, left: object, right: object, negated: bool) -> bool | None:
    if left is None:
        return False if negated else None
    if right is None:
        return False if negated else None
    return LOOKUPS[lookup](left, right)


def _transformed(value: object, transforms: Iterable[str]) -> object:
    for name in transforms:
        value = None if value is None else TRANSFORMS[name](value)
    return value


def _combined(connector: str, left: object, right: object) -> object:
    if left is None or right is None:
        return None
    operations: dict[str, Callable[[], object]] = {
        "+": lambda: left + right,  # type: ignore[operator]
        "-": lambda: left - right,  # type: ignore[operator]
        "*": lambda: left * right,  # type: ignore[operator]
    }
    if connector not in operations:
        raise NotInMemory(f"The operator {connector!r} in an expression is one that memory cannot evaluate.")
    return operations[connector]()


def _all_of(results: Iterable[bool | None]) -> bool | None:
    found = list(results)
    if False in found:
        return False
    return None if None in found else True


def _any_of(results: Iterable[bool | None]) -> bool | None:
    return _not(_all_of(_not(each) for each in results))


def _not(result: bool | None) -> bool | None:
    return None if result is None else not result


def _named_field(model: type[Model], name: str) -> Relation | None:
    if name == "pk":
        return model._meta.pk
    attributes = {field.attname: field for field in model._meta.concrete_fields}
    return find_field(model, name) or attributes.get(name)
