"""Types of values that every supported database can store."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated

import pydantic
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

__all__ = ["AwareDatetime", "Duration", "Int16", "Int32", "Int64", "NaiveTime"]


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("moment_out_of_range", "The moment is out of range") from None


def _naive(value: time) -> time:
    if value.tzinfo is not None:
        raise PydanticCustomError("time_with_time_zone", "A time of day has no time zone")
    return value


Int16 = Annotated[int, Field(ge=-(2**15), le=2**15 - 1)]
"""An integer that fits `SmallIntegerField`."""

Int32 = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
"""An integer that fits `IntegerField`."""

Int64 = Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
"""An integer that fits `BigIntegerField`, and any key."""

AwareDatetime = Annotated[pydantic.AwareDatetime, AfterValidator(_in_utc)]
"""A moment with its time zone, turned into UTC; the edges of the calendar that have no UTC are refused."""

NaiveTime = Annotated[time, AfterValidator(_naive)]
"""A time of day; databases keep no time zone with it."""

Duration = Annotated[timedelta, Field(ge=timedelta(days=-100_000_000), le=timedelta(days=100_000_000))]
"""A length of time that fits `DurationField` everywhere: most databases count microseconds in 64 bits."""
