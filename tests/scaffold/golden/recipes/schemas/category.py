"""What goes into and comes out of categories."""

import datetime as dt
from typing import Annotated, Literal

from django_layers.schemas import (
    Int64,
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)
from pydantic import MISSING, Field

Name = Annotated[str, Field(min_length=1, max_length=50)]
TagIds = Annotated[tuple[Int64, ...], Field(max_length=100)]
GroupIds = Annotated[tuple[Int64, ...], Field(max_length=100)]


class CategoryCreate(RequestSchema):
    """What a caller sends to create a category."""

    name: Name
    parent_id: Int64 | None = None
    tag_ids: TagIds = ()
    group_ids: GroupIds = ()


class CategoryUpdate(UpdateSchema):
    """What a caller sends to change a category; a field left out keeps its value."""

    name: Name | MISSING = MISSING
    parent_id: Int64 | MISSING | None = MISSING
    tag_ids: TagIds | MISSING = MISSING
    group_ids: GroupIds | MISSING = MISSING


class CategoryParent(ResponseSchema):
    """What a category shows of its parent."""

    id: int
    name: str


class CategoryTag(ResponseSchema):
    """What a category shows of its tags."""

    id: int
    name: str


class CategoryRead(ResponseSchema):
    """What callers get back."""

    id: int
    name: str
    parent_id: int | None
    parent: CategoryParent | None
    tag_ids: tuple[int, ...]
    tags: tuple[CategoryTag, ...]
    group_ids: tuple[int, ...]
    manual: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class CategoryInsert(InternalSchema):
    """What the service hands to the repository to store."""

    name: str
    parent_id: int | None
    tag_ids: tuple[int, ...]
    group_ids: tuple[int, ...]


class CategoryChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    name: str | MISSING = MISSING
    parent_id: int | MISSING | None = MISSING
    tag_ids: tuple[int, ...] | MISSING = MISSING
    group_ids: tuple[int, ...] | MISSING = MISSING


class CategoryQuery(PageQuery):
    """Filters, order and page of a list of categories."""

    name: str | None = None
    parent_id: Int64 | None = None
    tag_id: Int64 | None = None
    group_id: Int64 | None = None
    order_by: Literal["default", "created_at", "-created_at", "name", "-name"] = (
        "default"
    )
