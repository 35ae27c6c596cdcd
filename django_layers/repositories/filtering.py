"""From the fields of a query schema to conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db.models import Exists, ForeignObjectRel, Model, OuterRef, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from pydantic import MISSING, BaseModel

from django_layers.repositories.capacity import fits
from django_layers.repositories.declaration import Declaration, DeclarationError, Problems
from django_layers.repositories.fields import AnyField, did_you_mean, follow
from django_layers.schemas import PageQuery

__all__ = ["Filter", "asked_values", "asking", "compile_filters", "filtered"]

ModelT = TypeVar("ModelT", bound=Model)
QueryT = TypeVar("QueryT", bound=BaseModel)

NO_FILTERS = frozenset(PageQuery.model_fields) | {"order_by"}
"""The fields of a query that say which page, not which rows."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter of a list.

    Attributes:
        name: the field of the query schema.
        lookup: what it asks the database, as a lookup from the model.
        to_many: whether it asks for a row at the end of a relation with many.
        field: the field at the end of the lookup; None where that is worked out by the database.
        is_equality: whether the value is compared with the field as it is.
    """

    name: str
    lookup: str
    to_many: bool
    field: AnyField | None
    is_equality: bool


def compile_filters(declaration: Declaration) -> tuple[Filter, ...]:
    """Return the filters of a repository.

    Raises:
        DeclarationError: a field of the query schema is neither a field of the model nor named in `filters`, or
            `filters` names a field that the query schema does not have, or a lookup that does not exist.
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
    lookup = declaration.filters.get(name, name)
    if lookup.split(LOOKUP_SEP)[0] in declaration.expressions:
        return Filter(name=name, lookup=lookup, to_many=False, field=None, is_equality=False)
    try:
        path = follow(declaration.model, lookup)
    except DeclarationError as error:
        raise DeclarationError(
            f"{declaration.query.__name__}.{name}: {error} Say what it asks for in `filters` of {declaration.name}: "
            f'`filters = {{"{name}": "field__lookup"}}`.'
        ) from None
    return Filter(
        name=name,
        lookup=lookup,
        to_many=path.to_many,
        field=_compared(path.field),
        is_equality=path.rest in {(), ("exact",)},
    )


def _compared(found: AnyField | ForeignObjectRel) -> AnyField:
    """Return the column that a value is compared with: for a relation with no column here, the key at its end."""
    if found.many_to_many or isinstance(found, ForeignObjectRel):
        return cast("type[Model]", found.related_model)._meta.pk
    return found


def filtered(queryset: QuerySet[ModelT], filters: tuple[Filter, ...], query: BaseModel) -> QuerySet[ModelT]:
    """Return the rows that a query asks for; a filter that is None or missing is not asked for.

    A condition on a relation with many rows is a subquery, so that no row is found twice.
    """
    for each in filters:
        value = getattr(query, each.name)
        if value is None or value is MISSING:
            continue
        if each.field is not None and each.is_equality and not fits(each.field, value, queryset.db):
            return queryset.none()
        condition = Q(**{each.lookup: value})
        if each.to_many:
            queryset = queryset.filter(
                Exists(queryset.model._base_manager.using(queryset.db).filter(condition, pk=OuterRef("pk")))
            )
        else:
            queryset = queryset.filter(condition)
    return queryset


def asked_values(filters: tuple[Filter, ...], query: BaseModel) -> tuple[object, ...]:
    """Return what a query asks for with each filter; None where it does not."""
    values = (getattr(query, each.name) for each in filters)
    return tuple(None if value is MISSING else value for value in values)


def asking(filters: tuple[Filter, ...], query: QueryT, values: Sequence[object]) -> QueryT:
    """Return a query that asks for other values: for one of each filter, or None."""
    return query.model_copy(update={each.name: value for each, value in zip(filters, values, strict=True)})
