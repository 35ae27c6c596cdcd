"""What goes into and comes out of details."""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from django_layers.schemas import Int32, InternalSchema, PageQuery, RequestSchema, ResponseSchema, UpdateSchema

Weight = Annotated[Int32, Field(ge=0)]


class DetailsCreate(RequestSchema):
    """What a caller sends to create details."""

    product_id: int
    weight: Weight
    origin: Annotated[str, Field(max_length=50)] = ""


class DetailsUpdate(UpdateSchema):
    """What a caller sends to change details; a field left out keeps its value."""

    weight: Weight | MISSING = MISSING
    origin: Annotated[str, Field(max_length=50)] | MISSING = MISSING


class DetailsProduct(ResponseSchema):
    """What details show of their product."""

    id: int
    name: str


class DetailsRead(ResponseSchema):
    """What callers get back."""

    id: int
    product_id: int
    product: DetailsProduct
    weight: int
    origin: str


class DetailsInsert(InternalSchema):
    """What the service hands to the repository to store."""

    product_id: int
    weight: int
    origin: str


class DetailsChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    weight: int | MISSING = MISSING
    origin: str | MISSING = MISSING


class DetailsQuery(PageQuery):
    """Filters, order and page of a list of details."""

    product_id: int | None = None
    order_by: Literal["id", "-id"] = "id"
