"""Who calls: the same bearer token for everybody, and a user for whom no database is asked."""

from __future__ import annotations

import hmac

TOKEN = "a-token-as-long-as-a-real-one-is-0123456789"
HEADER = f"Bearer {TOKEN}"


class Caller:
    """A user who may do everything."""

    pk = 1
    is_active = True
    is_authenticated = True

    def has_perm(self, perm: str, /) -> bool:
        """Return whether the user holds a permission."""
        return True


CALLER = Caller()


def caller_with(token: str) -> Caller | None:
    """Return the user whose token it is, or None."""
    return CALLER if hmac.compare_digest(token.encode(), TOKEN.encode()) else None


def caller_of(header: str | None) -> Caller | None:
    """Return the user whose token an `Authorization` header carries, or None."""
    scheme, _, token = (header or "").partition(" ")
    return caller_with(token) if scheme.lower() == "bearer" else None
