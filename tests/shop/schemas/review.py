"""What goes into and comes out of reviews."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import MISSING, Field

from django_layers.schemas import Int64, InternalSchema, PageQuery, RequestSchema, ResponseSchema, UpdateSchema

Stars = Annotated[int, Field(ge=1, le=5)]


class ReviewCreate(RequestSchema):
    """What a caller sends to create a review."""

    product_id: Int64
    stars: Stars
    comment: str = ""


class ReviewUpdate(UpdateSchema):
    """What a caller sends to change a review; a field left out keeps its value."""

    stars: Stars | MISSING = MISSING
    comment: str | MISSING = MISSING


class ReviewRead(ResponseSchema):
    """What callers get back."""

    id: int
    product_id: int
    user_id: int
    stars: int
    comment: str
    created_at: datetime
    updated_at: datetime


class ReviewInsert(InternalSchema):
    """What the service hands to the repository to store."""

    product_id: int
    user_id: int
    stars: int
    comment: str


class ReviewChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    stars: int | MISSING = MISSING
    comment: str | MISSING = MISSING


class ReviewQuery(PageQuery):
    """Filters, order and page of a list of reviews."""

    product_id: int | None = None
    user_id: int | None = None
    order_by: Literal["created_at", "-created_at"] = "-created_at"
