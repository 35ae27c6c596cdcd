"""What a schema may ask of each table of the shop; nothing here uses the code under test."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Max, Model
from django.db.models.expressions import BaseExpression

from tests.shop.models import Category, Details, Product, Review, Supplier, Supply, Tag
from tests.shop.types import ProductStatus

__all__ = ["TABLES", "Table", "value_of"]


@dataclass(frozen=True)
class Table:
    """The parts of a table.

    Attributes:
        columns: the annotation of each column.
        to_one: the table at the end of each reference, and whether there may be none.
        to_many: the table of each relation with many rows.
        id_lists: the relation of each list of keys.
        expressions: what the database works out, and the annotation of it.
    """

    columns: dict[str, object]
    to_one: dict[str, tuple[type[Model], bool]] = field(default_factory=dict)
    to_many: dict[str, type[Model]] = field(default_factory=dict)
    id_lists: dict[str, str] = field(default_factory=dict)
    expressions: dict[str, tuple[BaseExpression, object]] = field(default_factory=dict)


TABLES: dict[type[Model], Table] = {
    Category: Table(
        columns={"id": int, "name": str, "parent_id": int | None, "position": int | None},
        to_one={"parent": (Category, True)},
        to_many={"categories": Category, "products": Product},
        expressions={"product_count": (Count("products", distinct=True), int)},
    ),
    Details: Table(
        columns={"id": int, "product_id": int, "weight": int, "origin": str},
        to_one={"product": (Product, False)},
    ),
    Product: Table(
        columns={
            "id": int,
            "sku": str,
            "name": str,
            "price": Decimal,
            "status": ProductStatus,
            "category_id": int | None,
            "created_at": datetime,
        },
        to_one={"category": (Category, True), "details": (Details, True)},
        to_many={"tags": Tag, "suppliers": Supplier, "supplies": Supply, "reviews": Review},
        id_lists={"tag_ids": "tags", "supplier_ids": "suppliers"},
        expressions={
            "review_count": (Count("reviews", distinct=True), int),
            "most_stars": (Max("reviews__stars"), int | None),
        },
    ),
    Review: Table(
        columns={"id": int, "product_id": int, "stars": int, "comment": str},
        to_one={"product": (Product, False)},
    ),
    Supplier: Table(
        columns={"id": int, "name": str},
        to_many={"products": Product, "supplies": Supply},
    ),
    Supply: Table(
        columns={"id": int, "days": int},
        to_one={"supplier": (Supplier, False), "product": (Product, False)},
    ),
    Tag: Table(columns={"id": int, "name": str}, to_many={"products": Product}),
}


def value_of(row: Model, name: str) -> object:
    """Return what a row has for an expression or a list of keys, computed row by row."""
    table = TABLES[type(row)]
    if name in table.id_lists:
        return [each.pk for each in getattr(row, table.id_lists[name]).order_by("pk")]
    if name == "product_count":
        return len(row.products.all())
    stars = [review.stars for review in row.reviews.all()]
    return len(stars) if name == "review_count" else max(stars, default=None)
