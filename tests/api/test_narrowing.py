import pytest
from ninja import Router
from ninja.responses import Status
from ninja.streaming import JSONL
from pydantic import Field, RootModel

from django_layers.schemas import Page, ResponseSchema
from tests.api.serving import api_of, client_of


class RatingRead(ResponseSchema):
    id: int
    camel_case: str = Field(default="", alias="camelCase")


class InternalRating(RatingRead):
    secret: str = "hunter2"


class AnnotatedPage(Page[RatingRead]):
    secret: str = "hunter2"


class Wrapper(ResponseSchema):
    rating: RatingRead


class Ratings(RootModel[list[RatingRead]]):
    pass


class MoreRatings(Ratings):
    pass


RATING = InternalRating(id=1, camelCase="x")
NARROW = {"id": 1, "camelCase": "x"}


@pytest.mark.parametrize(
    ("declared", "result", "body"),
    [
        (RatingRead, RATING, NARROW),
        (RatingRead, RatingRead(id=1, camelCase="x"), NARROW),
        (RatingRead, Status(200, RATING), NARROW),
        ({200: RatingRead, 201: None}, RATING, NARROW),
        ({200: RatingRead, 201: None}, Status(200, RATING), NARROW),
        ({201: RatingRead}, RATING, NARROW),
        ({frozenset({200, 202}): RatingRead}, Status(202, RATING), NARROW),
        ({...: RatingRead}, Status(203, RATING), NARROW),
        ({...: RatingRead}, RATING, NARROW),
        (RatingRead | None, RATING, NARROW),
        (RatingRead | None, None, None),
        (list[RatingRead], [RATING], [NARROW]),
        (tuple[RatingRead, ...], (RATING, RATING), [NARROW, NARROW]),
        (dict[str, RatingRead], {"a": RATING}, {"a": NARROW}),
        (list[dict[str, RatingRead]], [{"a": RATING}], [{"a": NARROW}]),
        (RatingRead | Wrapper, RATING, NARROW),
        (Ratings, MoreRatings([RATING]), [NARROW]),
        (Wrapper, Wrapper(rating=RATING), {"rating": NARROW}),
        (
            Page[RatingRead],
            Page[RatingRead](items=(RATING,), next_cursor=None),
            {"items": [NARROW], "next_cursor": None, "previous_cursor": None, "total": None},
        ),
        (
            Page[RatingRead],
            AnnotatedPage(items=(RATING,), next_cursor=None),
            {"items": [NARROW], "next_cursor": None, "previous_cursor": None, "total": None},
        ),
        (
            Page[RatingRead],
            Page[InternalRating](items=(RATING,), next_cursor=None),
            {"items": [NARROW], "next_cursor": None, "previous_cursor": None, "total": None},
        ),
    ],
)
@pytest.mark.parametrize("asynchronous", [True, False])
@pytest.mark.parametrize("in_bytes", [True, False])
def test_a_response_holds_what_its_schema_declares_and_nothing_more(
    settings, declared, result, body, asynchronous, in_bytes
):
    settings.DJANGO_LAYERS = {"RESPONSE_BYTES": in_bytes}
    router = Router()

    async def answer_async(request):
        return result

    def answer(request):
        return result

    router.get("/x", response=declared)(answer_async if asynchronous else answer)

    response = client_of(settings, api_of(router)).get("/api/x")

    assert response.status_code < 300
    assert response.json() == body


@pytest.mark.parametrize("in_bytes", [True, False])
def test_a_status_in_a_tuple_is_narrowed_too(settings, in_bytes):
    settings.DJANGO_LAYERS = {"RESPONSE_BYTES": in_bytes}
    router = Router()

    @router.get("/x", response={201: RatingRead})
    def x(request):
        return 201, RATING

    response = client_of(settings, api_of(router)).get("/api/x")

    assert (response.status_code, response.json()) == (201, NARROW)


def test_an_endpoint_without_content_answers_204(settings):
    router = Router()

    @router.delete("/x", response={204: None})
    def x(request):
        return None

    response = client_of(settings, api_of(router)).delete("/api/x")

    assert (response.status_code, response.content) == (204, b"")


def test_a_stream_is_left_alone(settings):
    router = Router()

    @router.get("/x", response=JSONL[RatingRead])
    def x(request):
        yield RATING

    response = client_of(settings, api_of(router)).get("/api/x")

    assert b"hunter2" not in b"".join(response.streaming_content)
