"""Walking through lists, and values of every type of column to sort by."""

import datetime
from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from typing import Any
from uuid import UUID

__all__ = ["VALUES", "walk", "walk_back"]

VALUES: dict[str, list[Any]] = {
    "title": ["b", "a", "b", ""],
    "text": ["b", None, "", "b", None],
    "number": [1, None, -1, 1, None, 0],
    "big": [2**62, None, -(2**62), 2**62],
    "small": [1, 1, None],
    "ratio": [0.1, 0.1, None, -0.0, 1e300, 1 / 3],
    "amount": [Decimal("1.100"), Decimal("1.1"), None, Decimal("-2.345")],
    "flag": [True, False, None, True, False, None],
    "day": [datetime.date(2026, 1, 2), None, datetime.date(1999, 1, 1), datetime.date(2026, 1, 2)],
    "moment": [
        datetime.datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
        None,
        datetime.datetime(2026, 1, 1, tzinfo=UTC),
        datetime.datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
    ],
    "time": [datetime.time(1, 0, 0, 5), None, datetime.time(1), datetime.time(1, 0, 0, 5)],
    "length": [datetime.timedelta(1), None, datetime.timedelta(microseconds=-1), datetime.timedelta(1)],
    "code": [UUID(int=3), None, UUID(int=2**127), UUID(int=1), None],
    "email": ["b@x.example", None, "a@x.example", "b@x.example"],
    "url": ["https://b.example", None, "https://a.example", "https://b.example"],
    "slug": ["b", None, "a", "b"],
    "ip": ["10.0.0.2", None, "10.0.0.1", "10.0.0.2"],
}


def walk(page_of: Callable[[str | None], Any]) -> list[Any]:
    """Return the items of all pages, one after the other."""
    found: list[Any] = []
    cursor = None
    for _ in range(100):
        page = page_of(cursor)
        found.extend(page.items)
        cursor = page.next_cursor
        if cursor is None:
            return found
    raise AssertionError("the pages never end")


def walk_back(page_of: Callable[[str | None], Any], cursor: str | None) -> list[Any]:
    """Return the items of all pages that end with the one of a cursor, in the order of the list."""
    found: list[Any] = []
    for _ in range(100):
        page = page_of(cursor)
        found = [*page.items, *found]
        cursor = page.previous_cursor
        if cursor is None:
            return found
    raise AssertionError("the pages never end")
