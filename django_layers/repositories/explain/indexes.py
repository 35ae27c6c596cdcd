"""The indexes of a model, and which of them serves a condition or an order, by the rule of the prefix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from django.db.models import F, Index, IntegerField, Model, UniqueConstraint
from django.db.models.expressions import OrderBy

from django_layers.repositories.fields import find_field, names_in
from django_layers.repositories.ordering import Term

__all__ = ["IndexColumn", "TableIndex", "indexes_of", "matched_terms", "serving"]


@dataclass(frozen=True)
class IndexColumn:
    """A column of an index.

    Attributes:
        name: the column's attribute, `user_id` for `user`.
        descending: whether the greatest comes first.
        nulls_last: where NULL is; None for where the database has it unless told.
    """

    name: str
    descending: bool = False
    nulls_last: bool | None = None

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True, kw_only=True)
class TableIndex:
    """An index of a table.

    Attributes:
        says: what it is, and its name where it has one.
        columns: its columns, in order.
        is_partial: whether it holds only some of the rows, and so serves no condition but its own.
    """

    says: str
    columns: tuple[IndexColumn, ...]
    is_partial: bool = False

    def __str__(self) -> str:
        return f"{self.says} ({', '.join(map(str, self.columns))})"


def indexes_of(model: type[Model]) -> tuple[TableIndex, ...]:
    """Return the indexes that Django makes for the table of a model.

    Those that a migration makes by SQL of its own are not among them, nor those of expressions other than columns.
    """
    return tuple(index for index in _indexes(model) if index.columns and not index.is_partial)


def serving(
    indexes: Sequence[TableIndex], equal: str, terms: Sequence[Term] = (), vendor: str = ""
) -> tuple[TableIndex | None, int]:
    """Return the index that finds the rows with a value in a column, and how many terms of an order it has them in.

    Args:
        indexes: of the table.
        equal: the column.
        terms: the order of the rows that were found.
        vendor: of the database.
    """
    found = [index for index in indexes if index.columns[0].name == equal]
    ranked = [(matched_terms(_rest(index), terms, vendor), index) for index in found]
    if not ranked:
        return None, 0
    matched, index = max(ranked, key=lambda each: (each[0], -len(each[1].columns)))
    return index, matched


def matched_terms(index: TableIndex, terms: Sequence[Term], vendor: str) -> int:
    """Return how many of the first terms of an order are the order of an index, read forwards or backwards.

    Args:
        index: the index.
        terms: the order.
        vendor: of the database: where it has NULL unless told, and whether its indexes end with the key.
    """
    return max(_matched(index, terms, vendor, backwards) for backwards in (False, True))


def _rest(index: TableIndex) -> TableIndex:
    return replace(index, columns=index.columns[1:])


def _matched(index: TableIndex, terms: Sequence[Term], vendor: str, backwards: bool) -> int:
    matched = 0
    columns = [*index.columns, *_implied(terms, index, vendor)]
    for column, term in zip(columns, terms, strict=False):
        nulls_last = column.nulls_last
        if nulls_last is None:
            nulls_last = not column.descending if vendor == "postgresql" else column.descending
        wanted = term.nullable and not term.nulls_first
        misplaced = term.nullable and (nulls_last is backwards) is wanted
        if column.name != term.lookup or (column.descending is backwards) is term.descending or misplaced:
            break
        matched += 1
    return matched


def _implied(terms: Sequence[Term], index: TableIndex, vendor: str) -> Iterator[IndexColumn]:
    """Give the key that the indexes of some databases end with by themselves."""
    last = terms[-1] if terms else None
    has_it = last is None or any(column.name == last.lookup for column in index.columns)
    is_key = last is not None and last.field is not None and last.field.primary_key
    if has_it or last is None or not is_key:
        return
    # SQLite's indexes end with the number of the row, which a key of another type is not.
    if vendor == "mysql" or (vendor == "sqlite" and isinstance(last.field, IntegerField)):
        yield IndexColumn(last.lookup)


def _indexes(model: type[Model]) -> Iterator[TableIndex]:
    meta = model._meta
    for field in meta.concrete_fields:
        if field.primary_key:
            yield TableIndex(says="primary key", columns=(IndexColumn(field.attname),))
        elif field.unique:
            yield TableIndex(says="unique", columns=(IndexColumn(field.attname),))
        elif getattr(field, "db_index", False):
            says = "reference" if field.is_relation else "db_index"
            yield TableIndex(says=says, columns=(IndexColumn(field.attname),))
    for names in meta.unique_together:
        yield TableIndex(says="unique together", columns=_columns(model, names))
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            columns = _columns(model, constraint.fields) or _expressed(model, constraint.expressions)
            partial = constraint.condition is not None
            yield TableIndex(says=f"unique {constraint.name}", columns=columns, is_partial=partial)
    for index in meta.indexes:
        # Other kinds, such as GinIndex, are for lookups of their own.
        if type(index) is Index:
            yield TableIndex(
                says=f"index {index.name}",
                columns=_ordered(model, index.fields_orders) or _expressed(model, index.expressions),
                is_partial=index.condition is not None,
            )


def _columns(model: type[Model], names: Sequence[str]) -> tuple[IndexColumn, ...]:
    return tuple(IndexColumn(_attribute(model, name)) for name in names)


def _ordered(model: type[Model], names: Sequence[tuple[str, str]]) -> tuple[IndexColumn, ...]:
    return tuple(IndexColumn(_attribute(model, name), bool(direction)) for name, direction in names)


def _expressed(model: type[Model], expressions: Sequence[object]) -> tuple[IndexColumn, ...]:
    """Return the columns of an index of expressions, as far as they are columns."""
    columns: list[IndexColumn] = []
    for expression in expressions:
        order = expression if isinstance(expression, OrderBy) else OrderBy(cast("F", expression))
        names = names_in(order.expression)
        if not isinstance(order.expression, F) or not names:
            break
        nulls_last = None if not (order.nulls_first or order.nulls_last) else bool(order.nulls_last)
        columns.append(IndexColumn(_attribute(model, names[0]), order.descending, nulls_last))
    return tuple(columns)


def _attribute(model: type[Model], name: str) -> str:
    return str(getattr(find_field(model, name), "attname", name))
