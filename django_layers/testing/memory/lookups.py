"""Django's lookups on Python values: what `field__gte=3` means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from django.utils import timezone

__all__ = ["LOOKUPS", "TRANSFORMS", "Test"]

# Both sides are of one type and never None here; what None means is decided by the caller.
Test: TypeAlias = "Callable[[object, object], bool]"
Ordered: TypeAlias = "int | float | Decimal | str | date | time | timedelta"


def _ordered(compare: Callable[[Ordered, Ordered], bool]) -> Test:
    def test(left: object, right: object) -> bool:
        return compare(left, right)  # type: ignore[arg-type]  # one column's values compare with each other

    return test


def _text(compare: Callable[[str, str], bool]) -> Test:
    return lambda left, right: compare(str(left), str(right))


def _text_ignoring_case(compare: Callable[[str, str], bool]) -> Test:
    return lambda left, right: compare(str(left).upper(), str(right).upper())


def _is_in(left: object, right: object) -> bool:
    return left in [each for each in _listed(right) if each is not None]


def _in_range(left: object, right: object) -> bool:
    lower, upper = _listed(right)
    return bool(lower <= left <= upper)  # type: ignore[operator]  # one column's values compare with each other


def _listed(value: object) -> list[object]:
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    raise TypeError(f"A lookup with several values was given {type(value).__name__}, which is no list.")


LOOKUPS: dict[str, Test] = {
    "contains": _text(lambda left, right: right in left),
    "endswith": _text(lambda left, right: left.endswith(right)),
    "exact": lambda left, right: left == right,
    "gt": _ordered(lambda left, right: left > right),  # type: ignore[operator]
    "gte": _ordered(lambda left, right: left >= right),  # type: ignore[operator]
    "icontains": _text_ignoring_case(lambda left, right: right in left),
    "iendswith": _text_ignoring_case(lambda left, right: left.endswith(right)),
    "iexact": _text_ignoring_case(lambda left, right: left == right),
    "in": _is_in,
    "iregex": _text(lambda left, right: re.search(right, left, re.IGNORECASE) is not None),
    "istartswith": _text_ignoring_case(lambda left, right: left.startswith(right)),
    "lt": _ordered(lambda left, right: left < right),  # type: ignore[operator]
    "lte": _ordered(lambda left, right: left <= right),  # type: ignore[operator]
    "range": _in_range,
    "regex": _text(lambda left, right: re.search(right, left) is not None),
    "startswith": _text(lambda left, right: left.startswith(right)),
}
"""Every lookup that memory knows, but `isnull`, which is about None."""


def _local(value: object) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    raise TypeError(f"A part of a date was asked of {type(value).__name__}.")


def _date(value: object) -> object:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


TRANSFORMS: dict[str, Callable[[object], object]] = {
    "date": _date,
    "day": lambda value: _local(value).day,
    "lower": lambda value: str(value).lower(),
    "length": lambda value: len(str(value)),
    "month": lambda value: _local(value).month,
    "upper": lambda value: str(value).upper(),
    "year": lambda value: _local(value).year,
}
"""What may stand between a field and a lookup."""
