"""Row scopes in a projection: rows that are not there come in through no join."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.db.models import Case, F, Model, Q, QuerySet, When
from django.db.models.constants import LOOKUP_SEP

from django_layers.repositories.projection.plan import Nested, Projection
from django_layers.repositories.scopes import condition_of, has_scope

__all__ = ["Joins", "Reading", "joined_models", "joins_of", "scoped", "there_for_reads"]

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class Joins:
    """The rows that must be there for a row to be there.

    Attributes:
        models: the path to each joined row that the row cannot do without, with its model.
        optional: those that it can do without, by where their keys are selected, with what each of them cannot.
    """

    models: tuple[tuple[str, type[Model]], ...]
    optional: tuple[tuple[int, Joins], ...]


@dataclass(frozen=True)
class Reading(Generic[ModelT]):
    """A query with what is to be selected of it.

    Attributes:
        queryset: which rows.
        selected: what is selected, as lookups; in the order of the projection.
    """

    queryset: QuerySet[ModelT]
    selected: tuple[str, ...]


def scoped(projection: Projection, reading: Reading[ModelT], path: str = "") -> Reading[ModelT]:
    """Return a query that joins rows that are there only.

    Args:
        projection: what is read.
        reading: the rows, and what is selected of them.
        path: from the queried table to that of the projection.
    """
    joins = joins_of(projection.root, path)
    if joins is None:
        return reading
    using = reading.queryset.db
    condition = _condition(joins, using)
    if condition:
        reading = replace(reading, queryset=_filtered(reading.queryset, condition))
    for index, inner in _optional(joins):
        condition = _condition(inner, using)
        if condition:
            reading = _blanked(reading, index, condition)
    return reading


def there_for_reads(projection: Projection, queryset: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """Return the rows of a query that a read would give: every row that they must be joined with is there.

    Args:
        projection: what is read.
        queryset: the rows.
    """
    joins = joins_of(projection.root, "")
    condition = _condition(joins, queryset.db) if joins is not None else Q()
    return _filtered(queryset, condition) if condition else queryset


def joins_of(nested: Nested, path: str) -> Joins | None:
    """Return the joined rows of a node of a projection that a scope may hide; None where there is no such row.

    Args:
        nested: the node; the scope of its own rows is looked at where they are queried.
        path: from the queried table to its own.
    """
    joins = _joins(nested, path)
    return joins if joins.models or joins.optional else None


def joined_models(projection: Projection) -> Iterator[type[Model]]:
    """Give the model of each row that a projection joins."""
    nodes = [*projection.root.nested]
    while nodes:
        node = nodes.pop()
        yield node.model
        nodes += node.nested


def _joins(nested: Nested, path: str) -> Joins:
    models: list[tuple[str, type[Model]]] = []
    optional: list[tuple[int, Joins]] = []
    for inner in nested.nested:
        here = f"{path}{LOOKUP_SEP}{inner.name}" if path else inner.name
        own = ((here, inner.model),) if has_scope(inner.model) else ()
        below = _joins(inner, here)
        if inner.optional:
            assert inner.key_index is not None
            if own or below.models or below.optional:
                optional.append((inner.key_index, replace(below, models=(*own, *below.models))))
        else:
            models += (*own, *below.models)
            optional += below.optional
    return Joins(tuple(models), tuple(optional))


def _optional(joins: Joins) -> Iterator[tuple[int, Joins]]:
    for index, inner in joins.optional:
        yield index, inner
        yield from _optional(inner)


def _condition(joins: Joins, using: str) -> Q:
    condition = Q()
    for path, model in joins.models:
        condition &= condition_of(model, path, using)
    return condition


def _filtered(queryset: QuerySet[ModelT], condition: Q) -> QuerySet[ModelT]:
    """Return the rows that meet a condition: where the query is cut off, it is cut off after that."""
    first, last = queryset.query.low_mark, queryset.query.high_mark
    if not queryset.query.is_sliced:
        return queryset.filter(condition)
    whole = queryset.all()
    whole.query.clear_limits()
    return whole.filter(condition)[first:last]


def _blanked(reading: Reading[ModelT], index: int, condition: Q) -> Reading[ModelT]:
    """Return a query whose key at an index is NULL where the condition is not met."""
    name = f"_key_{index}"
    key = Case(When(condition, then=F(reading.selected[index])))
    selected = (*reading.selected[:index], name, *reading.selected[index + 1 :])
    return Reading(reading.queryset.annotate(**{name: key}), selected)
