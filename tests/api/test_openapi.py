import enum
import json
from datetime import datetime
from typing import Annotated, Literal

import pytest
from ninja import File, Header, Query, Router, UploadedFile
from pydantic import Field

from django_layers.api import SessionAuthentication, public, raises
from django_layers.errors import Conflict, NotFound, Stale
from django_layers.schemas import MISSING, Page, PageQuery, RequestSchema, ResponseSchema, UpdateSchema
from tests.api.serving import api_of, bearer


class Status(enum.StrEnum):
    DRAFT = "draft"
    LIVE = "live"


class Author(ResponseSchema):
    id: int


class RecipeRead(ResponseSchema):
    id: int
    title: str
    status: Status
    author: Author | None
    created_at: datetime


class RecipeCreate(RequestSchema):
    title: Annotated[str, Field(min_length=1)]
    status: Status = Status.DRAFT


class RecipeUpdate(UpdateSchema):
    title: Annotated[str, Field(min_length=1)] | MISSING = MISSING
    note: str | MISSING | None = MISSING


class RecipeQuery(PageQuery):
    author_id: Annotated[int | None, Field(description="Whose recipes.")] = None
    status: Status | None = None
    order_by: Literal["created_at", "-created_at"] = "-created_at"


class RecipeLocked(Conflict):
    code = "recipe_locked"


router = Router(tags=["recipes"])


@router.get("/recipes", response=Page[RecipeRead], auth=public)
def list_recipes(request, query: Query[RecipeQuery]):
    """List recipes."""


@router.post("/recipes", response={201: RecipeRead})
@raises(NotFound, RecipeLocked)
def create_recipe(request, data: RecipeCreate):
    """Create a recipe."""


@router.patch("/recipes/{int:recipe_id}", response=RecipeRead)
@raises(Stale)
@raises(NotFound)
def update_recipe(request, recipe_id: int, data: RecipeUpdate, language: Header[str | None] = None):
    """Change a recipe."""


@router.post("/recipes/{int:recipe_id}/photo", response=RecipeRead)
def set_photo(request, recipe_id: int, photo: File[UploadedFile]):
    """Set the photo."""


@router.api_operation(["PUT", "DELETE"], "/both", include_in_schema=True)
def both(request):
    """Answer two methods."""


@router.get("/hidden", include_in_schema=False)
def hidden(request, query: Query[PageQuery]):
    """Stay out of the document."""


@pytest.fixture(scope="module")
def document():
    api = api_of(router, auth=[bearer(), SessionAuthentication()])
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)


def operations(document):
    return {details["operationId"]: details for path in document["paths"].values() for details in path.values()}


def test_every_reference_resolves_and_every_component_is_used(document):
    components = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    assert set(references(document)) == components


def test_components_have_the_names_of_their_classes_and_readable_ones_for_pages(document):
    assert sorted(document["components"]["schemas"]) == [
        "Author",
        "Problem",
        "ProblemError",
        "RecipeCreate",
        "RecipeRead",
        "RecipeReadPage",
        "RecipeUpdate",
        "Status",
    ]


def test_operation_ids_are_unique_also_where_an_operation_has_two_methods(document):
    ids = [details["operationId"] for path in document["paths"].values() for details in path.values()]

    assert sorted(ids) == ["both_delete", "both_put", "create_recipe", "list_recipes", "set_photo", "update_recipe"]


def test_paths_have_no_converters(document):
    assert sorted(document["paths"]) == [
        "/api/both",
        "/api/recipes",
        "/api/recipes/{recipe_id}",
        "/api/recipes/{recipe_id}/photo",
    ]


def test_what_an_endpoint_raises_is_a_problem_and_so_is_what_its_shape_implies(document):
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}

    def statuses(name):
        responses = operations(document)[name]["responses"]
        return [status for status, response in responses.items() if response.get("content") == problem]

    assert statuses("list_recipes") == ["422"]
    assert statuses("create_recipe") == ["400", "401", "403", "404", "409", "422"]
    assert statuses("update_recipe") == ["400", "401", "403", "404", "412", "422"]
    assert operations(document)["create_recipe"]["responses"]["404"]["description"] == "Not Found"


def test_without_a_session_no_csrf_token_can_be_missing():
    document = api_of(router, auth=bearer()).get_openapi_schema(path_prefix="/api/")

    assert 403 not in operations(document)["create_recipe"]["responses"]


def test_a_successful_response_refers_to_its_schema(document):
    assert operations(document)["create_recipe"]["responses"]["201"]["content"] == {
        "application/json": {"schema": {"$ref": "#/components/schemas/RecipeRead"}}
    }


def test_a_public_endpoint_needs_no_authentication_and_knows_all(document):
    assert operations(document)["list_recipes"]["security"] == [
        {"BearerAuthentication": []},
        {"SessionAuthentication": []},
        {},
    ]
    assert operations(document)["create_recipe"]["security"] == [
        {"BearerAuthentication": []},
        {"SessionAuthentication": []},
    ]
    assert document["components"]["securitySchemes"] == {
        "BearerAuthentication": {"type": "http", "scheme": "bearer"},
        "SessionAuthentication": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
    }


def test_a_field_that_may_be_missing_is_not_required_and_has_no_default(document):
    update = document["components"]["schemas"]["RecipeUpdate"]

    assert "required" not in update
    assert update["properties"] == {
        "title": {"type": "string", "minLength": 1, "title": "Title"},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Note"},
    }


def test_query_parameters_are_flat_and_never_null(document):
    parameters = {p["name"]: p for p in operations(document)["list_recipes"]["parameters"]}

    assert sorted(parameters) == ["author_id", "cursor", "include_total", "limit", "order_by", "status"]
    assert parameters["author_id"] == {
        "in": "query",
        "name": "author_id",
        "required": False,
        "description": "Whose recipes.",
        "schema": {"type": "integer", "description": "Whose recipes.", "title": "Author Id"},
    }
    assert parameters["status"]["schema"]["$ref"] == "#/components/schemas/Status"
    assert parameters["limit"]["schema"]["default"] == 25
    assert parameters["order_by"]["schema"]["enum"] == ["created_at", "-created_at"]


def test_path_and_header_parameters_are_there(document):
    parameters = [(p["in"], p["name"], p["required"]) for p in operations(document)["update_recipe"]["parameters"]]

    assert parameters == [("path", "recipe_id", True), ("header", "language", False)]


def test_bodies_are_described(document):
    assert operations(document)["create_recipe"]["requestBody"] == {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RecipeCreate"}}},
        "required": True,
    }
    form = operations(document)["set_photo"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["photo"]["format"] == "binary"
    assert form["required"] == ["photo"]


def test_two_schemas_of_one_name_stay_two():
    def read(module, field):
        return type("Read", (ResponseSchema,), {"__annotations__": {field: int}, "__module__": module})

    clash = Router()

    @clash.get("/a", response=read("recipes.schemas", "title"))
    def get_a(request):
        return None

    @clash.get("/b", response=Page[read("meals.schemas", "day")])
    def get_b(request):
        return None

    schemas = api_of(clash).get_openapi_schema(path_prefix="")["components"]["schemas"]

    assert list(schemas["recipes__schemas__Read"]["properties"]) == ["title"]
    assert list(schemas["meals__schemas__Read"]["properties"]) == ["day"]
    assert "Read" not in schemas


def test_a_schema_that_differs_on_its_way_in_and_out_is_described_twice():
    class Amount(RequestSchema):
        value: Annotated[str, Field(validation_alias="in", serialization_alias="out")]

    both_ways = Router()

    @both_ways.post("/amounts", response=Amount)
    def create_amount(request, data: Amount):
        return data

    schemas = api_of(both_ways).get_openapi_schema(path_prefix="")["components"]["schemas"]

    assert list(schemas["Amount-Input"]["properties"]) == ["in"]
    assert list(schemas["Amount-Output"]["properties"]) == ["out"]


def test_a_project_s_own_problem_does_not_take_the_place_of_ours():
    own = type("Problem", (ResponseSchema,), {"__annotations__": {"id": int}, "__module__": "support.schemas"})
    support = Router()

    @support.get("/problems", response=own)
    @raises(NotFound)
    def get_problem(request):
        return None

    responses = operations(json.loads(json.dumps(api_of(support).get_openapi_schema(path_prefix=""))))["get_problem"][
        "responses"
    ]

    assert responses["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/support__schemas__Problem")
    assert "django_layers" in responses["404"]["content"]["application/problem+json"]["schema"]["$ref"]
