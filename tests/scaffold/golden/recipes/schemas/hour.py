"""What goes into and comes out of hours."""

import datetime as dt
from typing import Literal

from django_layers.schemas import (
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
)


class HourCreate(RequestSchema):
    """What a caller sends to create an hour."""


class HourRead(ResponseSchema):
    """What callers get back."""

    id: int
    created_at: dt.datetime
    updated_at: dt.datetime


class HourInsert(InternalSchema):
    """What the service hands to the repository to store."""


class HourChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """


class HourQuery(PageQuery):
    """Filters, order and page of a list of hours."""

    order_by: Literal["created_at", "-created_at"] = "-created_at"
