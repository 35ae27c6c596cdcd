"""From the fields of a query schema to conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from pydantic import MISSING, BaseModel

from django_layers.repositories.comparisons import Comparison, comparison_on
from django_layers.repositories.declaration import Declaration, DeclarationError, Problems
from django_layers.repositories.fields import did_you_mean
from django_layers.repositories.filter_types import misfit
from django_layers.schemas import PageQuery

__all__ = ["Filter", "asked_values", "asking", "compile_filters", "filtered", "models_behind"]

ModelT = TypeVar("ModelT", bound=Model)
QueryT = TypeVar("QueryT", bound=BaseModel)

NO_FILTERS = frozenset(PageQuery.model_fields) | {"order_by"}
"""The fields of a query that say which page, not which rows."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter of a list.

    Attributes:
        name: the field of the query schema.
        comparisons: what its value is compared with; rows meet any of them.
    """

    name: str
    comparisons: tuple[Comparison, ...]

    def said_of(self, value: object, using: str) -> Q:
        """Return the condition of the rows that a value asks for."""
        said = Q()
        for each in self.comparisons:
            said |= each.said_of(value, using)
        return said


@dataclass(frozen=True)
class _OutOfReach:
    """A value that some database cannot compare with its column, so that it is no parameter of a query."""

    value: object


def compile_filters(declaration: Declaration) -> tuple[Filter, ...]:
    """Return the filters of a repository.

    Raises:
        DeclarationError: a field of the query schema is neither a field of the model nor named in `filters`, or its
            annotation does not fit what it is compared with, or `filters` names a field that the query schema does not
            have, or a lookup that does not exist.
    """
    problems = Problems()
    filters: list[Filter] = []
    names = [name for name in declaration.query.model_fields if name not in NO_FILTERS]
    for name in names:
        with problems:
            filters.append(_filter(declaration, name))
    for name in declaration.filters:
        with problems:
            if name not in names:
                raise DeclarationError(
                    f"{declaration.name}.filters: {declaration.query.__name__} has no filter {name!r}."
                    f"{did_you_mean(name, names)}"
                )
    problems.raise_any()
    return tuple(filters)


def _filter(declaration: Declaration, name: str) -> Filter:
    where = f"{declaration.query.__name__}.{name}"
    declared = declaration.filters.get(name, name)
    lookups = (declared,) if isinstance(declared, str) else tuple(declared)
    if not lookups:
        raise DeclarationError(f"{declaration.name}.filters: {name!r} names no lookup. Name one, or several.")
    comparisons = tuple(_comparison(declaration, where, name, lookup) for lookup in lookups)
    problems = Problems()
    for each in comparisons:
        with problems:
            problem = misfit(declaration.query.model_fields[name].annotation, each)
            if problem:
                raise DeclarationError(f"{where}: {problem}")
    problems.raise_any()
    return Filter(name=name, comparisons=comparisons)


def _comparison(declaration: Declaration, where: str, name: str, lookup: str) -> Comparison:
    if lookup.split(LOOKUP_SEP)[0] in declaration.expressions:
        _, *rest = lookup.split(LOOKUP_SEP)
        return Comparison(model=declaration.model, lookup=lookup, path=lookup, how=rest[-1] if rest else "exact")
    try:
        return comparison_on(declaration.model, lookup)
    except DeclarationError as error:
        raise DeclarationError(
            f"{where}: {error} Say what it asks for in `filters` of {declaration.name}: "
            f'`filters = {{"{name}": "field__lookup"}}`.'
        ) from None


def filtered(queryset: QuerySet[ModelT], filters: tuple[Filter, ...], query: BaseModel) -> QuerySet[ModelT]:
    """Return the rows that a query asks for; a filter that is None or missing is not asked for.

    A condition on a relation with many rows is a subquery, so that no row is found twice.
    """
    for each in filters:
        value = getattr(query, each.name)
        if value is None or value is MISSING:
            continue
        value = value.value if isinstance(value, _OutOfReach) else value
        queryset = queryset.filter(each.said_of(value, queryset.db))
    return queryset


def asked_values(filters: tuple[Filter, ...], query: BaseModel, using: str) -> tuple[object, ...]:
    """Return what a query asks for with each filter; None where it does not.

    Args:
        filters: the filters.
        query: the query.
        using: the alias of the database.
    """
    return tuple(_asked(each, getattr(query, each.name), using) for each in filters)


def _asked(asked: Filter, value: object, using: str) -> object:
    if value is None or value is MISSING:
        return None
    return value if all(each.reaches(value, using) for each in asked.comparisons) else _OutOfReach(value)


def asking(filters: tuple[Filter, ...], query: QueryT, values: Sequence[object]) -> QueryT:
    """Return a query that asks for other values: for one of each filter, or None."""
    return query.model_copy(update={each.name: value for each, value in zip(filters, values, strict=True)})


def models_behind(filters: tuple[Filter, ...]) -> Iterator[type[Model]]:
    """Give the model of each row that the filters ask about, besides the rows of the list."""
    for each in filters:
        for comparison in each.comparisons:
            yield from (model for _, model in comparison.through)
