"""What goes into and comes out of categories."""

from typing import Annotated, Literal

from pydantic import MISSING, Field

from django_layers.schemas import (
    Int32,
    Int64,
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)

Name = Annotated[str, Field(min_length=1, max_length=50)]


class CategoryCreate(RequestSchema):
    """What a caller sends to create a category."""

    name: Name
    parent_id: Int64 | None = None
    position: Int32 | None = None


class CategoryUpdate(UpdateSchema):
    """What a caller sends to change a category; a field left out keeps its value."""

    name: Name | MISSING = MISSING
    parent_id: Int64 | MISSING | None = MISSING
    position: Int32 | MISSING | None = MISSING


class CategoryRead(ResponseSchema):
    """What callers get back."""

    id: int
    name: str
    parent_id: int | None
    position: int | None


class CategoryInsert(InternalSchema):
    """What the service hands to the repository to store."""

    name: str
    parent_id: int | None
    position: int | None


class CategoryChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    name: str | MISSING = MISSING
    parent_id: int | MISSING | None = MISSING
    position: int | MISSING | None = MISSING


class CategoryQuery(PageQuery):
    """Filters, order and page of a list of categories."""

    name: str | None = None
    parent_id: int | None = None
    order_by: Literal["id", "-id", "name", "-name", "position", "-position"] = "id"
