"""What a repository class declares: its model, its schemas, and the few things that its names do not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.db.models.expressions import BaseExpression
from pydantic import BaseModel

__all__ = ["Declaration", "DeclarationError", "Problems", "type_arguments"]


class DeclarationError(ImproperlyConfigured):
    """A repository class declares what cannot be.

    Attributes:
        problems: each thing that is wrong, with where it is and the way out.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What a repository class declares.

    Attributes:
        name: the name of the repository class.
        model: the table.
        read: the schema of what comes out.
        insert: the schema of a new row.
        changes: the schema of the changes of a row.
        query: the schema of the filters, the order and the page of a list.
        owner: the name of the field that says whose a row is; None where rows are nobody's.
        filters: the lookup of each filter that is not named as a field, or several of which any may hold.
        orders: the lookups of each order that is not named as a field.
        id_lists: the many-to-many field of each list of keys.
        expressions: how each field of the read schema is worked out that is no column.
        unscoped: the expressions, and the lookups of orders, that may look at rows which are out of scope.
    """

    name: str
    model: type[Model]
    read: type[BaseModel]
    insert: type[BaseModel]
    changes: type[BaseModel]
    query: type[BaseModel]
    owner: str | None
    filters: Mapping[str, str | tuple[str, ...]]
    orders: Mapping[str, tuple[str, ...]]
    id_lists: Mapping[str, str]
    expressions: Mapping[str, BaseExpression]
    unscoped: tuple[str, ...]


def type_arguments(cls: type, generic: type) -> tuple[Any, ...]:
    """Return what stands in the brackets of a generic base, also where it is the base of a base.

    Args:
        cls: a class that inherits from the generic class.
        generic: the generic class.

    Returns:
        One argument for each parameter of the generic class; a type variable where the class leaves one open.
    """
    if cls is generic:
        return tuple(getattr(generic, "__parameters__", ()))
    # `__orig_bases__` is inherited, so a class without brackets of its own would show its parent's.
    for base in cls.__dict__.get("__orig_bases__", cls.__bases__):
        origin = get_origin(base) or base
        if isinstance(origin, type) and issubclass(origin, generic):
            given: dict[Any, Any] = dict(zip(getattr(origin, "__parameters__", ()), get_args(base), strict=False))
            return tuple(given.get(argument, argument) for argument in type_arguments(origin, generic))
    raise TypeError(f"{cls.__name__} does not inherit from {generic.__name__}")


def is_open(arguments: tuple[Any, ...]) -> bool:
    """Return whether a class leaves a type variable open, as a base for others does."""
    return any(isinstance(argument, TypeVar) for argument in arguments)


def checked_arguments(name: str, arguments: tuple[Any, ...]) -> tuple[type[Model], tuple[type[BaseModel], ...]]:
    """Return the arguments of a repository class once they are what they should be.

    Raises:
        DeclarationError: the first is no model, or another is no schema.
    """
    order = "ModelRepository[Model, Read, Insert, Changes, Query]"
    model, *schemas = arguments
    if not (isinstance(model, type) and issubclass(model, Model)):
        raise DeclarationError(f"{name}: {model!r} is not a Django model. The order is {order}.")
    for schema in schemas:
        if not (isinstance(schema, type) and issubclass(schema, BaseModel)):
            raise DeclarationError(f"{name}: {schema!r} is not a Pydantic model. The order is {order}.")
    return model, tuple(schemas)


class Problems:
    """Gathers the problems of several declarations, so that all are told at once.

    Example::

        problems = Problems()
        for name in names:
            with problems:
                check(name)
        problems.raise_any()
    """

    def __init__(self) -> None:
        self._problems: list[str] = []

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> bool:
        if not isinstance(error, DeclarationError):
            return False
        self._problems.extend(error.problems)
        return True

    def raise_any(self) -> None:
        """Raise what was gathered.

        Raises:
            DeclarationError: there was something.
        """
        if self._problems:
            raise DeclarationError(*self._problems)
