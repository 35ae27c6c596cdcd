"""Filters and orders of lists."""

from collections.abc import Iterator
from dataclasses import dataclass

from django_layers.scaffold.language.annotations import filter_type
from django_layers.scaffold.language.derived import Filter, default_order, filters
from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.names import database_name, snake_case
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, IndexColumn
from django_layers.scaffold.rendering.views.references import ReferenceView

__all__ = ["FilterView", "IndexView", "filter_views", "index_views"]

# Columns that no database indexes without being told how much of them.
_NOT_INDEXED = frozenset({"text", "json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterView:
    """A filter of lists.

    Attributes:
        name: its name in queries, "stars_min".
        field: the field.
        annotation: its type, without `| None`.
        lookup: the lookup that it stands for, "stars__gte"; empty where the name itself says it.
        kind: "equal", "gte", "lte", "icontains" or "many".
    """

    name: str
    field: FieldSpec
    annotation: Expression
    lookup: str
    kind: str


@dataclass(frozen=True, slots=True)
class IndexView:
    """An index of the model.

    Attributes:
        columns: the names of its columns, "-created_at" where descending.
        name: its name in the database.
    """

    columns: tuple[str, ...]
    name: str


def filter_views(entity: EntitySpec, references: dict[str, ReferenceView]) -> tuple[FilterView, ...]:
    """Return the filters of lists of an entity, in the order of its fields.

    Args:
        entity: the entity.
        references: the views of its references, by the names of their fields.
    """
    return tuple(_filter_view(entity, row, references.get(row.field.name)) for row in filters(entity))


def _filter_view(entity: EntitySpec, row: Filter, reference: ReferenceView | None) -> FilterView:
    annotation = reference.request_key if reference else filter_type(entity, row.field)
    if reference is not None and reference.many:
        kind = "many"
    else:
        kind = row.lookup.rpartition("__")[2] if row.lookup != row.name else "equal"
    lookup = row.lookup if row.lookup != row.name else ""
    return FilterView(name=row.name, field=row.field, annotation=annotation, lookup=lookup, kind=kind)


def index_views(entity: EntitySpec, owner: str) -> tuple[IndexView, ...]:
    """Return the indexes of an entity: that of its default order first.

    Args:
        entity: the entity.
        owner: the field that holds the owner of private rows; empty where rows are not private.
    """
    prefix = entity.app_label, snake_case(entity.name)
    found = list(_order_index(entity, owner))
    wanted = [(IndexColumn(field.name),) for field in entity.fields if field.index and not field.unique]
    for columns in dict.fromkeys([*wanted, *entity.indexes]):
        words = (f"{column.name}_desc" if column.descending else column.name for column in columns)
        found.append(IndexView(tuple(map(_column, columns)), database_name(*prefix, *words, "index")))
    return tuple(found)


def _order_index(entity: EntitySpec, owner: str) -> Iterator[IndexView]:
    order = default_order(entity)
    types = {field.name: field.type for field in entity.fields}
    if any(types.get(column.name) in _NOT_INDEXED for column in order):
        return
    columns = [*([owner] if owner else []), *(_column(column) for column in order)]
    if order[-1].name != "id":
        columns.append(_column(IndexColumn("id", descending=order[-1].descending)))
    if columns == ["id"] or columns == ["-id"]:
        return
    suffix = "order" if entity.order else "newest" if entity.timestamps else "order"
    yield IndexView(tuple(columns), database_name(entity.app_label, snake_case(entity.name), suffix))


def _column(column: IndexColumn) -> str:
    return f"-{column.name}" if column.descending else column.name
