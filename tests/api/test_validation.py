import json
from typing import Annotated

import pytest
from ninja import Query, Router
from pydantic import AfterValidator, Field

from django_layers.schemas import PageQuery, RequestSchema
from tests.api.serving import api_of, client_of


def positive(value: int) -> int:
    if value < 0:
        raise ValueError("Negative amounts are not stored")
    return value


class Step(RequestSchema):
    text: Annotated[str, Field(min_length=1)]


class RecipeCreate(RequestSchema):
    title: Annotated[str, Field(min_length=1, max_length=5)]
    amount: Annotated[int, AfterValidator(positive)] = 0
    steps: tuple[Step, ...] = ()


class RecipeQuery(PageQuery):
    tags: tuple[int, ...] = ()


@pytest.fixture
def client(settings):
    router = Router()

    @router.get("/recipes")
    def list_recipes(request, query: Query[RecipeQuery], since: int = 0):
        return {"limit": query.limit, "tags": query.tags}

    @router.post("/recipes/{recipe_id}")
    def create_recipe(request, recipe_id: int, data: RecipeCreate):
        return data.title

    @router.post("/pairs")
    def create_pair(request, first: RecipeCreate, second: RecipeCreate):
        return None

    return client_of(settings, api_of(router))


def posted(client, body, path="/api/recipes/1"):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(path, text, content_type="application/json")


def errors(response):
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    return [(error["location"], error["field"], error["code"]) for error in response.json()["errors"]]


def test_a_valid_request_passes(client):
    assert posted(client, {"title": " soup "}).json() == "soup"


def test_all_errors_of_all_sources_are_told_at_once(client):
    response = posted(client, {"title": "", "amount": "x"}, "/api/recipes/one")

    assert errors(response) == [
        ("path", "recipe_id", "int_parsing"),
        ("body", "title", "string_too_short"),
        ("body", "amount", "int_parsing"),
    ]
    assert response.json()["code"] == "invalid_request"


def test_nested_fields_are_dotted(client):
    assert errors(posted(client, {"title": "a", "steps": [{"text": "b"}, {"text": ""}]})) == [
        ("body", "steps.1.text", "string_too_short")
    ]


def test_the_path_of_two_bodies_begins_with_the_body(client):
    assert errors(posted(client, {"first": {"title": ""}, "second": {"title": "a"}}, "/api/pairs")) == [
        ("body", "first.title", "string_too_short")
    ]


def test_an_unknown_name_in_the_body_is_refused(client):
    response = posted(client, {"title": "a", "owner_id": 3})

    assert errors(response) == [("body", "owner_id", "extra_forbidden")]
    assert response.json()["errors"][0]["message"] == "There is no such name."


@pytest.mark.parametrize("body", ["[]", "3", "null", '"text"'])
def test_a_body_that_is_no_object_is_refused_without_naming_a_class(client, body):
    response = posted(client, body)

    assert [(location, field) for location, field, _ in errors(response)] == [("body", "")]
    assert "RecipeCreate" not in response.content.decode()


def test_a_missing_body_is_refused(client):
    assert errors(posted(client, "")) == [("body", "", "missing")]


def test_a_message_of_a_validator_is_told_without_pydantic_s_prefix(client):
    response = posted(client, {"title": "a", "amount": -1})

    assert response.json()["errors"][0]["message"] == "Negative amounts are not stored"


def test_no_value_that_was_sent_comes_back(client):
    response = posted(client, {"title": "hunter2 hunter2", "amount": "hunter2"})

    assert response.status_code == 422
    assert "hunter2" not in response.content.decode()
    assert "url" not in response.json()["errors"][0]


def test_the_position_of_a_list_in_the_query_string_is_told(client):
    assert errors(client.get("/api/recipes?tags=1&tags=x")) == [("query", "tags.1", "int_parsing")]


def test_a_parameter_of_its_own_is_named_as_it_is(client):
    assert errors(client.get("/api/recipes?since=x&limit=0")) == [
        ("query", "limit", "greater_than_equal"),
        ("query", "since", "int_parsing"),
    ]
