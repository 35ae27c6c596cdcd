"""From `order_by` of a query to a total order: no two rows are equal in it, and NULL has its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args, get_origin

from django.db.models import BinaryField, Field, JSONField
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import F, OrderBy
from pydantic import BaseModel

from django_layers.repositories.declaration import Declaration, DeclarationError, Problems
from django_layers.repositories.fields import AnyField, follow, key_name, target_field

__all__ = ["Order", "Term", "compile_orders", "default_order", "order_of"]


@dataclass(frozen=True, kw_only=True)
class Term:
    """One thing to order by.

    Attributes:
        lookup: what, as a lookup from the model.
        descending: whether the greatest comes first.
        nullable: whether it may be NULL; NULL comes last in both directions, on every database.
        field: the field at the end of the lookup; None where that is worked out by the database.
        nulls_first: whether NULL comes first instead: where a list is read from its end.
    """

    lookup: str
    descending: bool
    nullable: bool
    field: AnyField | None
    nulls_first: bool = False

    @property
    def expression(self) -> OrderBy:
        """The term as Django orders by it."""
        # Only where it is needed: an index serves a plain order, not one that moves NULL.
        return OrderBy(
            F(self.lookup),
            descending=self.descending,
            nulls_first=(self.nullable and self.nulls_first) or None,
            nulls_last=(self.nullable and not self.nulls_first) or None,
        )

    def mirrored(self) -> Term:
        """Return the term with everything the other way round."""
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)


@dataclass(frozen=True, kw_only=True)
class Order:
    """A total order of the rows of a model.

    Attributes:
        name: what a query calls it.
        terms: what to order by, the primary key at the end.
    """

    name: str
    terms: tuple[Term, ...]

    def mirrored(self) -> Order:
        """Return the order that begins where this one ends."""
        return replace(self, terms=tuple(term.mirrored() for term in self.terms))


def compile_orders(declaration: Declaration) -> dict[str, Order]:
    """Return the orders that a repository's query schema lets callers ask for, by name.

    Raises:
        DeclarationError: one of them is neither a field of the model nor named in `orders`, or a row may stand in it
            several times.
    """
    problems = Problems()
    orders: dict[str, Order] = {}
    for name in _names(declaration.query):
        with problems:
            orders[name] = order_of(declaration, name)
    problems.raise_any()
    return orders


def default_order(declaration: Declaration) -> Order:
    """Return the order of lists whose query names none: the model's own, or the order of the keys."""
    names = [name for name in declaration.model._meta.ordering or () if isinstance(name, str)]
    return _order(declaration, "", tuple(names) or ("pk",))


def order_of(declaration: Declaration, name: str) -> Order:
    """Return the order that has this name: a field, with a minus for the greatest first, or one of `orders`.

    Raises:
        DeclarationError: there is no such field, or it cannot be ordered by.
    """
    return _order(declaration, name, declaration.orders.get(name, (name,)))


def _order(declaration: Declaration, name: str, lookups: tuple[str, ...]) -> Order:
    terms: list[Term] = []
    for lookup in lookups:
        plain = lookup.removeprefix("-")
        plain = key_name(declaration.model) if plain == "pk" else plain
        terms.append(_term(declaration, name, plain, descending=lookup.startswith("-")))
    key = key_name(declaration.model)
    if all(term.lookup != key for term in terms):
        # In the direction of the last term, so that one index on both serves the order both ways.
        terms.append(_term(declaration, name, key, descending=terms[-1].descending))
    return Order(name=name, terms=tuple(terms))


def _term(declaration: Declaration, name: str, lookup: str, *, descending: bool) -> Term:
    where = f"{declaration.query.__name__}.order_by: {name!r}"
    if lookup.split(LOOKUP_SEP)[0] in declaration.expressions:
        return Term(lookup=lookup, descending=descending, nullable=True, field=None)
    try:
        path = follow(declaration.model, lookup)
    except DeclarationError as error:
        raise DeclarationError(
            f"{where}: {error} Say what it orders by in `orders` of {declaration.name}: "
            f'`orders = {{"{name}": ("field", "-other")}}`.'
        ) from None
    if path.to_many:
        raise DeclarationError(
            f"{where} goes through a relation with many rows, where one row would stand several times. "
            f"Order by an expression of {declaration.name} instead, such as a count."
        )
    if path.rest or not isinstance(path.field, Field) or isinstance(path.field, JSONField | BinaryField):
        raise DeclarationError(f"{where}: {lookup!r} is no column that can be ordered by. Name a plain column.")
    return Term(lookup=lookup, descending=descending, nullable=path.nullable, field=target_field(path.field))


def _names(query: type[BaseModel]) -> list[str]:
    info = query.model_fields.get("order_by")
    if info is None:
        return []
    names = list(_literals(info.annotation))
    if isinstance(info.default, str) and info.default not in names:
        names.append(info.default)
    return names


def _literals(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (value for value in get_args(annotation) if isinstance(value, str))
        return
    for argument in get_args(annotation):
        yield from _literals(argument)
