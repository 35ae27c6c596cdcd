"""The guard of a project under development, as a middleware."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, Client, override_settings

from django_layers.guard import LayerViolation, middleware
from django_layers.guard.middleware import layer_guard
from tests.guard.project import Project

pytestmark = pytest.mark.django_db

URLS = """
from django.http import HttpResponse
from django.urls import path

from {app} import services

def view(request):
    return HttpResponse(str(services.run()))

urlpatterns = [path("", view)]
"""


@pytest.fixture(autouse=True)
def _unwatched_afterwards() -> Iterator[None]:
    yield
    while middleware._watched:
        middleware._watched.pop()()


@pytest.fixture
def served(project: Project) -> Iterator[None]:
    """Serve a view whose service asks the database, by a server under development."""
    project.write("services.py", "def run():\n    return Tag.objects.count()\n")
    project.write("urls.py", URLS.format(app=project.app))
    with override_settings(
        DEBUG=True, ROOT_URLCONF=f"{project.app}.urls", MIDDLEWARE=["django_layers.guard.middleware.layer_guard"]
    ):
        yield


@pytest.mark.usefixtures("served")
def test_a_query_of_a_service_is_logged_and_the_request_is_answered(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "django_layers.guard"):
        assert Client().get("/").content == b"0"

    (record,) = [each for each in caplog.records if each.name == "django_layers.guard"]
    assert "services.py:3 in run asks the database" in record.getMessage()
    assert "urls.py:9 in view" in record.getMessage()


@pytest.mark.usefixtures("served")
@override_settings(DJANGO_LAYERS={"GUARD": "raise"})
def test_it_raises_where_it_is_to_raise() -> None:
    with pytest.raises(LayerViolation, match="asks the database"):
        Client().get("/")


@pytest.mark.usefixtures("served")
def test_it_serves_asynchronously_too() -> None:
    response = async_to_sync(AsyncClient().get)("/")

    assert response.content == b"0"


def test_outside_of_development_nothing_is_watched() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with override_settings(DEBUG=False), pytest.raises(Exception, match="for development"):
        layer_guard(view)
    assert middleware._watched == []


def test_a_process_is_watched_once() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with override_settings(DEBUG=True):
        assert layer_guard(view) is view
        layer_guard(view)
    assert len(middleware._watched) == 1
