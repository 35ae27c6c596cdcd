"""What goes into and comes out of ingredients."""

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

Name = Annotated[str, Field(min_length=1, max_length=100)]


class IngredientCreate(RequestSchema):
    """What a caller sends to create an ingredient."""

    name: Name


class IngredientUpdate(UpdateSchema):
    """What a caller sends to change an ingredient; a field left out keeps its value."""

    name: Name | MISSING = MISSING


class IngredientRead(ResponseSchema):
    """What callers get back."""

    id: int
    name: str
    created_at: dt.datetime
    updated_at: dt.datetime


class IngredientInsert(InternalSchema):
    """What the service hands to the repository to store."""

    name: str


class IngredientChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    name: str | MISSING = MISSING


class IngredientQuery(PageQuery):
    """Filters, order and page of a list of ingredients."""

    name: str | None = None
    order_by: Literal["created_at", "-created_at", "name", "-name"] = "-created_at"
