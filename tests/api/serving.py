"""An API of the test's own, served to Django's test client."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, path
from ninja import Router

from django_layers.api import BearerAuthentication, LayersAPI

USERS = {
    "alice": User(pk=1, username="alice"),
    "gone": User(pk=2, username="gone", is_active=False),
}

ALICE = {"Authorization": "Bearer alice"}


def bearer() -> BearerAuthentication:
    """Return an authentication that takes the names of `USERS` as tokens."""
    return BearerAuthentication(USERS.get)


@dataclass(eq=False)
class Urls:
    """What Django takes for a module of urls."""

    urlpatterns: list[URLPattern | URLResolver]


def api_of(*routers: Router, **options: Any) -> LayersAPI:
    """Return an API with these routers."""
    api = LayersAPI(**{"auth": [bearer()], **options})
    for router in routers:
        api.add_router("", router)
    return api


def urls_of(api: LayersAPI) -> Urls:
    """Return a project's urls with the API below `api/`."""
    return Urls([path("api/", api.urls), path("elsewhere", lambda request: HttpResponse("elsewhere"))])


def client_of(settings: Any, api: LayersAPI, *, enforce_csrf: bool = False, token: str = "alice") -> Client:
    """Return a client of the API that sends the token, where there is one, and gets 500 as a response."""
    settings.ROOT_URLCONF = urls_of(api)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(enforce_csrf_checks=enforce_csrf, raise_request_exception=False, headers=headers)
