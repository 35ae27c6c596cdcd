import json
import logging

import pytest
from django.core.exceptions import BadRequest, DisallowedHost, PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.test import Client
from ninja import Router
from ninja.errors import AuthorizationError, HttpError
from ninja.throttling import AnonRateThrottle

from django_layers.api import BearerAuthentication, public
from django_layers.errors import (
    Busy,
    Conflict,
    DomainError,
    Forbidden,
    NotAuthenticated,
    NotFound,
    RuleViolated,
    Stale,
)
from django_layers.schemas import RequestSchema, ResponseSchema
from tests.api.serving import api_of, bearer, client_of, urls_of


class RecipeLocked(Conflict):
    code = "recipe_locked"
    title = "The recipe is locked"


def raising(settings, error):
    router = Router()

    @router.get("/raise")
    def fail(request):
        raise error

    return client_of(settings, api_of(router)).get("/api/raise")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound("recipe"), 404, "not_found"),
        (Conflict(), 409, "conflict"),
        (RuleViolated(), 422, "rule_violated"),
        (Forbidden(), 403, "forbidden"),
        (NotAuthenticated(), 401, "not_authenticated"),
        (Stale(), 412, "stale"),
        (Busy(), 503, "busy"),
        (DomainError(), 400, "error"),
        (RecipeLocked(), 409, "recipe_locked"),
        (HttpError(418, "short and stout"), 418, "i_m_a_teapot"),
        (HttpError(599, "odd"), 599, "status_599"),
        (AuthorizationError(), 403, "forbidden"),
        (Http404("No Recipe matches"), 404, "not_found"),
        (PermissionDenied("secret"), 403, "forbidden"),
        (BadRequest("secret"), 400, "bad_request"),
        (MultiPartParserError("secret"), 400, "bad_request"),
        (DisallowedHost("secret"), 400, "bad_request"),
        (RequestDataTooBig("secret"), 413, None),
        (ValueError("secret"), 500, "internal_server_error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_every_exception_is_answered_with_a_problem(settings, error, status, code):
    response = raising(settings, error)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert code in (problem["code"], None)
    assert "secret" not in response.content.decode()
    assert "matches" not in response.content.decode()


def test_a_domain_error_says_what_where_and_why_but_not_the_name_of_the_constraint(settings):
    error = Conflict("You have rated this recipe already.", fields=("recipe_id", "user_id"), constraint="rating_unique")

    problem = raising(settings, error).json()

    assert problem == {
        "type": "about:blank",
        "title": "Conflict with what is stored",
        "status": 409,
        "code": "conflict",
        "detail": "You have rated this recipe already.",
        "errors": [
            {"field": "recipe_id", "message": "You have rated this recipe already.", "code": "conflict"},
            {"field": "user_id", "message": "You have rated this recipe already.", "code": "conflict"},
        ],
    }


def test_a_domain_error_without_detail_has_none(settings):
    assert raising(settings, RecipeLocked()).json() == {
        "type": "about:blank",
        "title": "The recipe is locked",
        "status": 409,
        "code": "recipe_locked",
    }


def test_a_caller_who_is_not_known_is_told_how_to_authenticate(settings):
    assert raising(settings, NotAuthenticated())["WWW-Authenticate"] == "Bearer"


def test_each_way_to_authenticate_is_told_once(settings):
    router = Router()

    @router.get("/x")
    def x(request):
        return None

    client = client_of(settings, api_of(router, auth=[bearer(), bearer(), lambda request: None]), token="")

    assert client.get("/api/x")["WWW-Authenticate"] == "Bearer, API"


def test_a_caller_is_told_when_to_try_again_a_busy_database(settings):
    assert raising(settings, Busy())["Retry-After"] == "1"


def test_who_asks_too_often_is_told_when_to_try_again(settings):
    router = Router()

    @router.get("/often", auth=public, throttle=[AnonRateThrottle("1/h")])
    def often(request):
        return None

    client = client_of(settings, api_of(router), token="")
    client.get("/api/often")
    response = client.get("/api/often")

    assert (response.status_code, response.json()["code"]) == (429, "throttled")
    assert int(response["Retry-After"]) > 0


@pytest.mark.parametrize("debug", [True, False])
def test_an_unforeseen_exception_shows_nothing_of_itself(settings, debug):
    settings.DEBUG = debug

    response = raising(settings, ZeroDivisionError("the divisor"))

    assert response.status_code == 500
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "code": "internal_server_error",
    }


def test_an_unforeseen_exception_is_logged_with_its_traceback_once(settings, caplog):
    error = ZeroDivisionError("the divisor")

    with caplog.at_level(logging.ERROR, "django.request"):
        raising(settings, error)

    (record,) = caplog.records
    assert record.name == "django.request"
    assert record.exc_info[1] is error
    assert record.status_code == 500


def test_an_unforeseen_exception_is_announced_so_the_test_client_raises_it(settings):
    router = Router()

    @router.get("/raise", auth=public)
    def fail(request):
        raise ZeroDivisionError

    settings.ROOT_URLCONF = urls_of(api_of(router))

    with pytest.raises(ZeroDivisionError):
        Client().get("/api/raise")


def test_a_suspicious_request_is_logged_where_django_logs_it(settings, caplog):
    with caplog.at_level(logging.ERROR, "django.security"):
        raising(settings, DisallowedHost("evil.example"))

    assert [record.name for record in caplog.records] == ["django.security.DisallowedHost"]


def test_a_response_that_breaks_its_own_schema_is_a_fault_of_the_server(settings):
    class Read(ResponseSchema):
        stars: int

    router = Router()

    @router.get("/broken", response=Read)
    def broken(request):
        return {"stars": "many"}

    assert client_of(settings, api_of(router)).get("/api/broken").status_code == 500


def test_a_body_that_is_too_large_is_answered_with_413(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    class Create(RequestSchema):
        text: str

    router = Router()

    @router.post("/text")
    def create(request, data: Create):
        return None

    response = client_of(settings, api_of(router)).post(
        "/api/text", json.dumps({"text": "a" * 20}), content_type="application/json"
    )

    assert response.status_code == 413


def test_an_exception_in_an_authenticator_is_answered_too(settings):
    def broken(token):
        raise LookupError("the token store is down")

    router = Router()

    @router.get("/x")
    def x(request):
        return None

    response = client_of(settings, api_of(router, auth=BearerAuthentication(broken))).get("/api/x")

    assert (response.status_code, response.json()["code"]) == (500, "internal_server_error")


def test_an_asynchronous_endpoint_answers_the_same(settings):
    router = Router()

    @router.get("/raise")
    async def fail(request):
        raise NotFound("recipe")

    response = client_of(settings, api_of(router)).get("/api/raise")

    assert (response.status_code, response.json()["detail"]) == (404, "There is no such recipe.")
