"""Putting together what is said about a repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db import connections

from django_layers.conf import layers_settings
from django_layers.repositories.compiled import Compiled
from django_layers.repositories.explain.explanation import BuiltDTO, Explanation, FilterUse, OrderUse
from django_layers.repositories.explain.finding import name_of
from django_layers.repositories.explain.planning import planned_indexes
from django_layers.repositories.explain.reads import AnyRepository, Reads
from django_layers.repositories.explain.samples import sample_for
from django_layers.repositories.explain.uses import filter_use, order_use
from django_layers.repositories.explain.writes import Writes
from django_layers.repositories.filtering import Filter
from django_layers.repositories.placeholder import NotPreparable
from django_layers.repositories.prepared.eligibility import has_plain_managers, overrides
from django_layers.repositories.prepared.inspection import check_declared
from django_layers.repositories.projection import Projection
from django_layers.repositories.projection.hydration import tiers_of
from django_layers.repositories.projection.plan import Nested

__all__ = ["explain"]


def explain(repository: AnyRepository, *, using: str = "default", analyze: bool = False) -> Explanation:
    """Return what a repository does; no row is read or written.

    Args:
        repository: its class.
        using: the alias of the database that the SQL is for.
        analyze: whether to ask the database how it would run the reads, and which indexes it would take.

    Raises:
        DeclarationError: what the class declares does not fit its model.
    """
    reads = Reads(repository, using, planned=analyze)
    compiled, model = reads.compiled, reads.compiled.declaration.model
    return Explanation(
        repository=name_of(repository),
        model=model._meta.label,
        table=model._meta.db_table,
        owner=compiled.owner_column or "",
        database=using,
        vendor=connections[using].vendor,
        builds=tuple(_builds(compiled.projection)),
        prepared=_prepared(repository, compiled),
        operations=(*reads.operations(), *Writes(reads).operations()),
        filters=tuple(_filters(reads)),
        orders=tuple(_orders(reads)),
    )


def _builds(projection: Projection) -> Iterator[BuiltDTO]:
    paths = dict(_paths(projection, ""))
    for nested, tier in tiers_of(projection):
        yield BuiltDTO(path=paths[id(nested)], schema=nested.schema.__name__, tier=tier.value)


def _paths(projection: Projection, path: str) -> Iterator[tuple[int, str]]:
    yield from _nested_paths(projection.root, path)


def _nested_paths(nested: Nested, path: str) -> Iterator[tuple[int, str]]:
    yield id(nested), path
    for inner in nested.nested:
        yield from _nested_paths(inner, f"{path}.{inner.name}".lstrip("."))
    for collection in nested.collections:
        if collection.projection is not None:
            yield from _paths(collection.projection, f"{path}.{collection.name}".lstrip("."))


def _prepared(repository: AnyRepository, compiled: Compiled) -> str:
    model = compiled.declaration.model
    if not layers_settings.prepared_queries:
        return 'no: DJANGO_LAYERS["PREPARED_QUERIES"] is False'
    if overrides(repository):
        return f"no: {repository.__name__} says itself what is queried, which may be something else each time"
    if not has_plain_managers(model):
        return f"no: {model._meta.label} has a manager that says itself what is queried"
    try:
        check_declared(compiled.declaration.expressions.values())
    except NotPreparable:
        return "no: the SQL of its expressions may be another each time"
    return "yes: the SQL of each question is compiled once and kept"


def _filters(reads: Reads) -> Iterator[FilterUse]:
    vendor = connections[reads.using].vendor
    for each in reads.compiled.filters:
        found = filter_use(each, reads.order(), vendor)
        if reads.planned:
            rows = reads.page({each.name: _asked(each)})
            found = replace(found, use=replace(found.use, planned=planned_indexes(rows, vendor)))
        yield found


def _asked(each: Filter) -> object:
    first = each.comparisons[0]
    return sample_for(first.column, (*first.parts, first.how))


def _orders(reads: Reads) -> Iterator[OrderUse]:
    vendor = connections[reads.using].vendor
    orders = dict(reads.compiled.orders)
    default = reads.compiled.default_order
    for each in orders.values() if orders else (default,):
        found = order_use(reads.compiled, each, vendor)
        if reads.planned:
            rows = reads.page(order=each)
            found = replace(found, use=replace(found.use, planned=planned_indexes(rows, vendor)))
        yield found
