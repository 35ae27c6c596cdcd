"""What goes into and comes out of samples."""

import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import MISSING, JsonValue

from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema


class SampleRead(ResponseSchema):
    """What callers get back."""

    id: int
    title: str
    text: str | None
    number: int | None
    big: int | None
    small: int | None
    ratio: float | None
    amount: Decimal | None
    flag: bool | None
    day: datetime.date | None
    moment: datetime.datetime | None
    time: datetime.time | None
    length: datetime.timedelta | None
    code: UUID | None
    email: str | None
    url: str | None
    slug: str | None
    ip: str | None
    data: JsonValue | None


class SampleInsert(InternalSchema):
    """What the service hands to the repository to store."""

    title: str
    text: str | None = None
    number: int | None = None
    big: int | None = None
    small: int | None = None
    ratio: float | None = None
    amount: Decimal | None = None
    flag: bool | None = None
    day: datetime.date | None = None
    moment: datetime.datetime | None = None
    time: datetime.time | None = None
    length: datetime.timedelta | None = None
    code: UUID | None = None
    email: str | None = None
    url: str | None = None
    slug: str | None = None
    ip: str | None = None
    data: JsonValue | None = None


class SampleChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    title: str | MISSING = MISSING
    text: str | MISSING | None = MISSING
    number: int | MISSING | None = MISSING
    big: int | MISSING | None = MISSING
    small: int | MISSING | None = MISSING
    ratio: float | MISSING | None = MISSING
    amount: Decimal | MISSING | None = MISSING
    flag: bool | MISSING | None = MISSING
    day: datetime.date | MISSING | None = MISSING
    moment: datetime.datetime | MISSING | None = MISSING
    time: datetime.time | MISSING | None = MISSING
    length: datetime.timedelta | MISSING | None = MISSING
    code: UUID | MISSING | None = MISSING
    email: str | MISSING | None = MISSING
    url: str | MISSING | None = MISSING
    slug: str | MISSING | None = MISSING
    ip: str | MISSING | None = MISSING
    data: JsonValue | MISSING | None = MISSING


class SampleQuery(PageQuery):
    """Filters, order and page of a list of samples."""

    flag: bool | None = None
    code: UUID | None = None
    number: int | None = None
    moment_min: datetime.datetime | None = None
    moment_max: datetime.datetime | None = None
    order_by: Literal[
        "id",
        "-id",
        "title",
        "-title",
        "text",
        "-text",
        "number",
        "-number",
        "big",
        "-big",
        "small",
        "-small",
        "ratio",
        "-ratio",
        "amount",
        "-amount",
        "flag",
        "-flag",
        "day",
        "-day",
        "moment",
        "-moment",
        "time",
        "-time",
        "length",
        "-length",
        "code",
        "-code",
        "email",
        "-email",
        "url",
        "-url",
        "slug",
        "-slug",
        "ip",
        "-ip",
    ] = "id"
