import functools
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate
from ninja.renderers import JSONRenderer
from ninja.responses import Status
from pydantic import BaseModel, Field, SerializationInfo, field_serializer

from django_layers.api import set_etag
from django_layers.schemas import MISSING, Page, ResponseSchema
from tests.api.serving import ALICE, Urls, api_of, client_of


class TagRead(ResponseSchema):
    name: str


class RatingRead(ResponseSchema):
    id: int
    comment: str | None = None
    camel_case: str = Field(default="", alias="camelCase")
    tags: tuple[TagRead, ...] = ()


class Moment(ResponseSchema):
    at: datetime
    took: timedelta
    cost: Decimal
    key: UUID
    share: float


class Resolving(Schema):
    name: str

    @staticmethod
    def resolve_name(obj):
        return "Dr " + (obj["name"] if isinstance(obj, dict) else obj.name)


class Cat(ResponseSchema):
    kind: Literal["cat"] = "cat"


class Dog(ResponseSchema):
    kind: Literal["dog"] = "dog"


class Hiding(ResponseSchema):
    id: int
    secret: str = "hunter2"

    def model_dump(self, **options: Any) -> dict[str, Any]:
        return super().model_dump(**options | {"exclude": {"secret"}})


@dataclass
class Point:
    x: int


RATING = RatingRead(id=1, camelCase="x")
RATING_JSON = b'{"id":1,"comment":null,"camelCase":"x","tags":[]}'
MOMENT = Moment(
    at=datetime(2026, 1, 1, 12, 0, 0, 123456, tzinfo=UTC),
    took=timedelta(hours=1),
    cost=Decimal("1.20"),
    key=UUID(int=1),
    share=0.5,
)


def answer_of(settings, declared, result, *, api_options=None, client_options=None, **options):
    """Return the response of an endpoint that declares and returns these."""
    router = Router()

    @router.get("/x", response=declared, **options)
    def x(request):
        return result

    return client_of(settings, api_of(router, **(api_options or {})), **(client_options or {})).get("/api/x")


@pytest.mark.parametrize(
    ("declared", "result", "status", "content"),
    [
        (RatingRead, RATING, 200, RATING_JSON),
        ({201: RatingRead}, RATING, 201, RATING_JSON),
        ({200: RatingRead, 404: TagRead}, Status(404, TagRead(name="é")), 404, '{"name":"é"}'.encode()),
        ({200: RatingRead, 404: TagRead}, (404, TagRead(name="x")), 404, b'{"name":"x"}'),
        (list[TagRead], [TagRead(name="x")], 200, b'[{"name":"x"}]'),
        (tuple[TagRead, ...], (TagRead(name="x"), TagRead(name="y")), 200, b'[{"name":"x"},{"name":"y"}]'),
        (tuple[int, int], (404, 5), 200, b"[404,5]"),
        (tuple[int, ...], (404, 5), 200, b"[404,5]"),
        (TagRead | None, None, 200, b"null"),
        (Cat | Dog, Dog(), 200, b'{"kind":"dog"}'),
        (Annotated[Cat | Dog, Field(discriminator="kind")], {"kind": "dog"}, 200, b'{"kind":"dog"}'),
        (dict[str, int], {"x": 1}, 200, b'{"x":1}'),
        (int, 5, 200, b"5"),
        (Point, Point(x=1), 200, b'{"x":1}'),
        (Resolving, Resolving(name="No"), 200, b'{"name":"Dr No"}'),
        (
            Page[TagRead],
            Page[TagRead](items=(TagRead(name="x"),), next_cursor="c"),
            200,
            b'{"items":[{"name":"x"}],"next_cursor":"c","previous_cursor":null,"total":null}',
        ),
    ],
)
def test_a_result_is_written_in_one_pass(settings, declared, result, status, content):
    response = answer_of(settings, declared, result)

    assert (response.status_code, response.content) == (status, content)
    assert response["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("declared", "result", "content"),
    [
        (TagRead, {"name": "x"}, b'{"name":"x"}'),
        (list[TagRead], [{"name": "x"}, TagRead(name="y")], b'[{"name":"x"},{"name":"y"}]'),
        (list[TagRead], (TagRead(name="x"),), b'[{"name":"x"}]'),
        (list[Resolving], [{"name": "No"}], b'[{"name":"Dr No"}]'),
        (int, "5", b"5"),
        (Annotated[int, Field(ge=1)], 5, b"5"),
    ],
)
def test_what_is_not_exactly_what_is_declared_is_validated_first(settings, declared, result, content):
    assert answer_of(settings, declared, result).content == content


@pytest.mark.parametrize(
    ("declared", "result"),
    [
        (TagRead, {"name": 5}),
        (list[TagRead], [RATING.model_copy()]),
        (Annotated[int, Field(ge=1)], 0),
        (TagRead, TagRead.model_construct(name=5)),
        (list[TagRead], [TagRead.model_construct(name=5)]),
        (RatingRead, RatingRead.model_construct(id=1, comment=None, camel_case="", tags=[TagRead(name="hunter2")])),
        (Page[TagRead], Page[TagRead].model_construct(items=(TagRead.model_construct(name=5),), next_cursor=None)),
    ],
)
def test_what_is_not_what_its_schema_says_is_an_error_that_tells_nothing(settings, caplog, declared, result):
    with caplog.at_level(logging.ERROR, "django.request"):
        response = answer_of(settings, declared, result)

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "internal_server_error"
    assert "detail" not in response.json()
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_missing_value_is_left_out(settings):
    class Partly(ResponseSchema):
        id: int
        name: str | MISSING = MISSING

    assert answer_of(settings, Partly, Partly(id=1)).content == b'{"id":1}'


@pytest.mark.parametrize(
    ("option", "content"),
    [
        ("exclude_unset", b'{"id":1,"camelCase":"x"}'),
        ("exclude_defaults", b'{"id":1,"camelCase":"x"}'),
        ("exclude_none", b'{"id":1,"camelCase":"x","tags":[]}'),
    ],
)
@pytest.mark.parametrize("in_bytes", [True, False])
def test_an_endpoint_says_what_is_left_out(settings, option, content, in_bytes):
    settings.DJANGO_LAYERS = {"RESPONSE_BYTES": in_bytes}

    class More(RatingRead):
        secret: str = "hunter2"

    for result in (RATING, More(id=1, camelCase="x")):
        response = answer_of(settings, RatingRead, result, **{option: True})

        assert response.json() == json.loads(content)


def test_headers_and_cookies_of_the_endpoint_s_response_are_kept(settings):
    router = Router()

    @router.get("/x", response={201: TagRead})
    def x(request, response: HttpResponse):
        set_etag(response, 3)
        response.set_cookie("flavour", "plain")
        return TagRead(name="x")

    response = client_of(settings, api_of(router)).get("/api/x")

    assert (response.status_code, response.content, response["ETag"]) == (201, b'{"name":"x"}', '"3"')
    assert response.cookies["flavour"].value == "plain"


def test_headers_are_kept_where_there_is_no_content(settings):
    router = Router()

    @router.delete("/x", response={204: None})
    def x(request, response: HttpResponse):
        response["X-Deleted"] = "1"

    response = client_of(settings, api_of(router)).delete("/api/x")

    assert (response.status_code, response.content, response["X-Deleted"]) == (204, b"", "1")


@pytest.mark.parametrize(
    "result",
    [
        HttpResponse("as it is", status=202, content_type="text/plain"),
        StreamingHttpResponse(["as ", "it is"], status=202),
        FileResponse([b"as it is"], status=202),
    ],
    ids=lambda result: type(result).__name__,
)
def test_a_response_of_the_endpoint_s_own_is_left_alone(settings, result):
    response = answer_of(settings, RatingRead, result)

    assert response.status_code == 202
    assert b"".join(response) == b"as it is"


def test_an_endpoint_that_declares_nothing_is_left_to_django_ninja(settings):
    router = Router()

    @router.get("/x")
    def x(request):
        return {"at": MOMENT.at}

    assert client_of(settings, api_of(router)).get("/api/x").json() == {"at": "2026-01-01T12:00:00.123Z"}


def test_a_status_that_is_not_declared_is_an_error(settings):
    assert answer_of(settings, {200: TagRead}, Status(404, TagRead(name="x"))).status_code == 500


def test_a_renderer_of_the_api_s_own_is_asked(settings):
    class Indented(JSONRenderer):
        json_dumps_params = {"indent": 1}  # noqa: RUF012 - as django-ninja declares it

    response = answer_of(settings, TagRead, TagRead(name="x"), api_options={"renderer": Indented()})

    assert response.content == b'{\n "name": "x"\n}'


def test_a_schema_that_dumps_itself_is_asked(settings):
    assert answer_of(settings, Hiding, Hiding(id=1)).json() == {"id": 1}


def test_django_ninja_s_own_pages_are_written(settings):
    router = Router()

    @router.get("/x", response=list[Resolving])
    @paginate(LimitOffsetPagination)
    def x(request):
        return [{"name": "No"}, {"name": "Who"}]

    response = client_of(settings, api_of(router)).get("/api/x", {"limit": 1})

    assert response.content == b'{"items":[{"name":"Dr No"}],"count":2}'


def test_moments_keep_microseconds_and_durations_are_iso_8601(settings):
    assert answer_of(settings, Moment, MOMENT).json() == {
        "at": "2026-01-01T12:00:00.123456Z",
        "took": "PT1H",
        "cost": "1.20",
        "key": "00000000-0000-0000-0000-000000000001",
        "share": 0.5,
    }


def test_a_number_that_json_does_not_have_is_null(settings):
    assert answer_of(settings, list[float], [float("nan"), float("inf")]).content == b"[null,null]"


def test_the_setting_leaves_responses_to_django_ninja(settings):
    settings.DJANGO_LAYERS = {"RESPONSE_BYTES": False}

    moment = answer_of(settings, Moment, MOMENT).json()

    assert (moment["at"], moment["took"]) == ("2026-01-01T12:00:00.123Z", "P0DT01H00M00S")


def test_text_in_another_language_is_written_where_no_type_is_declared(settings):
    assert answer_of(settings, dict[str, Any], {"x": gettext_lazy("Yes")}).content == b'{"x":"Yes"}'


def test_serializers_know_the_request(settings):
    class Greeting(BaseModel):
        name: str

        @field_serializer("name")
        def greet(self, name: str, info: SerializationInfo[Any]) -> str:
            return f"{name} {info.context['response_status']} {info.context['request'].path}"

    assert answer_of(settings, {201: Greeting}, Greeting(name="x")).json() == {"name": "x 201 /api/x"}


class Branch(ResponseSchema):
    leaves: "list[Leaf]"


later = Router()


@later.get("/x", response=Branch)
def get_branch(request):
    return Branch(leaves=[Leaf(id=1)])


class Leaf(ResponseSchema):
    id: int


def test_a_schema_that_is_completed_later_is_written(settings):
    assert client_of(settings, api_of(later)).get("/api/x").content == b'{"leaves":[{"id":1}]}'


def test_a_decorator_of_the_project_s_own_sees_what_the_endpoint_returns(settings):
    seen = []
    router = Router()

    def watching(endpoint):
        @functools.wraps(endpoint)
        def watched(request, *args, **kwargs):
            seen.append(result := endpoint(request, *args, **kwargs))
            return result

        return watched

    router.add_decorator(watching, mode="operation")

    @router.get("/x", response=TagRead)
    def x(request):
        return TagRead(name="x")

    assert client_of(settings, api_of(router)).get("/api/x").content == b'{"name":"x"}'
    assert seen == [TagRead(name="x")]


def test_a_router_that_another_api_has_too_is_not_changed_there(settings):
    router = Router()

    @router.get("/x", response=Moment)
    def x(request):
        return MOMENT

    ours, theirs = api_of(router), NinjaAPI(urls_namespace="theirs")
    theirs.add_router("", router)
    settings.ROOT_URLCONF = Urls([path("ours/", ours.urls), path("theirs/", theirs.urls)])
    client = Client(headers=ALICE)

    assert client.get("/ours/x").json()["at"] == "2026-01-01T12:00:00.123456Z"
    assert client.get("/theirs/x").json()["at"] == "2026-01-01T12:00:00.123Z"


def test_the_document_describes_what_is_written(settings):
    router = Router()

    @router.get("/x", response=list[RatingRead])
    def x(request):
        return [RATING]

    api = api_of(router)
    response = client_of(settings, api).get("/api/x")
    described = api.get_openapi_schema(path_prefix="")["components"]["schemas"]["RatingRead"]["properties"]

    assert list(response.json()[0]) == list(described)
