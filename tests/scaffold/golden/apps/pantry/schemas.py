"""What goes into and comes out of pantry."""

import datetime as dt
from decimal import Decimal
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

from apps.pantry.types import ItemKind
from mealgenie.actors import UserId

ShelfTitle = Annotated[str, Field(min_length=1, max_length=100)]


class ShelfCreate(RequestSchema):
    """What a caller sends to create a shelf."""

    title: ShelfTitle


class ShelfUpdate(UpdateSchema):
    """What a caller sends to change a shelf; a field left out keeps its value."""

    title: ShelfTitle | MISSING = MISSING


class ShelfRead(ResponseSchema):
    """What callers get back."""

    id: int
    title: str
    owner_id: UserId
    created_at: dt.datetime
    updated_at: dt.datetime


class ShelfInsert(InternalSchema):
    """What the service hands to the repository to store."""

    title: str
    owner_id: UserId


class ShelfChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    title: str | MISSING = MISSING


class ShelfQuery(PageQuery):
    """Filters, order and page of a list of shelves."""

    order_by: Literal["created_at", "-created_at"] = "-created_at"


ItemTitle = Annotated[str, Field(min_length=1, max_length=100)]
ItemUseUpAmount = Annotated[
    Decimal, Field(max_digits=6, decimal_places=2, ge=Decimal("0.00"))
]


class ItemCreate(RequestSchema):
    """What a caller sends to create an item."""

    shelf_id: Int64
    recipe_id: Int64 | None = None
    title: ItemTitle
    kind: ItemKind


class ItemUpdate(UpdateSchema):
    """What a caller sends to change an item; a field left out keeps its value."""

    shelf_id: Int64 | MISSING = MISSING
    recipe_id: Int64 | MISSING | None = MISSING
    title: ItemTitle | MISSING = MISSING
    kind: ItemKind | MISSING = MISSING


class ItemUseUp(RequestSchema):
    """What a caller sends to use an item up."""

    amount: ItemUseUpAmount


class ItemMove(RequestSchema):
    """What a caller sends to move an item."""

    shelf_id: Int64
    kind: ItemKind


class ItemRestock(RequestSchema):
    """What a caller sends to restock all items."""

    kind: ItemKind


class ItemRead(ResponseSchema):
    """What callers get back."""

    id: int
    shelf_id: int
    recipe_id: int | None
    title: str
    kind: ItemKind
    photo: str | None
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime


class ItemInsert(InternalSchema):
    """What the service hands to the repository to store."""

    shelf_id: int
    recipe_id: int | None
    title: str
    kind: ItemKind


class ItemChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    shelf_id: int | MISSING = MISSING
    recipe_id: int | MISSING | None = MISSING
    title: str | MISSING = MISSING
    kind: ItemKind | MISSING = MISSING


class ItemQuery(PageQuery):
    """Filters, order and page of a list of items."""

    shelf_id: Int64 | None = None
    recipe_id: Int64 | None = None
    kind: ItemKind | None = None
    order_by: Literal["created_at", "-created_at", "kind", "-kind"] = "-created_at"
