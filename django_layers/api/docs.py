"""The page at `/docs`, and who may see it."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger

from django_layers.errors import Forbidden, NotAuthenticated

__all__ = ["LocalSwagger", "staff_only"]


class LocalSwagger(Swagger):
    """Swagger UI from the project's own static files: no other host is asked, neither for scripts nor to validate."""

    def __init__(self) -> None:
        super().__init__(settings={"validatorUrl": None})

    def render_page(self, request: HttpRequest, api: NinjaAPI, **path_params: Any) -> HttpResponse:
        """Return the page.

        Raises:
            ImproperlyConfigured: 'ninja', whose static files these are, is not in INSTALLED_APPS.
        """
        if not apps.is_installed("ninja"):
            raise ImproperlyConfigured(
                "The docs page needs 'ninja' in INSTALLED_APPS, for its static files. Add it, or switch the page off "
                "with LayersAPI(docs_url=None)."
            )
        authenticators = api.auth if isinstance(api.auth, list | tuple) else ()
        context = {
            "api": api,
            "swagger_settings": json.dumps({**self.settings, "url": self.get_openapi_url(api, path_params)}),
            "add_csrf": any(getattr(authenticator, "csrf", False) for authenticator in authenticators),
        }
        return render(request, self.template, context)


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view be seen by members of staff with a session only; by everybody while DEBUG is on."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **path_params: str) -> HttpResponse:
        user = getattr(request, "user", None)
        if not settings.DEBUG:
            if user is None or not user.is_authenticated:
                raise NotAuthenticated("Sign in as a member of staff to see the documentation of the API.")
            if not (user.is_active and getattr(user, "is_staff", False)):
                raise Forbidden("The documentation of the API is for members of staff.")
        return view(request, **path_params)

    return guarded
