"""The condition of what comes after a position: one range of an index wherever that can be."""

from __future__ import annotations

from itertools import product as every
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Model

from django_layers.repositories.ordering import Order, Term
from django_layers.repositories.paging import after, ordered, stretches
from tests.repositories import rows
from tests.shop.models import Category, Product, Review

pytestmark = pytest.mark.django_db

VENDORS = ("", "sqlite", "postgresql", "mysql")


def order_of(model: type[Model], *names: str) -> Order:
    """Return an order of columns."""
    terms = []
    for name in names:
        field = model._meta.get_field(name.removeprefix("-"))
        assert not field.is_relation or field.concrete
        terms.append(
            Term(
                lookup=name.removeprefix("-"),
                descending=name.startswith("-"),
                nullable=field.null,  # type: ignore[arg-type]
                field=field,  # type: ignore[arg-type]
            )
        )
    return Order(name="", terms=tuple(terms))


def keys(rows: Any) -> list[Any]:
    return list(rows.values_list("pk", flat=True))


@pytest.fixture
def categories() -> None:
    """Store categories with many equal values, and many without one."""
    parents = [None, rows.category("top", position=1), rows.category("other")]
    for number, (parent, position) in enumerate(every(parents, [None, 1, 1, 2])):
        rows.category(f"{number:02}", parent=parent, position=position)


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(
    "names",
    [
        ("name", "id"),
        ("-name", "-id"),
        ("position", "id"),
        ("-position", "-id"),
        ("position", "-id"),
        ("position", "parent_id", "id"),
        ("parent_id", "-position", "name", "id"),
        ("-parent_id", "-position", "-name", "-id"),
        ("-parent_id", "position", "id"),
    ],
    ids=" ".join,
)
def test_what_comes_after_each_row_is_the_rest(
    categories: None, names: tuple[str, ...], mirrored: bool, vendor: str
) -> None:
    order = order_of(Category, *names)
    order = order.mirrored() if mirrored else order
    listed = keys(ordered(Category.objects.all(), order))
    lookups = [term.lookup for term in order.terms]
    for number, row in enumerate(ordered(Category.objects.all(), order).values_list(*lookups)):
        rest = Category.objects.filter(after(order, row, vendor))
        assert keys(ordered(rest, order)) == listed[number + 1 :]
        parts = [keys(stretch.of(Category.objects.all(), vendor)) for stretch in stretches(order, row)]
        assert [key for part in parts for key in part] == listed[number + 1 :]


def test_nothing_is_sorted_by_whether_it_is_null_after_the_first_page(categories: None) -> None:
    order = order_of(Category, "position", "id")
    filled, empty = stretches(order, (1, 5))
    assert filled.order.terms[0].expression.nulls_last is None
    assert [term.lookup for term in empty.order.terms] == ["id"]
    (rest,) = stretches(order, (None, 5))
    assert (rest.null, rest.position) == (("position", True), (5,))
    (back,) = stretches(order.mirrored(), (1, 5))
    assert (back.null, back.position) == (None, (1, 5))
    assert len(list(stretches(order.mirrored(), (None, 5)))) == 2
    assert len(list(stretches(order, None))) == 1


@pytest.mark.skipif(connection.vendor not in {"sqlite", "postgresql"}, reason="The others have no use for row values.")
def test_columns_in_one_direction_are_compared_as_a_row() -> None:
    order = order_of(Product, "-created_at", "-id")
    sql = str(Product.objects.filter(after(order, (rows.product().created_at, 7), connection.vendor)).query)
    assert '("shop_product"."created_at", "shop_product"."id") < (' in sql
    assert " OR " not in sql


def test_columns_in_both_directions_begin_at_one_side() -> None:
    order = order_of(Review, "-stars", "id")
    sql = str(Review.objects.filter(after(order, (3, 7), connection.vendor)).query).replace("`", '"')
    assert '"shop_review"."stars" <= 3 AND (' in sql


def test_a_row_of_columns_of_other_tables_is_compared_too() -> None:
    kind, other = rows.category("a"), rows.category("b")
    for number, category in enumerate((kind, kind, other)):
        rows.product(str(number), category=category)
    path = Category._meta.get_field("name")
    order = Order(
        name="",
        terms=(
            Term(lookup="category__name", descending=False, nullable=False, field=path),
            Term(lookup="id", descending=False, nullable=False, field=Product._meta.pk),
        ),
    )
    listed = list(Product.objects.order_by(F("category__name"), "id").values_list("category__name", "id"))
    for number, position in enumerate(listed):
        rest = ordered(Product.objects.filter(after(order, position, connection.vendor)), order)
        assert keys(rest) == [key for _, key in listed[number + 1 :]]
