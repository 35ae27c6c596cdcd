import pytest
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

    @router.get("/y")
    def get_y(request):
        return None

    return client_of(settings, api_of(router))


@pytest.mark.parametrize(("path", "allowed"), [("/api/x", "DELETE, GET"), ("/api/y", "GET")])
def test_a_method_that_is_not_allowed_is_answered_with_a_problem(client, path, allowed):
    response = client.put(path)

    assert (response.status_code, response["Allow"]) == (405, allowed)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == f"Allowed here: {allowed}."


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
