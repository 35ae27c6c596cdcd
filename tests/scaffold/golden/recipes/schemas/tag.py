"""What goes into and comes out of tags."""

import datetime as dt
from typing import Annotated, Literal

from django_layers.schemas import (
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)
from pydantic import MISSING, Field

Name = Annotated[str, Field(min_length=1, max_length=50)]


class TagCreate(RequestSchema):
    """What a caller sends to create a tag."""

    name: Name


class TagUpdate(UpdateSchema):
    """What a caller sends to change a tag; a field left out keeps its value."""

    name: Name | MISSING = MISSING


class TagCorrect(RequestSchema):
    """What a caller sends to correct a tag."""

    name: Name


class TagRead(ResponseSchema):
    """What callers get back."""

    id: int
    name: str
    created_at: dt.datetime
    updated_at: dt.datetime


class TagInsert(InternalSchema):
    """What the service hands to the repository to store."""

    name: str


class TagChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    name: str | MISSING = MISSING


class TagQuery(PageQuery):
    """Filters, order and page of a list of tags."""

    name: str | None = None
    name_contains: str | None = None
    order_by: Literal["created_at", "-created_at", "name", "-name"] = "-created_at"
