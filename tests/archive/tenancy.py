"""Whose rows there are, now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_tenant: ContextVar[int | None] = ContextVar("tenant", default=None)


def current_tenant() -> int | None:
    """Return the tenant whose rows there are; None for all rows."""
    return _tenant.get()


@contextmanager
def tenant(number: int) -> Iterator[None]:
    """Show the rows of one tenant only."""
    token = _tenant.set(number)
    try:
        yield
    finally:
        _tenant.reset(token)
