import re

import pytest
from django.contrib.auth.models import User
from ninja import Router

from django_layers.api import SessionAuthentication
from tests.api.serving import api_of, client_of

pytestmark = pytest.mark.django_db

PATHS = ["/api/docs", "/api/openapi.json"]


@pytest.fixture
def with_templates(settings):
    settings.STATIC_URL = "/static/"
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]


def api(**options):
    router = Router()

    @router.get("/x")
    def get_x(request):
        return None

    return api_of(router, auth=SessionAuthentication(), **options)


@pytest.fixture
def client(settings, with_templates):
    return client_of(settings, api(), token="")


@pytest.mark.parametrize("path", PATHS)
def test_nobody_sees_the_documentation(client, path):
    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("path", PATHS)
def test_a_user_who_is_no_member_of_staff_does_not_see_the_documentation(client, path):
    client.force_login(User.objects.create_user("carol"))

    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", PATHS)
def test_a_member_of_staff_sees_the_documentation(client, path):
    client.force_login(User.objects.create_user("carol", is_staff=True))

    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_everybody_sees_the_documentation_while_debug_is_on(settings, client, path):
    settings.DEBUG = True

    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_the_documentation_can_be_opened_to_everybody(settings, with_templates, path):
    assert client_of(settings, api(docs_decorator=None), token="").get(path).status_code == 200


def test_the_page_asks_no_other_host(settings, client):
    settings.DEBUG = True

    page = client.get("/api/docs").content.decode()

    assert re.findall(r"(?:https?:)?//[\w.-]+", page) == []
    assert "/static/ninja/swagger-ui-bundle.js" in page
    assert '"validatorUrl": null' in page
    assert '"url": "/api/openapi.json"' in page


def test_the_page_sends_the_csrf_token_where_a_session_authenticates(settings, client):
    settings.DEBUG = True

    assert 'data-api-csrf="true"' in client.get("/api/docs").content.decode()


def test_the_page_says_what_is_missing_where_its_static_files_are_not_installed(settings, client, caplog):
    settings.DEBUG = True
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "ninja"]

    assert client.get("/api/docs").status_code == 500
    assert "'ninja' in INSTALLED_APPS" in caplog.text


@pytest.mark.parametrize("path", PATHS)
def test_the_documentation_can_be_switched_off(settings, path):
    settings.DEBUG = True

    assert client_of(settings, api(docs_url=None, openapi_url=None), token="").get(path).status_code == 404
