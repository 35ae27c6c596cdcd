import pytest
from django.contrib.auth.models import User
from ninja import Query, Router
from ninja.security import APIKeyQuery

from django_layers.schemas import PageQuery
from tests.api.serving import api_of, client_of


class RecipeQuery(PageQuery):
    title: str | None = None
    tags: tuple[int, ...] = ()


class KeyInQuery(APIKeyQuery):
    param_name = "api_key"

    def authenticate(self, request, key):
        return User(pk=1) if key == "right" else None


@pytest.fixture
def client(settings):
    router = Router()

    @router.get("/recipes")
    def list_recipes(request, query: Query[RecipeQuery]):
        return {"limit": query.limit, "tags": query.tags}

    @router.get("/recipes/{recipe_id}")
    async def get_recipe(request, recipe_id: int):
        return recipe_id

    @router.get("/keyed", auth=KeyInQuery())
    def keyed(request):
        return None

    return client_of(settings, api_of(router))


def errors(response):
    assert response.status_code == 422
    return [(e["field"], e["location"], e["code"], e["message"]) for e in response.json()["errors"]]


def test_known_names_pass(client):
    assert client.get("/api/recipes?limit=3&tags=1&tags=2").json() == {"limit": 3, "tags": [1, 2]}


def test_an_unknown_name_is_refused_with_the_nearest_known_one(client):
    assert errors(client.get("/api/recipes?limti=3")) == [
        ("limti", "query", "unknown_name", "There is no such name. Did you mean 'limit'?")
    ]


def test_an_unknown_name_like_none_that_is_known_gets_no_hint(client):
    assert errors(client.get("/api/recipes?xyzzy=3")) == [("xyzzy", "query", "unknown_name", "There is no such name.")]


def test_a_name_given_twice_is_refused_unless_it_is_a_list(client):
    assert errors(client.get("/api/recipes?limit=1&limit=2&tags=1&tags=2")) == [
        ("limit", "query", "repeated_name", "The name may be given only once.")
    ]


def test_an_endpoint_without_any_name_refuses_all(client):
    assert [error[0] for error in errors(client.get("/api/recipes/1?expand=tags"))] == ["expand"]


def test_the_key_of_an_authentication_by_query_is_known(client):
    assert client.get("/api/keyed?api_key=right").status_code == 200


def test_nobody_learns_the_names_of_an_endpoint_that_is_closed(client):
    assert client.get("/api/keyed?api_key=wrong&x=1").status_code == 401
