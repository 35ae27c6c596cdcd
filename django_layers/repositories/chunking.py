"""Keys in parts that one statement can name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connections

__all__ = ["chunks"]

MOST_KEYS = 10_000
"""How many keys one statement names on databases that have no limit of their own."""


def chunks(keys: Sequence[object], using: str) -> Iterator[Sequence[object]]:
    """Yield the keys in parts that one statement can name."""
    most = connections[using].features.max_query_params or MOST_KEYS
    # The statement has a few other values to bind.
    most -= most // 4
    for start in range(0, len(keys), most):
        yield keys[start : start + most]
