"""What is worked out of a repository class once: how it reads, filters, orders and writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakKeyDictionary

from pydantic import BaseModel

from django_layers.repositories.declaration import Declaration, DeclarationError, Problems
from django_layers.repositories.fields import AnyField, did_you_mean, find_field, names_of
from django_layers.repositories.filtering import Filter, compile_filters, models_behind
from django_layers.repositories.ordering import Order, compile_orders, default_order
from django_layers.repositories.prepared import Preparing
from django_layers.repositories.projection import Projection, compile_projection, joined_models
from django_layers.repositories.projection.expressions import independent, output_fields
from django_layers.repositories.unscoped import refuse_unscoped
from django_layers.repositories.writing import Writer, compile_writer

if TYPE_CHECKING:
    from django_layers.repositories.base import RepositoryBase

    AnyRepository: TypeAlias = RepositoryBase[Any, Any, Any, Any, Any]

__all__ = ["Compiled", "compiled", "projection_of"]


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """What is worked out of a repository class.

    Attributes:
        declaration: what the class declares.
        projection: how a row becomes the read schema.
        filters: what a query can filter by.
        orders: what a query can order by, by name.
        default_order: the order of a query that names none.
        writer: what stores rows.
        owner_column: the column that says whose a row is; None where rows are nobody's.
        prepared: the queries that were compiled before.
    """

    declaration: Declaration
    projection: Projection
    filters: tuple[Filter, ...]
    orders: Mapping[str, Order]
    default_order: Order
    writer: Writer
    owner_column: str | None
    prepared: Preparing


# By repository class; weak, so that a class that a test makes goes with the test.
_compiled: WeakKeyDictionary[type[Any], Compiled] = WeakKeyDictionary()
_projections: WeakKeyDictionary[type[Any], dict[tuple[type[BaseModel], frozenset[str]], Projection]] = (
    WeakKeyDictionary()
)


def compiled(repository: type[AnyRepository]) -> Compiled:
    """Return what is worked out of a repository class; needs the app registry to be ready.

    Raises:
        DeclarationError: what the class declares does not fit its model; all problems are named.
    """
    found = _compiled.get(repository)
    if found is None:
        found = _compiled[repository] = _compile(repository)
    return found


def _compile(repository: type[AnyRepository]) -> Compiled:
    declaration = declared = repository.declaration()
    parts: dict[str, Any] = {}
    problems = Problems()
    with problems:
        declaration = replace(declaration, expressions=independent(declaration.model, declaration.expressions))
    for name, compile_part in {
        "projection": _read_projection,
        "filters": compile_filters,
        "orders": compile_orders,
        "default_order": default_order,
        "writer": compile_writer,
        "owner_column": _owner_column,
    }.items():
        with problems:
            parts[name] = compile_part(declaration)
    problems.raise_any()
    refuse_unscoped(declared, parts["orders"], parts["default_order"])
    expressions = declaration.expressions.values()
    prepared = Preparing(
        [declaration.model],
        joined=(*joined_models(parts["projection"]), *models_behind(parts["filters"])),
        expressions=expressions,
        repository=repository,
    )
    return Compiled(declaration=declaration, prepared=prepared, **parts)


def projection_of(repository: type[AnyRepository], schema: type[BaseModel], annotations: frozenset[str]) -> Projection:
    """Return how a row becomes a schema, which need not be the repository's own.

    Args:
        repository: the repository class.
        schema: the DTO.
        annotations: the names of what a QuerySet brings along besides the columns.
    """
    if not annotations and schema is compiled(repository).declaration.read:
        return compiled(repository).projection
    known = _projections.setdefault(repository, {})
    if (schema, annotations) not in known:
        declaration = compiled(repository).declaration
        known[schema, annotations] = compile_projection(
            declaration.model,
            schema,
            id_lists=declaration.id_lists,
            computed={**dict.fromkeys(annotations), **output_fields(declaration.model, declaration.expressions)},
        )
    return known[schema, annotations]


def _read_projection(declaration: Declaration) -> Projection:
    computed: dict[str, AnyField | None] = dict.fromkeys(declaration.expressions)
    problems = Problems()
    with problems:
        computed.update(output_fields(declaration.model, declaration.expressions))
    with problems:
        projection = compile_projection(
            declaration.model, declaration.read, id_lists=declaration.id_lists, computed=computed
        )
    problems.raise_any()
    return projection


def _owner_column(declaration: Declaration) -> str | None:
    owner = declaration.owner
    if owner is None:
        return None
    field = find_field(declaration.model, owner)
    if field is None or not (field.many_to_one or field.one_to_one) or not field.concrete:
        raise DeclarationError(
            f"{declaration.name}.owner is {owner!r}, which is not a reference of {declaration.model._meta.label}."
            f"{did_you_mean(owner, names_of(declaration.model))}"
        )
    return str(field.attname)
