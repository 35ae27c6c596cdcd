import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from django.views.decorators.csrf import csrf_exempt
from ninja import Router

from django_layers.api import BearerAuthentication, SessionAuthentication, user_of
from tests.api.serving import api_of, bearer, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def router():
    router = Router()

    @router.get("/me")
    def get_me(request):
        return user_of(request).pk

    @router.post("/me")
    def change_me(request):
        return user_of(request).pk

    @router.post("/exempt")
    @csrf_exempt
    def exempt(request):
        return user_of(request).pk

    return router


@pytest.fixture
def user():
    return User.objects.create_user("carol", pk=7)


@pytest.fixture
def client(settings, router):
    return client_of(settings, api_of(router, auth=[bearer(), SessionAuthentication()]), enforce_csrf=True, token="")


def with_csrf_token(client):
    client.cookies["csrftoken"] = "a" * 32
    return {"X-CSRFToken": "a" * 32}


def test_nobody_gets_401_with_what_would_do(client):
    for response in (client.get("/api/me"), client.post("/api/me")):
        assert response.status_code == 401
        assert response.json()["code"] == "not_authenticated"
        assert response["WWW-Authenticate"] == "Bearer, Session"


def test_a_session_authenticates(client, user):
    client.force_login(user)

    assert client.get("/api/me").json() == 7


def test_a_session_needs_the_csrf_token_to_change_something(client, user):
    client.force_login(user)

    response = client.post("/api/me")

    assert response.status_code == 403
    assert response.json()["code"] == "csrf_failed"
    assert "CSRF" in response.json()["detail"]


def test_a_session_with_the_csrf_token_may_change_something(client, user):
    client.force_login(user)

    assert client.post("/api/me", headers=with_csrf_token(client)).status_code == 200


def test_csrf_is_checked_without_django_s_middleware_too(settings, client, user):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "csrf" not in name]
    client.force_login(user)

    assert client.post("/api/me").status_code == 403
    assert client.post("/api/me", headers=with_csrf_token(client)).status_code == 200


def test_a_wrong_csrf_token_is_refused(client, user):
    client.force_login(user)
    with_csrf_token(client)

    assert client.post("/api/me", headers={"X-CSRFToken": "b" * 32}).status_code == 403


def test_a_csrf_exempt_endpoint_needs_no_token(client, user):
    client.force_login(user)

    assert client.post("/api/exempt").status_code == 200


def test_django_s_test_client_is_not_bothered_by_csrf_unless_it_asks_to(client, user):
    relaxed = Client()
    relaxed.force_login(user)

    assert relaxed.post("/api/me").status_code == 200


def test_a_user_who_is_not_active_is_nobody(settings, client, user):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.AllowAllUsersModelBackend"]
    client.force_login(user)
    User.objects.update(is_active=False)

    assert client.get("/api/me").status_code == 401


def test_a_bearer_token_authenticates_without_csrf(client):
    assert client.post("/api/me", headers={"Authorization": "Bearer alice"}).json() == 1


def test_the_scheme_of_a_bearer_token_is_read_in_any_case(client):
    assert client.get("/api/me", headers={"Authorization": "bearer alice"}).json() == 1


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer", "Bearer ", "Bearer gone", "Bearer alice bob"])
def test_a_bearer_token_that_is_not_valid_is_refused_even_with_a_session(client, user, header):
    client.force_login(user)

    response = client.get("/api/me", headers={"Authorization": header})

    assert response.status_code == 401
    assert response.json()["detail"] == "The bearer token is not valid."


def test_another_scheme_is_left_to_the_session(client, user):
    client.force_login(user)

    assert client.get("/api/me", headers={"Authorization": "Basic YTpi"}).json() == 7


def test_the_token_decides_who_acts_where_there_is_a_session_too(client, user):
    client.force_login(user)

    assert client.get("/api/me", headers={"Authorization": "Bearer alice"}).json() == 1


def test_a_project_without_the_middleware_is_told_which_one_is_missing():
    with pytest.raises(ImproperlyConfigured, match="AuthenticationMiddleware"):
        SessionAuthentication()(RequestFactory().get("/"))


def test_an_asynchronous_endpoint_knows_its_session(settings, user):
    router = Router()

    @router.get("/me")
    async def get_me(request):
        return user_of(request).pk

    client = client_of(settings, api_of(router, auth=SessionAuthentication()), token="")

    assert client.get("/api/me").status_code == 401
    client.force_login(user)
    assert client.get("/api/me").json() == 7


def test_an_asynchronous_look_up_of_tokens_is_refused_when_the_project_starts():
    async def authenticate(token):
        return None

    with pytest.raises(TypeError, match="HttpBearer"):
        BearerAuthentication(authenticate)
