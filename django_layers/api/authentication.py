"""How a caller is recognised: by a bearer token, or by Django's session."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from ninja.security.base import AuthBase
from ninja.utils import is_async_callable

from django_layers.api.users import AuthenticatedUser, accepted
from django_layers.errors import Forbidden, NotAuthenticated

__all__ = ["Authenticator", "BearerAuthentication", "SessionAuthentication"]

Authenticator: TypeAlias = Callable[[HttpRequest], object | Awaitable[object | None] | None]
"""What django-ninja calls to recognise a caller; a false result passes on to the next one."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing, by RFC 9110."""


class BearerAuthentication(AuthBase):
    """Recognises a caller by `Authorization: Bearer <token>`.

    Put it before `SessionAuthentication`: a request that carries a token is judged by the token alone, so one that is not
    valid is refused instead of falling back to a session, and a valid one needs no CSRF token.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"
    challenge = "Bearer"

    def __init__(self, authenticate: Callable[[str], AuthenticatedUser | None]) -> None:
        """Recognise callers by tokens.

        Args:
            authenticate: returns the user whose token it is, or None; a user who is not active is nobody. It is
                synchronous, and called in a thread for an asynchronous endpoint, so it may ask the database.

        Raises:
            TypeError: `authenticate` is asynchronous; what it would return is true before it has looked at the token.
        """
        if is_async_callable(authenticate):
            raise TypeError(
                "BearerAuthentication takes a synchronous function; it is called in a thread where the endpoint is "
                "asynchronous. For an asynchronous one, inherit from ninja.security.HttpBearer."
            )
        super().__init__()
        self._authenticate = authenticate

    def __call__(self, request: HttpRequest) -> AuthenticatedUser | None:
        """Return the user whose token the request carries, or None where it carries none.

        Raises:
            NotAuthenticated: the token is not valid.
        """
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        user = accepted(self._authenticate(token.strip())) if token.strip() else None
        if user is None:
            raise NotAuthenticated("The bearer token is not valid.")
        return user


class SessionAuthentication(AuthBase):
    """Recognises a caller by Django's session.

    CSRF is checked where the session is what authenticates, and only for methods that can change something. Nobody gets
    401; django-ninja's own `django_auth` answers 403 to a missing user and to a missing CSRF token alike.
    """

    openapi_type = "apiKey"
    openapi_in = "cookie"
    challenge = "Session"
    csrf = True  # read by django-ninja's docs page, which then sends the token with "Try it out"

    def __init__(self) -> None:
        self.openapi_name = settings.SESSION_COOKIE_NAME
        super().__init__()

    def __call__(self, request: HttpRequest) -> AuthenticatedUser | None:
        """Return the user of the session, or None.

        Raises:
            Forbidden: the session has a user, and the CSRF token of the request is missing or wrong.
            ImproperlyConfigured: the project has no `AuthenticationMiddleware`.
        """
        if not hasattr(request, "user"):
            raise ImproperlyConfigured(
                "SessionAuthentication needs 'django.contrib.auth.middleware.AuthenticationMiddleware' in "
                "settings.MIDDLEWARE, below 'django.contrib.sessions.middleware.SessionMiddleware'."
            )
        user = accepted(request.user)
        exempt = request.method in SAFE_METHODS or getattr(request, "_ninja_csrf_exempt", False)
        if user is not None and not exempt:
            _check_csrf(request)
        return user


class _CsrfCheck(CsrfViewMiddleware):
    """Django's own check, which returns the reason instead of rendering a page of it."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden(reason)


def _any_view(request: HttpRequest) -> HttpResponseForbidden:
    """Stand for the view, which is exempt as all of django-ninja's are; the check asks nothing else of it."""
    return HttpResponseForbidden()


def _check_csrf(request: HttpRequest) -> None:
    check = _CsrfCheck(_any_view)
    check.process_request(request)  # reads the cookie; the project may do without the middleware
    refusal = check.process_view(request, _any_view, (), {})
    if refusal is not None:
        raise Forbidden(refusal.content.decode(), code="csrf_failed")
