"""Endpoints that are open to everybody."""

import inspect
from collections.abc import Awaitable
from dataclasses import dataclass

from asgiref.sync import async_to_sync
from django.http import HttpRequest
from ninja.errors import ConfigError
from ninja.throttling import BaseThrottle

from django_layers.api.authentication import Authenticator
from django_layers.api.users import NOBODY, Nobody
from django_layers.errors import NotAuthenticated

__all__ = ["ForgetNobody", "PublicAccess", "forget_nobody", "public"]


@dataclass(frozen=True, slots=True)
class PublicAccess:
    """Lets everybody in: whom the API's own authenticators know as that user, anyone else as nobody.

    Attributes:
        authenticators: the API's own; None until `LayersAPI` gives them.
    """

    authenticators: tuple[Authenticator, ...] | None = None

    def __call__(self, request: HttpRequest) -> object:
        """Return the user, or `NOBODY`, which is true.

        Raises:
            ConfigError: the endpoint is not in a `LayersAPI`.
        """
        if self.authenticators is None:
            raise ConfigError("`auth=public` works in a LayersAPI only; mount the router there.")
        try:
            for authenticator in self.authenticators:
                result = authenticator(request)
                caller = async_to_sync(_awaited)(result) if inspect.isawaitable(result) else result
                if caller:
                    return caller
        except NotAuthenticated:
            return NOBODY
        return NOBODY


def forget_nobody(request: HttpRequest) -> None:
    """Let `request.auth` be None for nobody, once django-ninja has let nobody in."""
    if isinstance(getattr(request, "auth", None), Nobody):
        request.auth = None  # type: ignore[attr-defined]  # django-ninja's attribute


class ForgetNobody(BaseThrottle):
    """Stands before the throttles of a public endpoint, which take any `request.auth` for a caller that is known."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Allow it, and forget nobody."""
        forget_nobody(request)
        return True


async def _awaited(result: Awaitable[object | None]) -> object | None:
    return await result


public = PublicAccess()
"""`@router.get("", auth=public)` opens an endpoint to everybody; `user_of(request)` is None for nobody."""
