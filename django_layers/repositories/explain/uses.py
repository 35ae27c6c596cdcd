"""Which index serves each filter and each order of a repository."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from django.db.models import BooleanField, Field, Model
from django.db.models.constants import LOOKUP_SEP

from django_layers.repositories.comparisons import Comparison
from django_layers.repositories.compiled import Compiled
from django_layers.repositories.explain.explanation import FilterUse, IndexUse, OrderUse
from django_layers.repositories.explain.indexes import TableIndex, indexes_of, matched_terms, serving
from django_layers.repositories.fields import find_field
from django_layers.repositories.filtering import Filter
from django_layers.repositories.ordering import Order, Term
from django_layers.repositories.projection.relations import source_of

__all__ = ["filter_use", "order_use"]

FULL: Final = "full"
PARTLY: Final = "partly"
NONE: Final = "none"

_FOUND_BY_INDEX: Final = frozenset({"exact", "in", "isnull", "gt", "gte", "lt", "lte", "range"})
_EQUALITIES: Final = frozenset({"exact", "isnull"})


def filter_use(each: Filter, order: Order, vendor: str) -> FilterUse:
    """Return what serves a filter.

    Args:
        each: the filter.
        order: the order of a list that asks for none.
        vendor: of the database.
    """
    uses = [_comparison_use(comparison, order, vendor) for comparison in each.comparisons]
    worst = next((use for use in uses if use.serves == NONE), uses[0])
    if len(uses) > 1 and worst.serves != NONE:
        worst = replace(worst, index="; ".join(dict.fromkeys(use.index for use in uses)))
    return FilterUse(name=each.name, lookups=tuple(comparison.lookup for comparison in each.comparisons), use=worst)


def order_use(compiled: Compiled, order: Order, vendor: str) -> OrderUse:
    """Return what serves an order, among the rows of one owner where rows have owners.

    Args:
        compiled: what is worked out of the repository.
        order: the order.
        vendor: of the database.
    """
    terms = tuple(f"-{term.lookup}" if term.descending else term.lookup for term in order.terms)
    return OrderUse(name=order.name, terms=terms, use=_order_use(compiled, order, vendor))


def _order_use(compiled: Compiled, order: Order, vendor: str) -> IndexUse:
    model, owner = compiled.declaration.model, compiled.owner_column
    for term in order.terms:
        if term.field is None:
            return _none(f"{term.lookup} is worked out for each row, and all rows are sorted.")
        if LOOKUP_SEP in term.lookup:
            return _none(f"{term.lookup} is a column of another table: all rows are joined, and sorted.")
    indexes = indexes_of(model)
    if owner is None:
        ranked = [(matched_terms(index, order.terms, vendor), index) for index in indexes]
        matched, index = max(ranked, key=lambda each: each[0])
        found: TableIndex | None = index if matched else None
    else:
        found, matched = serving(indexes, owner, order.terms, vendor)
    if found is not None and matched == len(order.terms):
        says = "finds the rows of the owner in this order." if owner else "has the rows in this order."
        return IndexUse(serves=FULL, index=str(found), says=says)
    moved = [term.lookup for term in order.terms if term.nullable]
    way_out = f"{_suggestion(model, owner, order.terms)}" if not moved else _nulls(moved, vendor)
    if found is None:
        return _none(f"all rows are sorted. {way_out}")
    if not matched:
        return IndexUse(
            serves=PARTLY, index=str(found), says=f"finds the rows of the owner, all of them are sorted. {way_out}"
        )
    equal = ", ".join(term.lookup for term in order.terms[:matched])
    return IndexUse(serves=PARTLY, index=str(found), says=f"rows of the same {equal} are sorted. {way_out}")


def _comparison_use(comparison: Comparison, order: Order, vendor: str) -> IndexUse:
    if comparison.column is None:
        return _none("worked out for each row.")
    if comparison.how not in _FOUND_BY_INDEX:
        return _none(f"no plain index serves {comparison.how}: every row is looked at.")
    if comparison.parts and comparison.parts != ("year",):
        return _none(f"asks for the {comparison.parts[-1]} of each row. Filter by a range of the column instead.")
    model, column, is_here = _asked_column(comparison)
    terms: Sequence[Term] = order.terms if is_here and comparison.how in _EQUALITIES else ()
    index, matched = serving(indexes_of(model), column, terms, vendor)
    where = "" if is_here else f" of {model._meta.label}"
    if index is None:
        return _none(f"every row{where} is looked at. {_way_out(model, column)}")
    if terms and matched == len(terms):
        return IndexUse(serves=FULL, index=f"{index}{where}", says="finds the rows, in the order of the list.")
    return IndexUse(serves=FULL, index=f"{index}{where}", says="finds the rows.")


def _asked_column(comparison: Comparison) -> tuple[type[Model], str, bool]:
    """Return the table and the column where a database can begin to look, and whether it is the table of the list."""
    model, is_here = comparison.model, True
    names = comparison.path.split(LOOKUP_SEP)
    for place, name in enumerate(names):
        found = find_field(model, model._meta.pk.name if name == "pk" else name)
        if found is None:
            break
        is_last = place == len(names) - 1
        if isinstance(found, Field) and found.concrete and not found.many_to_many and is_last:
            return model, str(found.attname), is_here
        is_here = False
        if found.one_to_many or found.many_to_many:
            source = source_of(found)
            if is_last:
                key = source.target_lookup or source.model._meta.pk.attname
                reference = find_field(source.model, key)
                return source.model, str(getattr(reference, "attname", key)), False
        model = cast("type[Model]", found.related_model)
    return model, str(model._meta.pk.attname), is_here


def _way_out(model: type[Model], column: str) -> str:
    field = find_field(model, column)
    if isinstance(field, BooleanField):
        return "Two values tell few rows apart, so an index would help where one of them is rare."
    return f'Where there are many: models.Index(fields=["{_name(model, column)}"]).'


def _suggestion(model: type[Model], owner: str | None, terms: Sequence[Term]) -> str:
    names = [] if owner is None else [_name(model, owner)]
    # One index serves an order both ways, so both are told of the same one.
    flipped = terms[0].descending
    names += [f"{'-' if term.descending is not flipped else ''}{_name(model, term.lookup)}" for term in terms]
    listed = ", ".join(f'"{name}"' for name in names)
    return f"Where there are many: models.Index(fields=[{listed}])."


def _nulls(columns: Sequence[str], vendor: str) -> str:
    """Return why an order that may meet NULL is served by no plain index, and what would serve it."""
    says = f"NULL of {', '.join(columns)} comes last here, where plain indexes have it elsewhere."
    if vendor == "postgresql":
        return f"{says} An index of expressions can say so: F(...).desc(nulls_last=True)."
    return f"{says} Forbid NULL in the model, or live with it where rows are few."


def _name(model: type[Model], column: str) -> str:
    field = find_field(model, column)
    return str(getattr(field, "name", column))


def _none(says: str) -> IndexUse:
    return IndexUse(serves=NONE, index="", says=says)
