"""Comparing what competitors answer, whatever texts they write numbers and datetimes as."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

__all__ = ["content_of", "difference"]

_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def content_of(body: bytes) -> object:
    """Return what a response says: its rows or its row, without what a page says about itself.

    A text that is a number counts as the number (decimals come as either), a datetime as the moment (without an offset
    it is in UTC), and lists of related rows as ordered by their keys.
    """
    loaded = json.loads(body)
    if isinstance(loaded, dict) and "items" in loaded:
        loaded = loaded["items"]
    return [_plain(row) for row in loaded] if isinstance(loaded, list) else _plain(loaded)


def difference(one: object, other: object, path: str = "$") -> str | None:
    """Return where two contents differ, and how; None where they are equal."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return f"{path}: names {sorted(one.keys() ^ other.keys())}"
        pairs = [(f"{path}.{name}", one[name], other[name]) for name in one]
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return f"{path}: {len(one)} and {len(other)} items"
        pairs = [(f"{path}[{index}]", *both) for index, both in enumerate(zip(one, other, strict=True))]
    else:
        # True equals 1, and is something else in JSON.
        equal = type(one) is type(other) and one == other
        return None if equal else f"{path}: {one!r} and {other!r}"
    return next((found for each in pairs if (found := difference(each[1], each[2], each[0]))), None)


def _plain(value: Any) -> object:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return sorted((_plain(inner) for inner in value), key=lambda row: row["id"])  # type: ignore[index]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return Decimal(str(value)).normalize()
    if _NUMBER.fullmatch(value):
        return Decimal(value).normalize()
    if _DATETIME.match(value):
        moment = dt.datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return value
