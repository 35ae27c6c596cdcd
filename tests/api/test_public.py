import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory
from ninja import Router
from ninja.errors import ConfigError

from django_layers.api import SessionAuthentication, public, user_of
from tests.api.serving import USERS, api_of, bearer, client_of


def name_of(request):
    user = user_of(request)
    assert request.auth is user
    return user.username if user else "nobody"


@pytest.fixture
def router():
    router = Router()

    @router.get("/who", auth=public)
    def who(request):
        return name_of(request)

    @router.post("/who", auth=public)
    def change_who(request):
        return name_of(request)

    @router.get("/who-async", auth=public)
    async def who_async(request):
        return name_of(request)

    return router


@pytest.mark.parametrize("path", ["/api/who", "/api/who-async"])
@pytest.mark.parametrize(
    ("token", "name"), [("", "nobody"), ("alice", "alice"), ("wrong", "nobody"), ("gone", "nobody")]
)
def test_everybody_is_let_in_and_known_where_possible(settings, router, path, token, name):
    response = client_of(settings, api_of(router), token=token).get(path)

    assert (response.status_code, response.json()) == (200, name)


def test_an_asynchronous_authenticator_is_awaited(settings, router):
    async def authenticate(request):
        return USERS.get(request.headers.get("X-Token", ""))

    client = client_of(settings, api_of(router, auth=authenticate), token="")

    assert client.get("/api/who", headers={"X-Token": "alice"}).json() == "alice"
    assert client.get("/api/who-async", headers={"X-Token": "alice"}).json() == "alice"
    assert client.get("/api/who", headers={"X-Token": "x"}).json() == "nobody"


@pytest.mark.django_db
def test_a_session_is_known_and_needs_its_csrf_token_still(settings, router):
    client = client_of(settings, api_of(router, auth=[bearer(), SessionAuthentication()]), token="", enforce_csrf=True)
    assert client.post("/api/who").json() == "nobody"

    client.force_login(User.objects.create_user("carol"))

    assert client.get("/api/who").json() == "carol"
    assert client.post("/api/who").json()["code"] == "csrf_failed"


def test_it_opens_nothing_outside_of_a_layers_api():
    with pytest.raises(ConfigError, match="LayersAPI"):
        public(RequestFactory().get("/"))
