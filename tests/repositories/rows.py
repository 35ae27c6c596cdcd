"""Rows of the shop for the tests of repositories, made without the code under test."""

from decimal import Decimal
from itertools import count

from django.contrib.auth.models import User

from tests.shop.models import Category, Product, Review, Tag

_numbers = count(1)


def category(name: str = "", parent: Category | None = None, position: int | None = None) -> Category:
    """Store a category."""
    return Category.objects.create(name=name or f"category {next(_numbers)}", parent=parent, position=position)


def tag(name: str = "") -> Tag:
    """Store a tag."""
    return Tag.objects.create(name=name or f"tag {next(_numbers)}")


def product(name: str = "product", *, tags: tuple[Tag, ...] = (), price: int = 1, **columns: object) -> Product:
    """Store a product with its tags."""
    columns = {"sku": f"sku {next(_numbers)}", **columns}
    stored = Product.objects.create(name=name, price=Decimal(price), **columns)
    stored.tags.set(tags)
    return stored


def user(name: str = "") -> User:
    """Store a user."""
    return User.objects.create(username=name or f"user {next(_numbers)}")


def review(of: Product, by: User, stars: int = 3) -> Review:
    """Store a review."""
    return Review.objects.create(product=of, user=by, stars=stars)
