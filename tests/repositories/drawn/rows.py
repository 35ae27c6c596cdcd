"""Rows of the shop drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from hypothesis import strategies as st

from tests.repositories.drawn.lists import LETTERS
from tests.shop.models import Category, Details, Product, Review, Supplier, Supply, Tag
from tests.shop.types import ProductStatus

__all__ = ["Drawing", "drawings", "store"]

names = st.text(LETTERS, min_size=1, max_size=2)


@dataclass(frozen=True)
class DrawnProduct:
    """A product; other rows are said by their number."""

    name: str
    price: int
    status: ProductStatus
    category: int | None
    weight: int | None
    tags: frozenset[int]
    suppliers: frozenset[int]
    stars: tuple[int, ...]


@dataclass(frozen=True)
class Drawing:
    """The rows of a shop.

    Attributes:
        categories: the name, the number of the parent among those before, the position.
        tags: their names.
        suppliers: their names.
        products: the products.
    """

    categories: tuple[tuple[str, int | None, int | None], ...]
    tags: tuple[str, ...]
    suppliers: tuple[str, ...]
    products: tuple[DrawnProduct, ...]


@st.composite
def drawings(draw: st.DrawFn, *, least: int = 0, most: int = 8) -> Drawing:
    """Draw the rows of a shop."""
    category_names = draw(st.lists(names, unique=True, max_size=4))
    categories = tuple(
        (
            name,
            draw(st.none() | st.integers(0, number - 1)) if number else None,
            draw(st.none() | st.integers(0, 2)),
        )
        for number, name in enumerate(category_names)
    )
    tags = tuple(draw(st.lists(names, unique=True, max_size=4)))
    suppliers = tuple(draw(st.lists(names, max_size=3)))

    def one_of(many: tuple[object, ...]) -> st.SearchStrategy[int | None]:
        return st.none() | st.integers(0, len(many) - 1) if many else st.none()

    def some_of(many: tuple[object, ...]) -> st.SearchStrategy[frozenset[int]]:
        return st.frozensets(st.integers(0, len(many) - 1)) if many else st.just(frozenset())

    product = st.builds(
        DrawnProduct,
        name=names,
        price=st.integers(0, 4),
        status=st.sampled_from(ProductStatus),
        category=one_of(categories),
        weight=st.none() | st.integers(0, 4),
        tags=some_of(tags),
        suppliers=some_of(suppliers),
        stars=st.lists(st.integers(1, 5), max_size=3).map(tuple),
    )
    unique = st.lists(product, min_size=least, max_size=most, unique_by=lambda each: (each.category, each.name))
    return Drawing(categories=categories, tags=tags, suppliers=suppliers, products=tuple(draw(unique)))


def store(drawing: Drawing) -> None:
    """Store the rows of a drawing, by Django alone."""
    categories: list[Category] = []
    for name, parent, position in drawing.categories:
        above = None if parent is None else categories[parent]
        categories.append(Category.objects.create(name=name, parent=above, position=position))
    tags = [Tag.objects.create(name=name) for name in drawing.tags]
    suppliers = [Supplier.objects.create(name=name) for name in drawing.suppliers]
    users = [User.objects.create(username=f"reviewer {number}") for number in range(3)]
    for number, each in enumerate(drawing.products):
        product = Product.objects.create(
            sku=f"sku {number}",
            name=each.name,
            price=Decimal(each.price),
            status=each.status,
            category=None if each.category is None else categories[each.category],
        )
        product.tags.set([tags[tag] for tag in each.tags])
        Supply.objects.bulk_create(
            Supply(product=product, supplier=suppliers[supplier], days=number) for supplier in sorted(each.suppliers)
        )
        Review.objects.bulk_create(
            Review(product=product, user=user, stars=stars) for user, stars in zip(users, each.stars, strict=False)
        )
        if each.weight is not None:
            Details.objects.create(product=product, weight=each.weight)
