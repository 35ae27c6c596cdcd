import pytest
from django.http import HttpResponse
from django.urls import reverse
from ninja import Router

from tests.api.serving import api_of, client_of


@pytest.fixture
def client(settings):
    router = Router()

    @router.get("/x")
    def get_x(request):
        return None

    @router.delete("/x")
    async def delete_x(request):
        return None

    @router.get("/y", response=str)
    def get_y(request, response: HttpResponse):
        response["X-Method"] = request.method
        return "y"

    @router.patch("/z")
    def patch_z(request):
        return None

    @router.api_operation(["HEAD", "GET"], "/own")
    def own(request, response: HttpResponse):
        response["X-Method"] = request.method
        return None

    @router.get("/async", response=str)
    async def get_async(request, response: HttpResponse):
        response["X-Method"] = request.method
        return "async"

    return client_of(settings, api_of(router))


@pytest.mark.parametrize(
    ("path", "allowed"), [("/api/x", "DELETE, GET, HEAD"), ("/api/y", "GET, HEAD"), ("/api/z", "PATCH")]
)
def test_a_method_that_is_not_allowed_is_answered_with_a_problem(client, path, allowed):
    response = client.put(path)

    assert (response.status_code, response["Allow"]) == (405, allowed)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == f"Allowed here: {allowed}."


@pytest.mark.parametrize("path", ["/api/y", "/api/async"])
def test_the_head_of_a_get_is_its_answer_without_a_body(client, path):
    get, head = client.get(path), client.head(path)

    assert (get.status_code, head.status_code) == (200, 200)
    assert head.content == b""
    assert head.headers == get.headers
    # What stands around the API sees what was asked for.
    assert head.wsgi_request.method == "HEAD"


def test_the_head_of_what_cannot_be_got_is_not_allowed(client):
    response = client.head("/api/z")

    assert (response.status_code, response["Allow"]) == (405, "PATCH")


def test_an_endpoint_that_answers_head_itself_is_asked_for_it(client):
    assert client.head("/api/own")["X-Method"] == "HEAD"


def test_the_head_of_an_error_has_its_status(client):
    assert client.head("/api/nowhere").status_code == 404


@pytest.mark.parametrize("path", ["/api/nowhere", "/api/x/", "/api/", "/api/x/../y/z"])
@pytest.mark.parametrize("debug", [True, False])
def test_a_path_that_is_not_there_is_answered_with_a_problem(settings, client, path, debug):
    settings.DEBUG = debug

    for response in (client.get(path), client.post(path)):
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"


def test_a_path_outside_of_the_api_is_not_the_api_s(client):
    assert client.get("/elsewhere").content == b"elsewhere"


def test_an_endpoint_can_be_reversed(client):
    assert reverse("api-1.0.0:get_x") == "/api/x"
