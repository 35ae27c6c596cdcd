"""The comparisons of a query whose values change from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import AutoField, BigAutoField, Field, Lookup, SmallAutoField
from django.db.models.expressions import ColPairs
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn, RelatedLookupMixin
from django.db.models.lookups import (
    BuiltinLookup,
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IntegerFieldExact,
    IntegerFieldOverflow,
    IntegerGreaterThan,
    IntegerGreaterThanOrEqual,
    IntegerLessThan,
    IntegerLessThanOrEqual,
    LessThan,
    LessThanOrEqual,
    PatternLookup,
)
from django.db.models.sql.compiler import SQLCompiler

from django_layers.repositories.fields import target_field
from django_layers.repositories.placeholder import Placeholder
from django_layers.repositories.prepared.arrays import array_of

if TYPE_CHECKING:
    AnyLookup = Lookup[Any]
else:
    # Generic for type checkers only.
    AnyLookup = Lookup

__all__ = ["Leaf", "Slot", "mark_of"]

Bound: TypeAlias = "tuple[str, Sequence[object]]"
"""SQL and its parameters."""

_MARK: Final = "\0"
_NO_COMPILER: Final = cast("SQLCompiler", None)

# What has been checked already when it comes from a column of the same type, such as the keys of the rows of a page.
_EQUALITY: Final[set[type]] = {Exact, In, IntegerFieldExact, RelatedExact, RelatedIn}
_UNCHANGED: Final[dict[type, type]] = {AutoField: int, BigAutoField: int, SmallAutoField: int}

# A value that is compared so is taken for one of the column's type.
_COMPARING: Final[set[type]] = {
    *_EQUALITY,
    *(GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual),
    *(IntegerGreaterThan, IntegerGreaterThanOrEqual, IntegerLessThan, IntegerLessThanOrEqual),
}

# Of these it is known that they are made of two independent parts: "column operator" and "value".
_PLAIN_SQL: Final = {BuiltinLookup.as_sql, Exact.as_sql, In.as_sql, RelatedIn.as_sql, RelatedLookupMixin.as_sql}
_PLAIN_VALUE: Final[set[object]] = {
    Lookup.process_rhs,
    Exact.process_rhs,
    In.process_rhs,
    IntegerFieldOverflow.process_rhs,
    PatternLookup.process_rhs,
}


class Leaf:
    """A comparison with a value that is bound anew in every run, by the lookup's own code.

    What such a comparison is made of beside the value is compiled once. Comparisons that are not known to be made so
    are compiled again in every run, which is still little of a query.

    Attributes:
        slot: which of the values is compared.
        is_typed: whether a database knows the type of the value from what it is compared with.
    """

    def __init__(self, lookup: AnyLookup, slot: int, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> None:
        self.slot = slot
        self._kind = type(lookup)
        self._lhs = lookup.lhs
        self._query = compiler.query
        self._lowest, self._highest = _range(lookup, connection)
        self._as_it_is = _as_it_is(lookup)
        self._plain = _is_plain(lookup, connection)
        self._array = array_of(lookup, connection) if self._plain else None
        self.is_typed = False
        if self._plain:
            sql, params = lookup.process_lhs(compiler, connection)
            before, after = lookup.get_rhs_op(connection, _MARK).split(_MARK)  # type: ignore[attr-defined]
            self._column, self._before, self._after = sql, f"{sql} {before}", after
            self._params = tuple(params)
            self.is_typed = not self._params and _is_comparing(lookup)

    def bind(self, value: object, connection: BaseDatabaseWrapper, *, at_once: bool = True) -> Bound:
        """Return the comparison with a value.

        Args:
            value: the value, or a list of them.
            connection: where it will be run.
            at_once: whether a list may be one parameter; otherwise the SQL is that of the ORM.

        Raises:
            EmptyResultSet: nothing compares so; databases fail at a number that no row of theirs can have.
            FullResultSet: everything does.
        """
        if self._lowest is not None and not self._holds(value):
            raise EmptyResultSet
        array = self._array.literal(value) if self._array and at_once else None
        if self._array and array is not None:
            return f"{self._column} {self._array.sql}", (*self._params, array)
        if self._plain and self._as_it_is is not None:
            params = _unchanged(value, self._as_it_is)
            if params:
                sql = "%s" if params[0] is value else f"({', '.join(['%s'] * len(params))})"
                return f"{self._before}{sql}{self._after}", (*self._params, *params)
        lookup = self._kind(self._lhs, value)
        if self._plain:
            sql, params = lookup.process_rhs(_NO_COMPILER, connection)
            return f"{self._before}{sql}{self._after}", (*self._params, *params) if self._params else params
        # A compiler of its own: that of the first run belongs to another thread, perhaps.
        sql, params = self._query.get_compiler(connection=connection).compile(lookup)
        return sql, params

    def _holds(self, value: object) -> bool:
        if isinstance(value, int):
            return bool(self._lowest <= value <= self._highest)
        if not isinstance(value, list | tuple | set | frozenset):
            return True
        if set(map(type, value)) == {int}:
            return bool(self._lowest <= min(value) and max(value) <= self._highest)
        return all(map(self._holds, value))


def _range(lookup: AnyLookup, connection: BaseDatabaseWrapper) -> tuple[Any, Any]:
    """Return the least and the greatest number that a compared column can hold; None where it is no whole number."""
    field = getattr(lookup.lhs, "output_field", None)
    kind = target_field(field).get_internal_type() if isinstance(field, Field) else ""
    if kind not in BaseDatabaseOperations.integer_field_ranges:
        return None, None
    lowest, highest = connection.ops.integer_field_range(kind)
    return (-inf if lowest is None else lowest), (inf if highest is None else highest)


def _as_it_is(lookup: AnyLookup) -> type | None:
    """Return the type of the values that are bound unchanged, as keys are; None where Django works on all of them."""
    field = getattr(lookup.lhs, "output_field", None)
    if type(lookup) not in _EQUALITY or not isinstance(field, Field):
        return None
    return _UNCHANGED.get(type(target_field(field)))


def _is_comparing(lookup: AnyLookup) -> bool:
    """Return whether a value is compared with one of a type of Django's own, and nothing is done with it before."""
    field = getattr(lookup.lhs, "output_field", None)
    return (
        type(lookup) in _COMPARING
        and isinstance(field, Field)
        and type(target_field(field)).__module__.startswith("django.db.models.")
    )


def _unchanged(value: object, kind: type) -> Sequence[object]:
    """Return the parameters of a value, or of a list of different ones, that are of a type exactly; else nothing."""
    if type(value) is kind:
        return (value,)
    if isinstance(value, list | tuple) and set(map(type, value)) == {kind}:
        return tuple(dict.fromkeys(value))
    return ()


def _is_plain(lookup: AnyLookup, connection: BaseDatabaseWrapper) -> bool:
    kind = type(lookup)
    return (
        kind.__module__.startswith("django.db.models.")
        and kind.as_sql in _PLAIN_SQL
        and kind.process_rhs in _PLAIN_VALUE
        and not hasattr(kind, f"as_{connection.vendor}")
        and not lookup.bilateral_transforms
        and not isinstance(lookup.lhs, ColPairs)
        and connection.ops.max_in_list_size() is None
    )


class Slot(AnyLookup):
    """Stands for a comparison with a placeholder while a query is compiled, and leaves a mark in its SQL.

    Django may copy it and change what it compares, such as the name of the table, until it is compiled.

    Args:
        lookup: the comparison.
        values: the values of the first run.
        leaves: where it is put when it is compiled; its place in there is in its mark.
    """

    lookup_name = "prepared"
    prepare_rhs = False

    def __init__(self, lookup: AnyLookup, values: Sequence[object], leaves: list[Leaf]) -> None:
        placeholder = cast("Placeholder", lookup.rhs)
        super().__init__(lookup.lhs, placeholder)
        self._kind = type(lookup)
        self._slot = placeholder.slot
        self._values = values
        self._leaves = leaves

    def get_source_expressions(self) -> list[Any]:
        """Return the compared column alone, as a comparison with a value does."""
        return [self.lhs]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[str | int]]:  # type: ignore[override]
        """Return the mark of the comparison, as SQL and as its only parameter."""
        first = self._kind(self.lhs, self._values[self._slot])
        mark = mark_of(len(self._leaves))
        self._leaves.append(Leaf(first, self._slot, compiler, connection))
        return mark, [mark]


def mark_of(index: int) -> str:
    """Return what stands for a comparison in SQL; no name can contain it."""
    return f"{_MARK}{index}{_MARK}"
