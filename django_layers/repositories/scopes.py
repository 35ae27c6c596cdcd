"""Row scopes: which rows of a model there are, now, for whoever reads or writes them through a repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TypeAlias, TypeVar, cast

from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

from django_layers.repositories.declaration import DeclarationError
from django_layers.repositories.fields import follow
from django_layers.repositories.placeholder import NotPreparable, Placeholder

__all__ = [
    "Scope",
    "any_scope",
    "as_said",
    "condition_of",
    "has_scope",
    "in_scope",
    "is_plain",
    "prefixed",
    "row_scope",
    "scope_of",
]

Scope: TypeAlias = Callable[[], Q]
ModelT = TypeVar("ModelT", bound=Model)
ScopeT = TypeVar("ScopeT", bound=Scope)

_scopes: dict[type[Model], Scope] = {}
_said: ContextVar[Mapping[type[Model], Q] | None] = ContextVar("said", default=None)


def row_scope(model: type[Model]) -> Callable[[ScopeT], ScopeT]:
    """Register which rows of a model there are, as a decorator of a function that returns a condition.

    The function is asked at each query, so it can look at what holds now, the tenant of a request for one::

        @row_scope(Document)
        def documents_of_the_tenant() -> Q:
            return Q(tenant_id=current_tenant.get(), deleted_at=None)

    Every repository keeps to it: with its own rows, read and fetched to be written, with the rows that it joins, and
    with the rows of lists inside of DTOs. A row that is not there is None at the end of a reference that may be None;
    where the reference may not, the row that refers to it is left out as well. The scope of a model holds for those that
    inherit from it too, so one of an abstract model holds for all of its tables.

    Queries of other code, and files and constraints, know nothing of it: a unique value is taken by a row that is out
    of scope as well.

    Args:
        model: the model. It must be registered before rows are read: beside the models, or in `AppConfig.ready`.

    Raises:
        DeclarationError: the model has a scope already.
    """

    def register(scope: ScopeT) -> ScopeT:
        if model in _scopes:
            raise DeclarationError(
                f"{model._meta.label} has a row scope already, {_scopes[model].__module__}.{_scopes[model].__name__}. "
                "Say in that one what is to hold."
            )
        _scopes[model] = scope
        return scope

    return register


def any_scope() -> bool:
    """Return whether a scope is registered at all."""
    return bool(_scopes)


def has_scope(model: type[Model]) -> bool:
    """Return whether there is a scope for the rows of a model, its own or one of a model that it inherits from."""
    return not _scopes.keys().isdisjoint(model.__mro__)


def scope_of(model: type[Model]) -> Q:
    """Return the condition that the rows of a model meet that there are, now; an empty one where that is all.

    Raises:
        DeclarationError: a scope returned something else than a condition.
        NotPreparable: of this model nothing was said in `as_said`.
    """
    said_before = _said.get()
    if said_before is not None and has_scope(model):
        if model not in said_before:
            raise NotPreparable
        return said_before[model]
    condition = Q()
    for each in model.__mro__:
        scope = _scopes.get(each)
        if scope is None:
            continue
        said = scope()
        if not isinstance(said, Q):
            raise DeclarationError(
                f"The row scope of {each._meta.label}, {scope.__module__}.{scope.__name__}, returned a "
                f"{type(said).__name__}; it must return a Q, an empty one for all rows."
            )
        condition &= said
    return condition


@contextmanager
def as_said(conditions: Mapping[type[Model], Q]) -> Iterator[None]:
    """Let scopes be what was said already, for a query that is compiled with placeholders in the place of values.

    Args:
        conditions: of each model that has a scope and is asked about.
    """
    token = _said.set(conditions)
    try:
        yield
    finally:
        _said.reset(token)


def in_scope(queryset: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """Return the rows of a query that are there, now."""
    condition = condition_of(queryset.model, "", queryset.db)
    return queryset.filter(condition) if condition else queryset


def condition_of(model: type[Model], path: str, using: str) -> Q:
    """Return the condition that rows meet at the end of a path, seen from the model where the path begins.

    Args:
        model: the model at the end.
        path: the relations that lead there, none of them to many rows; empty for the model itself.
        using: the alias of the database.
    """
    condition = scope_of(model)
    if not condition:
        return condition
    if is_plain(model, condition):
        return prefixed(condition, path)
    # Seen from elsewhere an expression would mean something else, and a relation to many rows would repeat rows.
    rows = model._base_manager.using(using).filter(condition)
    return Q(**{f"{path}__in": rows}) if path else Q(pk__in=rows.values("pk"))


def is_plain(model: type[Model], condition: Q) -> bool:
    """Return whether a condition compares columns with values, through no relation to many rows."""
    for child in condition.children:
        if isinstance(child, Q):
            if not is_plain(model, child):
                return False
        elif not isinstance(child, tuple) or _is_expression(child[1]) or _to_many(model, child[0]):
            return False
    return True


def _is_expression(value: object) -> bool:
    return hasattr(value, "resolve_expression") and not isinstance(value, Placeholder)


def prefixed(condition: Q, path: str) -> Q:
    """Return a plain condition as it is seen from the beginning of a path."""
    if not path:
        return condition
    moved = [
        prefixed(child, path) if isinstance(child, Q) else (f"{path}{LOOKUP_SEP}{child[0]}", child[1])
        for child in cast("list[Q | tuple[str, object]]", condition.children)
    ]
    return Q(*moved, _connector=condition.connector, _negated=condition.negated)


@cache
def _to_many(model: type[Model], lookup: str) -> bool:
    return follow(model, lookup).to_many
