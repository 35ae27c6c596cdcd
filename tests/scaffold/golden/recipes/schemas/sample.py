"""What goes into and comes out of samples."""

import datetime as dt
from decimal import Decimal
from ipaddress import ip_address
from typing import Annotated, Literal
from uuid import UUID

from django_layers.schemas import (
    AwareDatetime,
    Duration,
    Int16,
    Int32,
    Int64,
    InternalSchema,
    NaiveTime,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)
from pydantic import MISSING, AfterValidator, Field, JsonValue

from recipes.types import SampleLevel

Line = Annotated[str, Field(min_length=1, max_length=200)]
Nickname = Annotated[str, Field(min_length=1, max_length=20)]
Text = Annotated[str, Field(min_length=1)]
Small = Annotated[Int16, Field(ge=-3)]
Ratio = Annotated[float, Field(ge=0.0, le=1.0)]
Price = Annotated[Decimal, Field(max_digits=8, decimal_places=2, ge=Decimal("0.01"))]
Day = Annotated[dt.date, Field(ge=dt.date(2020, 1, 1))]
At = Annotated[NaiveTime, Field(le=dt.time(18, 0))]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
Site = Annotated[str, Field(max_length=200, pattern=r"^(https?://[^\s/?#]+\S*)?$")]
Slug = Annotated[str, Field(max_length=50, pattern=r"^[-a-zA-Z0-9_]+$")]
Address = Annotated[
    str,
    Field(pattern=r"^[0-9a-fA-F:.]+$"),
    AfterValidator(lambda value: str(ip_address(value))),
]


class SampleCreate(RequestSchema):
    """What a caller sends to create a sample."""

    line: Line
    nickname: Nickname | None = None
    text: Text
    number: Int32
    big: Int64
    small: Small | None = None
    ratio: Ratio
    price: Price
    active: bool = False
    day: Day
    moment: AwareDatetime
    at: At = dt.time(9, 0)
    length: Duration
    code: UUID
    email: Email
    site: Site = ""
    slug: Slug
    address: Address
    data: dict[str, JsonValue] | None = None
    level: SampleLevel


class SampleUpdate(UpdateSchema):
    """What a caller sends to change a sample; a field left out keeps its value."""

    line: Line | MISSING = MISSING
    nickname: Nickname | MISSING | None = MISSING
    text: Text | MISSING = MISSING
    number: Int32 | MISSING = MISSING
    big: Int64 | MISSING = MISSING
    small: Small | MISSING | None = MISSING
    ratio: Ratio | MISSING = MISSING
    price: Price | MISSING = MISSING
    active: bool | MISSING = MISSING
    day: Day | MISSING = MISSING
    moment: AwareDatetime | MISSING = MISSING
    at: At | MISSING = MISSING
    length: Duration | MISSING = MISSING
    code: UUID | MISSING = MISSING
    email: Email | MISSING = MISSING
    site: Site | MISSING = MISSING
    slug: Slug | MISSING = MISSING
    address: Address | MISSING = MISSING
    data: dict[str, JsonValue] | MISSING | None = MISSING
    level: SampleLevel | MISSING = MISSING


class SampleRead(ResponseSchema):
    """What callers get back."""

    id: int
    line: str
    nickname: str | None
    text: str
    number: int
    big: int
    small: int | None
    ratio: float
    price: Decimal
    active: bool
    day: dt.date
    moment: dt.datetime
    at: dt.time
    length: dt.timedelta
    code: UUID
    email: str
    site: str
    slug: str
    address: str
    data: dict[str, JsonValue] | None
    manual: str | None
    picture: str | None
    level: SampleLevel
    created_at: dt.datetime
    updated_at: dt.datetime


class SampleInsert(InternalSchema):
    """What the service hands to the repository to store."""

    line: str
    nickname: str | None
    text: str
    number: int
    big: int
    small: int | None
    ratio: float
    price: Decimal
    active: bool
    day: dt.date
    moment: dt.datetime
    at: dt.time
    length: dt.timedelta
    code: UUID
    email: str
    site: str
    slug: str
    address: str
    data: dict[str, JsonValue] | None
    level: SampleLevel


class SampleChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    line: str | MISSING = MISSING
    nickname: str | MISSING | None = MISSING
    text: str | MISSING = MISSING
    number: int | MISSING = MISSING
    big: int | MISSING = MISSING
    small: int | MISSING | None = MISSING
    ratio: float | MISSING = MISSING
    price: Decimal | MISSING = MISSING
    active: bool | MISSING = MISSING
    day: dt.date | MISSING = MISSING
    moment: dt.datetime | MISSING = MISSING
    at: dt.time | MISSING = MISSING
    length: dt.timedelta | MISSING = MISSING
    code: UUID | MISSING = MISSING
    email: str | MISSING = MISSING
    site: str | MISSING = MISSING
    slug: str | MISSING = MISSING
    address: str | MISSING = MISSING
    data: dict[str, JsonValue] | MISSING | None = MISSING
    level: SampleLevel | MISSING = MISSING


class SampleQuery(PageQuery):
    """Filters, order and page of a list of samples."""

    line_contains: str | None = None
    nickname: str | None = None
    text_contains: str | None = None
    number: Int32 | None = None
    number_min: Int32 | None = None
    number_max: Int32 | None = None
    big: Int64 | None = None
    ratio_min: float | None = None
    ratio_max: float | None = None
    price_min: Annotated[Decimal, Field(max_digits=8, decimal_places=2)] | None = None
    price_max: Annotated[Decimal, Field(max_digits=8, decimal_places=2)] | None = None
    active: bool | None = None
    day_min: dt.date | None = None
    day_max: dt.date | None = None
    moment_min: AwareDatetime | None = None
    moment_max: AwareDatetime | None = None
    at_min: NaiveTime | None = None
    at_max: NaiveTime | None = None
    length_min: Duration | None = None
    length_max: Duration | None = None
    code: UUID | None = None
    email: str | None = None
    slug: str | None = None
    address: str | None = None
    level: SampleLevel | None = None
    order_by: Literal[
        "created_at",
        "-created_at",
        "line",
        "-line",
        "nickname",
        "-nickname",
        "number",
        "-number",
        "big",
        "-big",
        "small",
        "-small",
        "ratio",
        "-ratio",
        "price",
        "-price",
        "active",
        "-active",
        "day",
        "-day",
        "moment",
        "-moment",
        "at",
        "-at",
        "length",
        "-length",
        "code",
        "-code",
        "email",
        "-email",
        "slug",
        "-slug",
        "level",
        "-level",
    ] = "-created_at"
