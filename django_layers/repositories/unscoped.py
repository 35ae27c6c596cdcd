"""What a repository declares that looks at rows of other tables, whether they are in scope or not: it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import BaseExpression, RawSQL
from django.db.models.sql import Query
from django.db.models.sql.datastructures import BaseTable, Join
from django.db.models.sql.where import WhereNode

from django_layers.repositories.declaration import Declaration, DeclarationError, Problems
from django_layers.repositories.fields import did_you_mean, models_behind
from django_layers.repositories.ordering import Order
from django_layers.repositories.scopes import any_scope, has_scope

__all__ = ["refuse_unscoped"]


def refuse_unscoped(declaration: Declaration, orders: Mapping[str, Order], default_order: Order) -> None:
    """Refuse each expression and each order that can tell of rows which their model's scope hides.

    A scope is asked at each query, and what is declared stands before any of them.

    Args:
        declaration: what a repository declares.
        orders: what its lists can be ordered by, by name.
        default_order: the order of lists that name none.

    Raises:
        DeclarationError: there is one that `unscoped` does not name, or `unscoped` names something else.
    """
    terms = [term for order in (*orders.values(), default_order) for term in order.terms if term.field is not None]
    lookups = dict.fromkeys(term.lookup for term in terms)
    told: dict[str, list[type[Model] | None]] = {
        **{name: _of_expression(declaration, name) for name in declaration.expressions},
        # Of a reference itself nothing is looked at but its key, which is a column of the row's own.
        **{each: [*models_behind(declaration.model, each.rpartition(LOOKUP_SEP)[0])] for each in lookups},
    }
    problems = Problems()
    for name in declaration.unscoped:
        with problems:
            if name not in told:
                raise DeclarationError(
                    f"{declaration.name}.unscoped names {name!r}, which is neither one of its `expressions` nor a lookup "
                    f"of its orders.{did_you_mean(name, list(told))}"
                )
    for name, looked_at in told.items():
        hidden = [_named(each) for each in dict.fromkeys(looked_at) if each is None or has_scope(each)]
        with problems:
            if hidden and name not in declaration.unscoped:
                raise DeclarationError(_refusal(declaration, name, hidden))
    problems.raise_any()


def _refusal(declaration: Declaration, name: str, hidden: list[str]) -> str:
    rows = " and of ".join(hidden)
    if name in declaration.expressions:
        what = f"{declaration.name}.expressions[{name!r}] is worked out of all rows of {rows}"
        way_out = "Leave it to a method of the repository, which can say what is in scope."
    else:
        what = (
            f"{declaration.query.__name__}.order_by: {name!r} orders by rows of {rows}, and a cursor tells what it "
            "ordered by"
        )
        way_out = "Order by a column of the model's own."
    return (
        f"{what}; a row scope hides some of them. {way_out} Where it narrows them itself, or nobody may be kept from "
        f"them, say so: `unscoped = ({name!r},)`."
    )


def _named(model: type[Model] | None) -> str:
    return model._meta.label if model is not None else "whatever its SQL names"


def _of_expression(declaration: Declaration, name: str) -> list[type[Model] | None]:
    """Return the models of whose rows an expression can tell; None stands for those that raw SQL names."""
    if not any_scope():
        return []
    # What cannot be worked out at all is told by the one who asks for its type.
    with suppress(FieldError, ValueError):
        query = declaration.model._base_manager.annotate(**{name: declaration.expressions[name]}).query
        by_table = {each._meta.db_table: each for each in apps.get_models(include_auto_created=True)}
        parts = list(_parts(query.annotations[name]))
        tables = [*_tables(query, inner=False)]
        tables += [table for part in parts if isinstance(part, Query) for table in _tables(part, inner=True)]
        found: list[type[Model] | None] = [by_table[table] for table in tables if table in by_table]
        return [*found, None] if any(isinstance(part, RawSQL) for part in parts) else found
    return []


def _tables(query: Query, *, inner: bool) -> Iterator[str]:
    """Give the table of each row that a query looks at, besides that of the row which is asked about.

    A join that is not carried out is of a row that another one refers to, and that there is one is told as well.
    """
    for table in query.alias_map.values():
        if isinstance(table, BaseTable) and not isinstance(table, Join):
            if inner:
                yield table.table_name
        elif query.alias_refcount.get(str(table.table_alias)) or not _is_own_reference(query, table):
            yield table.table_name


def _is_own_reference(query: Query, join: Any) -> bool:
    return not isinstance(query.alias_map[join.parent_alias], Join)


def _parts(node: object) -> Iterator[object]:
    """Give an expression and everything in it, queries inside of it included."""
    yield node
    inner: Iterable[object] = ()
    if isinstance(node, Query):
        inner = (node.where, *node.select, *node.annotations.values(), *node.combined_queries)
    elif isinstance(node, WhereNode):
        inner = node.children
    elif isinstance(node, BaseExpression):
        inner = node.get_source_expressions()
    for each in inner:
        yield from _parts(each)
