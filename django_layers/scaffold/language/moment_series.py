"""The dates, times and lengths of time that factories and generated tests give to a field."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django_layers.scaffold.language.expressions import DATETIME_MODULE, Value, literal
from django_layers.scaffold.language.series import Bounded, Series, direction, stepped, walk

__all__ = ["date_series", "datetime_series", "duration_series", "time_series"]

_SECOND = timedelta(seconds=1)
_SOME_DAY = date(2026, 1, 1)


def date_series(bounded: Bounded) -> Series:
    """Return one day after the other within the bounds."""
    first, sign, size = walk(bounded, date, start=date(2026, 1, 1), room=lambda low, high: (high - low).days)
    second = first + direction(sign, size) * timedelta(days=1)
    code = f"{literal(first).code} {sign} dt.timedelta(days=n % {size:_})"
    return Series(samples=(first, second), code=code, imports=(DATETIME_MODULE,), size=size)


def datetime_series(bounded: Bounded) -> Series:
    """Return one second after the other within the bounds."""
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    first, sign, size = walk(bounded, datetime, start=start, room=lambda low, high: (high - low) // _SECOND)
    second = first + direction(sign, size) * _SECOND
    return Series(samples=(first, second), code=_seconds(first, sign, size), imports=(DATETIME_MODULE,), size=size)


def time_series(bounded: Bounded) -> Series:
    """Return one second after the other within the bounds of a day."""
    moments = replace(
        bounded,
        low=_on_a_day(bounded.low),
        high=_on_a_day(bounded.high),
        floor=_on_a_day(time.min),
        ceiling=_on_a_day(time(23, 59, 59, 999_999)),
    )
    start = datetime.combine(_SOME_DAY, time(9))
    first, sign, size = walk(moments, datetime, start=start, room=lambda low, high: (high - low) // _SECOND)
    second = first + direction(sign, size) * _SECOND
    shown = f"dt.datetime.combine({literal(_SOME_DAY).code}, {literal(first.time()).code})"
    code = f"({shown} {sign} dt.timedelta(seconds=n % {size:_})).time()"
    return Series(samples=(first.time(), second.time()), code=code, imports=(DATETIME_MODULE,), size=size)


def _on_a_day(value: Value) -> datetime | None:
    return datetime.combine(_SOME_DAY, value) if isinstance(value, time) else None


def duration_series(bounded: Bounded) -> Series:
    """Return lengths of time within the bounds, one second apart."""
    start = timedelta(minutes=30)
    first, sign, size = walk(bounded, timedelta, start=start, room=lambda low, high: (high - low) // _SECOND)
    second = first + direction(sign, size) * _SECOND
    return Series(samples=(first, second), code=_seconds(first, sign, size), imports=(DATETIME_MODULE,), size=size)


def _seconds(first: Value, sign: str, size: int) -> str:
    return stepped(first, sign, f"dt.timedelta(seconds=n % {size:_})")
