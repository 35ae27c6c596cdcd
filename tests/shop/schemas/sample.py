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
    text: str | None | MISSING = MISSING
    number: int | None | MISSING = MISSING
    big: int | None | MISSING = MISSING
    small: int | None | MISSING = MISSING
    ratio: float | None | MISSING = MISSING
    amount: Decimal | None | MISSING = MISSING
    flag: bool | None | MISSING = MISSING
    day: datetime.date | None | MISSING = MISSING
    moment: datetime.datetime | None | MISSING = MISSING
    time: datetime.time | None | MISSING = MISSING
    length: datetime.timedelta | None | MISSING = MISSING
    code: UUID | None | MISSING = MISSING
    email: str | None | MISSING = MISSING
    url: str | None | MISSING = MISSING
    slug: str | None | MISSING = MISSING
    ip: str | None | MISSING = MISSING
    data: JsonValue | None | MISSING = MISSING


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
