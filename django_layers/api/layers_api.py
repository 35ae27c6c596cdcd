"""The API object of a project."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.constants import NOT_SET, NOT_SET_TYPE
from ninja.errors import ConfigError, ValidationError, ValidationErrorContext
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from ninja.router import BoundRouter
from ninja.throttling import BaseThrottle

from django_layers.api import handlers
from django_layers.api.authentication import Authenticator
from django_layers.api.binding import bind
from django_layers.api.docs import LocalSwagger, staff_only
from django_layers.api.openapi import OpenAPIDocument
from django_layers.api.parsing import StrictParser
from django_layers.api.routing import answering, no_such_path
from django_layers.api.validation import errors_of

__all__ = ["LayersAPI"]


class LayersAPI(NinjaAPI):
    """django-ninja's API object, closed by default and with one answer to everything that is refused.

    Every endpoint needs a user unless it says `auth=public`. Every error is `application/problem+json`. Names in the
    query string that an endpoint does not know are refused. A response holds the fields of its declared schema only.
    """

    def __init__(
        self,
        *,
        auth: Authenticator | Sequence[Authenticator],
        title: str = "API",
        version: str = "1.0.0",
        description: str = "",
        openapi_url: str | None = "/openapi.json",
        docs: DocsBase | None = None,
        docs_url: str | None = "/docs",
        docs_decorator: Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]] | None = staff_only,
        servers: list[dict[str, Any]] | None = None,
        urls_namespace: str | None = None,
        throttle: BaseThrottle | list[BaseThrottle] | NOT_SET_TYPE = NOT_SET,
        renderer: BaseRenderer | None = None,
        openapi_extra: dict[str, Any] | None = None,
    ) -> None:
        """Make an API.

        Args:
            auth: who recognises callers, asked in this order; a bearer token goes before the session.
            title: its name, in the documentation.
            version: its version, in the documentation.
            description: what it is, in the documentation; Markdown.
            openapi_url: where the OpenAPI document is; None for none.
            docs: what renders the documentation; Swagger UI from the project's static files unless given.
            docs_url: where the documentation is; None for none.
            docs_decorator: who may see both; members of staff with a session, and everybody while DEBUG is on, unless
                given. None opens them to everybody.
            servers: as in OpenAPI.
            urls_namespace: of its urls; two APIs of one version need two.
            throttle: how often a caller may ask.
            renderer: what turns responses into bytes; pydantic-core, in one pass, unless given.
            openapi_extra: what else the OpenAPI document says.

        Raises:
            ConfigError: `auth` is empty.
        """
        authenticators: list[Authenticator] = [auth] if callable(auth) else list(auth or ())
        if not authenticators:
            raise ConfigError(
                "LayersAPI needs `auth`, for instance auth=[SessionAuthentication()]. An endpoint that is for everybody "
                "says so itself: @router.get(..., auth=public)."
            )
        super().__init__(
            title=title,
            version=version,
            description=description,
            openapi_url=openapi_url,
            docs=docs or LocalSwagger(),
            docs_url=docs_url,
            docs_decorator=docs_decorator,
            servers=servers,
            urls_namespace=urls_namespace,
            auth=authenticators,
            throttle=throttle,
            renderer=renderer,
            parser=StrictParser(),
            openapi_extra=openapi_extra,
        )
        self._authenticators = authenticators

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The urls, for `path("api/", api.urls)`; routes below the same prefix go before it.

        Raises:
            ConfigError: an endpoint has no authentication, two have the same route, or two the same operation id.
        """
        patterns, app_name, namespace = super().urls
        return [*(answering(self, pattern) for pattern in patterns), no_such_path()], app_name, namespace

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the OpenAPI document.

        Args:
            path_prefix: what all paths begin with; where the API is mounted unless given.
            path_params: for a mount point that has parameters.
        """
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return OpenAPIDocument(self, prefix)

    def set_default_exception_handlers(self) -> None:
        """Answer every exception with a problem."""
        handlers.install(self)

    def on_exception(self, request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
        """Return the answer to an exception; a 401 says how to authenticate."""
        response = super().on_exception(request, exc)
        if response.status_code == 401 and not response.has_header("WWW-Authenticate"):
            challenges = [str(getattr(authenticator, "challenge", "API")) for authenticator in self._authenticators]
            response["WWW-Authenticate"] = ", ".join(dict.fromkeys(challenges))
        return response

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Return the response that an endpoint gives headers and cookies, before it has content."""
        return HttpResponse(content_type=self.get_content_type())

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Return one error for all that is wrong with a request."""
        return ValidationError(errors_of(error_contexts))

    def _get_bound_routers(self) -> list[BoundRouter]:
        unbound = self._bound_routers_cache is None
        routers = super()._get_bound_routers()
        if unbound:
            bind(routers, self._authenticators)
        return routers
