"""Filters and orders of products, each said twice: as a lookup, and as a computation over objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from hypothesis import strategies as st

from tests.shop.models import Product
from tests.shop.types import ProductStatus

__all__ = ["FILTERS", "ORDERS", "ListFilter", "sorted_by"]

Value: TypeAlias = object

LETTERS = "abc"
texts = st.text(LETTERS, min_size=1, max_size=2)
keys = st.integers(1, 6)
prices = st.integers(0, 4).map(Decimal)


@dataclass(frozen=True)
class ListFilter:
    """A filter.

    Attributes:
        lookup: what it asks the database.
        annotation: of its values.
        values: what it is given.
        keeps: whether it keeps a product, by a value; keys in values are numbers of rows in the order they were made.
        is_number: whether the value is such a number, to be turned into the key of a tag.
    """

    lookup: str
    annotation: object
    values: st.SearchStrategy[Value]
    keeps: Callable[[Product, Value], bool]
    is_number: bool = False


def _category(product: Product) -> str | None:
    return product.category.name if product.category else None


def _parent(product: Product) -> str | None:
    parent = product.category.parent if product.category else None
    return parent.name if parent else None


FILTERS: dict[str, ListFilter] = {
    "name": ListFilter("name", str, texts, lambda product, value: product.name == value),
    "names": ListFilter(
        "name__in",
        tuple[str, ...],
        st.lists(texts, max_size=3).map(tuple),
        lambda product, value: product.name in value,
    ),
    "text": ListFilter("name__icontains", str, texts, lambda product, value: str(value) in product.name),
    "starts": ListFilter("name__startswith", str, texts, lambda product, value: product.name.startswith(str(value))),
    "status": ListFilter(
        "status", ProductStatus, st.sampled_from(ProductStatus), lambda product, value: product.status == value
    ),
    "price_min": ListFilter("price__gte", Decimal, prices, lambda product, value: product.price >= value),
    "price_max": ListFilter("price__lt", Decimal, prices, lambda product, value: product.price < value),
    "orphan": ListFilter(
        "category__isnull", bool, st.booleans(), lambda product, value: (product.category_id is None) == value
    ),
    "category_name": ListFilter("category__name", str, texts, lambda product, value: _category(product) == value),
    "parent_name": ListFilter("category__parent__name", str, texts, lambda product, value: _parent(product) == value),
    "weight_max": ListFilter(
        "details__weight__lte",
        int,
        st.integers(0, 4),
        lambda product, value: hasattr(product, "details") and product.details.weight <= value,
    ),
    "tag_id": ListFilter(
        "tags", int, keys, lambda product, value: product.tags.filter(pk=value).exists(), is_number=True
    ),
    "stars_min": ListFilter(
        "reviews__stars__gte",
        int,
        st.integers(1, 5),
        lambda product, value: any(review.stars >= value for review in product.reviews.all()),
    ),
    "supplier_name": ListFilter(
        "suppliers__name__contains",
        str,
        texts,
        lambda product, value: any(str(value) in supplier.name for supplier in product.suppliers.all()),
    ),
}


def _position(product: Product) -> int | None:
    return product.category.position if product.category else None


TERMS: dict[str, Callable[[Product], object]] = {
    "id": lambda product: product.pk,
    "name": lambda product: product.name,
    "price": lambda product: product.price,
    "status": lambda product: str(product.status),
    "category__name": _category,
    "category__position": _position,
    "details__weight": lambda product: product.details.weight if hasattr(product, "details") else None,
}

ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "-price": ("-price",),
    "mixed": ("status", "-price", "name"),
    "position": ("category__position", "-price"),
    "-position": ("-category__position", "-category__name"),
    "weight": ("-details__weight", "price"),
}


def sorted_by(products: list[Product], terms: tuple[str, ...]) -> list[Product]:
    """Return products in an order: NULL last in both directions, the key last of all."""
    for term in reversed((*terms, "-id" if terms[-1].startswith("-") else "id")):
        value = TERMS[term.removeprefix("-")]
        known = [product for product in products if value(product) is not None]
        unknown = [product for product in products if value(product) is None]
        # Stable: what was sorted by a later term stays so among equals.
        products = sorted(known, key=value, reverse=term.startswith("-")) + unknown
    return products
