"""What goes into and comes out of products."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import MISSING, Field

from django_layers.schemas import (
    Int64,
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)
from tests.shop.types import ProductStatus

Sku = Annotated[str, Field(min_length=1, max_length=20)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Price = Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]


class ProductCreate(RequestSchema):
    """What a caller sends to create a product."""

    sku: Sku
    name: Name
    price: Price
    status: ProductStatus = ProductStatus.DRAFT
    category_id: Int64 | None = None
    tag_ids: tuple[Int64, ...] = ()


class ProductUpdate(UpdateSchema):
    """What a caller sends to change a product; a field left out keeps its value."""

    sku: Sku | MISSING = MISSING
    name: Name | MISSING = MISSING
    price: Price | MISSING = MISSING
    status: ProductStatus | MISSING = MISSING
    category_id: Int64 | MISSING | None = MISSING
    tag_ids: tuple[Int64, ...] | MISSING = MISSING


class ProductCategory(ResponseSchema):
    """What a product shows of its category."""

    id: int
    name: str


class ProductTag(ResponseSchema):
    """What a product shows of its tags."""

    id: int
    name: str


class ProductRead(ResponseSchema):
    """What callers get back."""

    id: int
    sku: str
    name: str
    price: Decimal
    status: ProductStatus
    category_id: int | None
    category: ProductCategory | None
    tag_ids: tuple[int, ...]
    tags: tuple[ProductTag, ...]
    created_at: datetime
    updated_at: datetime


class ProductInsert(InternalSchema):
    """What the service hands to the repository to store."""

    sku: str
    name: str
    price: Decimal
    status: ProductStatus
    category_id: int | None
    tag_ids: tuple[int, ...]


class ProductChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    sku: str | MISSING = MISSING
    name: str | MISSING = MISSING
    price: Decimal | MISSING = MISSING
    status: ProductStatus | MISSING = MISSING
    category_id: int | MISSING | None = MISSING
    tag_ids: tuple[int, ...] | MISSING = MISSING


class ProductQuery(PageQuery):
    """Filters, order and page of a list of products."""

    sku: str | None = None
    status: ProductStatus | None = None
    category_id: int | None = None
    tag_id: int | None = None
    name_contains: str | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    order_by: Literal["created_at", "-created_at", "name", "-name", "price", "-price", "status", "-status"] = (
        "-created_at"
    )
