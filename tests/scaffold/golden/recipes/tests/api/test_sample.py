"""The HTTP endpoints of samples, on the database."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client, override_settings
from django_layers.testing import UserFactory, assert_constant_queries, user_with

from recipes.schemas.sample import SampleUpdate
from recipes.tests.factories.sample import SampleCreateFactory, SampleFactory
from recipes.types import SampleLevel

pytestmark = pytest.mark.django_db

URL = "/api/samples"
JSON = "application/json"
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
READONLY = ["id", "manual", "picture", "created_at", "updated_at"]
LIMITS = [
    pytest.param("line", "x", id="line-shortest"),
    pytest.param("line", "x" * 200, id="line-longest"),
    pytest.param("nickname", "x", id="nickname-shortest"),
    pytest.param("nickname", "x" * 20, id="nickname-longest"),
    pytest.param("text", "x", id="text-shortest"),
    pytest.param("small", -3, id="small-lowest"),
    pytest.param("ratio", 0.0, id="ratio-lowest"),
    pytest.param("ratio", 1.0, id="ratio-highest"),
    pytest.param("price", "0.01", id="price-lowest"),
    pytest.param("day", "2020-01-01", id="day-lowest"),
    pytest.param("at", "18:00:00", id="at-highest"),
    pytest.param("slug", "x", id="slug-shortest"),
    pytest.param("slug", "x" * 50, id="slug-longest"),
]
MISTAKES = [
    pytest.param("line", "x" * 201, id="line-too-long"),
    pytest.param("line", " ", id="line-blank"),
    pytest.param("line", None, id="line-null"),
    pytest.param("nickname", "x" * 21, id="nickname-too-long"),
    pytest.param("nickname", " ", id="nickname-blank"),
    pytest.param("text", " ", id="text-blank"),
    pytest.param("text", None, id="text-null"),
    pytest.param("number", None, id="number-null"),
    pytest.param("big", None, id="big-null"),
    pytest.param("small", -4, id="small-too-low"),
    pytest.param("ratio", -1.0, id="ratio-too-low"),
    pytest.param("ratio", 2.0, id="ratio-too-high"),
    pytest.param("ratio", None, id="ratio-null"),
    pytest.param("price", "0.00", id="price-too-low"),
    pytest.param("price", "0.011", id="price-too-exact"),
    pytest.param("price", None, id="price-null"),
    pytest.param("active", None, id="active-null"),
    pytest.param("day", "2019-12-31", id="day-too-low"),
    pytest.param("day", None, id="day-null"),
    pytest.param("moment", "2026-01-01T09:00:00", id="moment-no-time-zone"),
    pytest.param("moment", None, id="moment-null"),
    pytest.param("at", "18:01:00", id="at-too-high"),
    pytest.param("at", "09:00:00Z", id="at-a-time-zone"),
    pytest.param("at", None, id="at-null"),
    pytest.param("length", None, id="length-null"),
    pytest.param("code", None, id="code-null"),
    pytest.param("email", "x" * 255 + "@example.com", id="email-too-long"),
    pytest.param("email", " ", id="email-blank"),
    pytest.param("email", "nobody", id="email-no-address"),
    pytest.param("email", None, id="email-null"),
    pytest.param("site", "https://example.com/" + "x" * 201, id="site-too-long"),
    pytest.param("site", "javascript:alert(1)", id="site-no-address-of-a-page"),
    pytest.param("site", None, id="site-null"),
    pytest.param("slug", "x" * 51, id="slug-too-long"),
    pytest.param("slug", " ", id="slug-blank"),
    pytest.param("slug", "two words", id="slug-a-space"),
    pytest.param("slug", None, id="slug-null"),
    pytest.param("address", "10.0.0.256", id="address-no-address"),
    pytest.param("address", None, id="address-null"),
    pytest.param("level", "unheard-of", id="level-none-of-the-choices"),
    pytest.param("level", None, id="level-null"),
]


@pytest.fixture
def user() -> User:
    """A user who may write samples."""
    return user_with(
        "recipes.add_sample", "recipes.change_sample", "recipes.delete_sample"
    )


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body() -> dict[str, object]:
    """Return the body of a request to create a sample."""
    request = SampleCreateFactory.build()
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the samples that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_a_sample_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["line"] == sent["line"]
    assert response.json()["nickname"] == sent["nickname"]
    assert response.json()["text"] == sent["text"]
    assert response.json()["number"] == sent["number"]
    assert response.json()["big"] == sent["big"]
    assert response.json()["small"] == sent["small"]
    assert response.json()["ratio"] == sent["ratio"]
    assert response.json()["price"] == sent["price"]
    assert response.json()["active"] == sent["active"]
    assert response.json()["day"] == sent["day"]
    assert response.json()["code"] == sent["code"]
    assert response.json()["email"] == sent["email"]
    assert response.json()["site"] == sent["site"]
    assert response.json()["slug"] == sent["slug"]
    assert response.json()["address"] == sent["address"]
    assert response.json()["data"] == sent["data"]
    assert response.json()["level"] == sent["level"]


def test_changing_a_sample_answers_with_it(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON).json()
    sent = body()
    changes = {name: sent[name] for name in SampleUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["line"] == sent["line"]
    assert response.json()["nickname"] == sent["nickname"]
    assert response.json()["text"] == sent["text"]
    assert response.json()["number"] == sent["number"]
    assert response.json()["big"] == sent["big"]
    assert response.json()["small"] == sent["small"]
    assert response.json()["ratio"] == sent["ratio"]
    assert response.json()["price"] == sent["price"]
    assert response.json()["active"] == sent["active"]
    assert response.json()["day"] == sent["day"]
    assert response.json()["code"] == sent["code"]
    assert response.json()["email"] == sent["email"]
    assert response.json()["site"] == sent["site"]
    assert response.json()["slug"] == sent["slug"]
    assert response.json()["address"] == sent["address"]
    assert response.json()["data"] == sent["data"]
    assert response.json()["level"] == sent["level"]


def test_a_deleted_sample_is_not_found(client: Client) -> None:
    row_url = f"{URL}/{SampleFactory.create().pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_samples_without_signing_in() -> None:
    sample = SampleFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{sample.pk}").status_code == 401


def test_nobody_may_write_samples_without_signing_in() -> None:
    row_url = f"{URL}/{SampleFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_samples_are_written_with_the_permission_only() -> None:
    row_url = f"{URL}/{SampleFactory.create().pk}"
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.get(row_url).status_code == 200
    assert reader.post(URL, body(), content_type=JSON).status_code == 403
    assert reader.patch(row_url, {}, content_type=JSON).status_code == 403
    assert reader.delete(row_url).status_code == 403


def test_no_two_samples_have_the_same_nickname(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "nickname": first["nickname"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


def test_no_two_samples_have_the_same_big(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "big": first["big"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


def test_no_two_samples_have_the_same_code(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "code": first["code"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


def test_no_two_samples_have_the_same_email(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "email": first["email"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


def test_no_two_samples_have_the_same_slug(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "slug": first["slug"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_sample_may_go_to_the_limit(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize(
    "name",
    [
        "line",
        "text",
        "number",
        "big",
        "ratio",
        "price",
        "day",
        "moment",
        "length",
        "code",
        "email",
        "slug",
        "address",
        "level",
    ],
)
def test_a_new_sample_cannot_do_without(client: Client, name: str) -> None:
    sent = {key: value for key, value in body().items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_sample_is_refused(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(
    client: Client, name: str, value: object
) -> None:
    sample = SampleFactory.create()

    response = client.patch(f"{URL}/{sample.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("small", -4, id="small-too-low"),
        pytest.param("ratio", -1.0, id="ratio-too-low"),
        pytest.param("ratio", 2.0, id="ratio-too-high"),
        pytest.param("price", Decimal("0.00"), id="price-too-low"),
        pytest.param("day", dt.date(2019, 12, 31), id="day-too-low"),
        pytest.param("at", dt.time(18, 1), id="at-too-high"),
        pytest.param("level", "unheard-of", id="level-none-of-the-choices"),
    ],
)
def test_the_database_refuses_what_breaks_a_constraint(
    name: str, value: object
) -> None:
    with pytest.raises(IntegrityError):
        SampleFactory.create(**{name: value})


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_sample_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client) -> None:
    sample = SampleFactory.create()

    response = client.patch(f"{URL}/{sample.pk}", {"unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_sample_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    sample = SampleFactory.create()
    value = client.get(f"{URL}/{sample.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    sample = SampleFactory.create()
    value = client.get(f"{URL}/{sample.pk}").json()[name]

    response = client.patch(f"{URL}/{sample.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_samples_are_filtered_by_line_contains(client: Client) -> None:
    low = SampleFactory.create(line="line 1")
    high = SampleFactory.create(line="line 2")

    assert listed(client, line_contains="INE 1") == [low.pk]
    assert listed(client, line_contains="line 2") == [high.pk]


def test_samples_are_filtered_by_nickname(client: Client) -> None:
    low = SampleFactory.create(nickname="nickname 1")
    high = SampleFactory.create(nickname="nickname 2")

    assert listed(client, nickname="nickname 1") == [low.pk]
    assert listed(client, nickname="nickname 2") == [high.pk]


def test_samples_are_filtered_by_text_contains(client: Client) -> None:
    low = SampleFactory.create(text="text 1")
    high = SampleFactory.create(text="text 2")

    assert listed(client, text_contains="EXT 1") == [low.pk]
    assert listed(client, text_contains="text 2") == [high.pk]


def test_samples_are_filtered_by_number(client: Client) -> None:
    low = SampleFactory.create(number=1)
    high = SampleFactory.create(number=2)

    assert listed(client, number=1) == [low.pk]
    assert listed(client, number=2) == [high.pk]


def test_samples_are_filtered_by_number_min(client: Client) -> None:
    low = SampleFactory.create(number=1)
    high = SampleFactory.create(number=2)

    assert listed(client, number_min=2) == [high.pk]
    assert {*listed(client, number_min=1)} == {low.pk, high.pk}


def test_samples_are_filtered_by_number_max(client: Client) -> None:
    low = SampleFactory.create(number=1)
    high = SampleFactory.create(number=2)

    assert listed(client, number_max=1) == [low.pk]
    assert {*listed(client, number_max=2)} == {low.pk, high.pk}


def test_samples_are_filtered_by_big(client: Client) -> None:
    low = SampleFactory.create(big=1)
    high = SampleFactory.create(big=2)

    assert listed(client, big=1) == [low.pk]
    assert listed(client, big=2) == [high.pk]


def test_samples_are_filtered_by_ratio_min(client: Client) -> None:
    low = SampleFactory.create(ratio=0.0)
    high = SampleFactory.create(ratio=1.0)

    assert listed(client, ratio_min="1.0") == [high.pk]
    assert {*listed(client, ratio_min="0.0")} == {low.pk, high.pk}


def test_samples_are_filtered_by_ratio_max(client: Client) -> None:
    low = SampleFactory.create(ratio=0.0)
    high = SampleFactory.create(ratio=1.0)

    assert listed(client, ratio_max="0.0") == [low.pk]
    assert {*listed(client, ratio_max="1.0")} == {low.pk, high.pk}


def test_samples_are_filtered_by_price_min(client: Client) -> None:
    low = SampleFactory.create(price=Decimal("0.01"))
    high = SampleFactory.create(price=Decimal("0.02"))

    assert listed(client, price_min="0.02") == [high.pk]
    assert {*listed(client, price_min="0.01")} == {low.pk, high.pk}


def test_samples_are_filtered_by_price_max(client: Client) -> None:
    low = SampleFactory.create(price=Decimal("0.01"))
    high = SampleFactory.create(price=Decimal("0.02"))

    assert listed(client, price_max="0.01") == [low.pk]
    assert {*listed(client, price_max="0.02")} == {low.pk, high.pk}


def test_samples_are_filtered_by_active(client: Client) -> None:
    low = SampleFactory.create(active=False)
    high = SampleFactory.create(active=True)

    assert listed(client, active="false") == [low.pk]
    assert listed(client, active="true") == [high.pk]


def test_samples_are_filtered_by_day_min(client: Client) -> None:
    low = SampleFactory.create(day=dt.date(2020, 1, 1))
    high = SampleFactory.create(day=dt.date(2020, 1, 2))

    assert listed(client, day_min="2020-01-02") == [high.pk]
    assert {*listed(client, day_min="2020-01-01")} == {low.pk, high.pk}


def test_samples_are_filtered_by_day_max(client: Client) -> None:
    low = SampleFactory.create(day=dt.date(2020, 1, 1))
    high = SampleFactory.create(day=dt.date(2020, 1, 2))

    assert listed(client, day_max="2020-01-01") == [low.pk]
    assert {*listed(client, day_max="2020-01-02")} == {low.pk, high.pk}


def test_samples_are_filtered_by_moment_min(client: Client) -> None:
    low = SampleFactory.create(moment=dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
    high = SampleFactory.create(moment=dt.datetime(2026, 1, 1, 9, 0, 1, tzinfo=dt.UTC))

    assert listed(client, moment_min="2026-01-01T09:00:01Z") == [high.pk]
    assert {*listed(client, moment_min="2026-01-01T09:00:00Z")} == {low.pk, high.pk}


def test_samples_are_filtered_by_moment_max(client: Client) -> None:
    low = SampleFactory.create(moment=dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
    high = SampleFactory.create(moment=dt.datetime(2026, 1, 1, 9, 0, 1, tzinfo=dt.UTC))

    assert listed(client, moment_max="2026-01-01T09:00:00Z") == [low.pk]
    assert {*listed(client, moment_max="2026-01-01T09:00:01Z")} == {low.pk, high.pk}


def test_samples_are_filtered_by_at_min(client: Client) -> None:
    low = SampleFactory.create(at=dt.time(17, 59, 59))
    high = SampleFactory.create(at=dt.time(18, 0))

    assert listed(client, at_min="18:00:00") == [high.pk]
    assert {*listed(client, at_min="17:59:59")} == {low.pk, high.pk}


def test_samples_are_filtered_by_at_max(client: Client) -> None:
    low = SampleFactory.create(at=dt.time(17, 59, 59))
    high = SampleFactory.create(at=dt.time(18, 0))

    assert listed(client, at_max="17:59:59") == [low.pk]
    assert {*listed(client, at_max="18:00:00")} == {low.pk, high.pk}


def test_samples_are_filtered_by_length_min(client: Client) -> None:
    low = SampleFactory.create(length=dt.timedelta(minutes=30))
    high = SampleFactory.create(length=dt.timedelta(minutes=30, seconds=1))

    assert listed(client, length_min="PT30M1S") == [high.pk]
    assert {*listed(client, length_min="PT30M")} == {low.pk, high.pk}


def test_samples_are_filtered_by_length_max(client: Client) -> None:
    low = SampleFactory.create(length=dt.timedelta(minutes=30))
    high = SampleFactory.create(length=dt.timedelta(minutes=30, seconds=1))

    assert listed(client, length_max="PT30M") == [low.pk]
    assert {*listed(client, length_max="PT30M1S")} == {low.pk, high.pk}


def test_samples_are_filtered_by_code(client: Client) -> None:
    low = SampleFactory.create(code=UUID("00000000-0000-0000-0000-000000000001"))
    high = SampleFactory.create(code=UUID("00000000-0000-0000-0000-000000000002"))

    assert listed(client, code="00000000-0000-0000-0000-000000000001") == [low.pk]
    assert listed(client, code="00000000-0000-0000-0000-000000000002") == [high.pk]


def test_samples_are_filtered_by_email(client: Client) -> None:
    low = SampleFactory.create(email="user1@example.com")
    high = SampleFactory.create(email="user2@example.com")

    assert listed(client, email="user1@example.com") == [low.pk]
    assert listed(client, email="user2@example.com") == [high.pk]


def test_samples_are_filtered_by_slug(client: Client) -> None:
    low = SampleFactory.create(slug="slug-1")
    high = SampleFactory.create(slug="slug-2")

    assert listed(client, slug="slug-1") == [low.pk]
    assert listed(client, slug="slug-2") == [high.pk]


def test_samples_are_filtered_by_address(client: Client) -> None:
    low = SampleFactory.create(address="10.0.0.1")
    high = SampleFactory.create(address="10.0.0.2")

    assert listed(client, address="10.0.0.1") == [low.pk]
    assert listed(client, address="10.0.0.2") == [high.pk]


def test_samples_are_filtered_by_level(client: Client) -> None:
    low = SampleFactory.create(level=SampleLevel.HIGH)
    high = SampleFactory.create(level=SampleLevel.LOW)

    assert listed(client, level="high") == [low.pk]
    assert listed(client, level="low") == [high.pk]


def test_samples_are_ordered_by_created_at(client: Client) -> None:
    low = SampleFactory.create()
    high = SampleFactory.create()

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_samples_are_ordered_by_line(client: Client) -> None:
    low = SampleFactory.create(line="line 1")
    high = SampleFactory.create(line="line 2")

    assert listed(client, order_by="line") == [low.pk, high.pk]
    assert listed(client, order_by="-line") == [high.pk, low.pk]


def test_samples_are_ordered_by_nickname(client: Client) -> None:
    low = SampleFactory.create(nickname="nickname 1")
    high = SampleFactory.create(nickname="nickname 2")

    assert listed(client, order_by="nickname") == [low.pk, high.pk]
    assert listed(client, order_by="-nickname") == [high.pk, low.pk]


def test_samples_are_ordered_by_number(client: Client) -> None:
    low = SampleFactory.create(number=1)
    high = SampleFactory.create(number=2)

    assert listed(client, order_by="number") == [low.pk, high.pk]
    assert listed(client, order_by="-number") == [high.pk, low.pk]


def test_samples_are_ordered_by_big(client: Client) -> None:
    low = SampleFactory.create(big=1)
    high = SampleFactory.create(big=2)

    assert listed(client, order_by="big") == [low.pk, high.pk]
    assert listed(client, order_by="-big") == [high.pk, low.pk]


def test_samples_are_ordered_by_small(client: Client) -> None:
    low = SampleFactory.create(small=-3)
    high = SampleFactory.create(small=-2)

    assert listed(client, order_by="small") == [low.pk, high.pk]
    assert listed(client, order_by="-small") == [high.pk, low.pk]


def test_samples_are_ordered_by_ratio(client: Client) -> None:
    low = SampleFactory.create(ratio=0.0)
    high = SampleFactory.create(ratio=1.0)

    assert listed(client, order_by="ratio") == [low.pk, high.pk]
    assert listed(client, order_by="-ratio") == [high.pk, low.pk]


def test_samples_are_ordered_by_price(client: Client) -> None:
    low = SampleFactory.create(price=Decimal("0.01"))
    high = SampleFactory.create(price=Decimal("0.02"))

    assert listed(client, order_by="price") == [low.pk, high.pk]
    assert listed(client, order_by="-price") == [high.pk, low.pk]


def test_samples_are_ordered_by_active(client: Client) -> None:
    low = SampleFactory.create(active=False)
    high = SampleFactory.create(active=True)

    assert listed(client, order_by="active") == [low.pk, high.pk]
    assert listed(client, order_by="-active") == [high.pk, low.pk]


def test_samples_are_ordered_by_day(client: Client) -> None:
    low = SampleFactory.create(day=dt.date(2020, 1, 1))
    high = SampleFactory.create(day=dt.date(2020, 1, 2))

    assert listed(client, order_by="day") == [low.pk, high.pk]
    assert listed(client, order_by="-day") == [high.pk, low.pk]


def test_samples_are_ordered_by_moment(client: Client) -> None:
    low = SampleFactory.create(moment=dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
    high = SampleFactory.create(moment=dt.datetime(2026, 1, 1, 9, 0, 1, tzinfo=dt.UTC))

    assert listed(client, order_by="moment") == [low.pk, high.pk]
    assert listed(client, order_by="-moment") == [high.pk, low.pk]


def test_samples_are_ordered_by_at(client: Client) -> None:
    low = SampleFactory.create(at=dt.time(17, 59, 59))
    high = SampleFactory.create(at=dt.time(18, 0))

    assert listed(client, order_by="at") == [low.pk, high.pk]
    assert listed(client, order_by="-at") == [high.pk, low.pk]


def test_samples_are_ordered_by_length(client: Client) -> None:
    low = SampleFactory.create(length=dt.timedelta(minutes=30))
    high = SampleFactory.create(length=dt.timedelta(minutes=30, seconds=1))

    assert listed(client, order_by="length") == [low.pk, high.pk]
    assert listed(client, order_by="-length") == [high.pk, low.pk]


def test_samples_are_ordered_by_code(client: Client) -> None:
    low = SampleFactory.create(code=UUID("00000000-0000-0000-0000-000000000001"))
    high = SampleFactory.create(code=UUID("00000000-0000-0000-0000-000000000002"))

    assert listed(client, order_by="code") == [low.pk, high.pk]
    assert listed(client, order_by="-code") == [high.pk, low.pk]


def test_samples_are_ordered_by_email(client: Client) -> None:
    low = SampleFactory.create(email="user1@example.com")
    high = SampleFactory.create(email="user2@example.com")

    assert listed(client, order_by="email") == [low.pk, high.pk]
    assert listed(client, order_by="-email") == [high.pk, low.pk]


def test_samples_are_ordered_by_slug(client: Client) -> None:
    low = SampleFactory.create(slug="slug-1")
    high = SampleFactory.create(slug="slug-2")

    assert listed(client, order_by="slug") == [low.pk, high.pk]
    assert listed(client, order_by="-slug") == [high.pk, low.pk]


def test_samples_are_ordered_by_level(client: Client) -> None:
    low = SampleFactory.create(level=SampleLevel.HIGH)
    high = SampleFactory.create(level=SampleLevel.LOW)

    assert listed(client, order_by="level") == [low.pk, high.pk]
    assert listed(client, order_by="-level") == [high.pk, low.pk]


def test_samples_come_by_created_at_if_nothing_is_asked_for(client: Client) -> None:
    low = SampleFactory.create()
    high = SampleFactory.create()

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    SampleFactory.create_batch(3)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def grow() -> None:
        SampleFactory.create_batch(3)

    SampleFactory.create()

    assert_constant_queries(lambda: listed(client), grow)


def test_the_manual_of_a_sample_can_be_set_and_removed(
    client: Client, tmp_path: Path
) -> None:
    sample = SampleFactory.create()
    row_url = f"{URL}/{sample.pk}/manual"

    with override_settings(MEDIA_ROOT=tmp_path):
        stored = client.post(row_url, {"manual": SimpleUploadedFile("a.txt", b"text")})
        removed = client.delete(row_url)

    assert stored.status_code == 200, stored.content
    assert stored.json()["manual"].endswith(".txt")
    assert removed.json()["manual"] is None


def test_the_manual_of_a_sample_may_not_be_too_large(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recipes.api.sample.MAX_MANUAL_SIZE", len(GIF) - 1)
    sample = SampleFactory.create()
    row_url = f"{URL}/{sample.pk}/manual"

    response = client.post(row_url, {"manual": SimpleUploadedFile("a.gif", GIF)})

    assert response.status_code == 422


def test_only_who_may_change_a_sample_sets_its_manual() -> None:
    sample = SampleFactory.create()
    row_url = f"{URL}/{sample.pk}/manual"

    nobody = Client()
    assert (
        nobody.post(row_url, {"manual": SimpleUploadedFile("a.gif", GIF)}).status_code
        == 401
    )
    assert nobody.delete(row_url).status_code == 401
    other = Client()
    other.force_login(UserFactory.create())
    assert (
        other.post(row_url, {"manual": SimpleUploadedFile("a.gif", GIF)}).status_code
        == 403
    )
    assert other.delete(row_url).status_code == 403


def test_the_picture_of_a_sample_can_be_set_and_removed(
    client: Client, tmp_path: Path
) -> None:
    sample = SampleFactory.create()
    row_url = f"{URL}/{sample.pk}/picture"

    with override_settings(MEDIA_ROOT=tmp_path):
        stored = client.post(row_url, {"picture": SimpleUploadedFile("a.gif", GIF)})
        removed = client.delete(row_url)

    assert stored.status_code == 200, stored.content
    assert stored.json()["picture"].endswith(".gif")
    assert removed.json()["picture"] is None


def test_the_picture_of_a_sample_may_not_be_too_large(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recipes.api.sample.MAX_PICTURE_SIZE", len(GIF) - 1)
    sample = SampleFactory.create()
    row_url = f"{URL}/{sample.pk}/picture"

    response = client.post(row_url, {"picture": SimpleUploadedFile("a.gif", GIF)})

    assert response.status_code == 422


def test_the_picture_of_a_sample_must_be_an_image(client: Client) -> None:
    sample = SampleFactory.create()
    row_url = f"{URL}/{sample.pk}/picture"

    response = client.post(row_url, {"picture": SimpleUploadedFile("a.gif", b"text")})

    assert response.status_code == 422


def test_only_who_may_change_a_sample_sets_its_picture() -> None:
    sample = SampleFactory.create()
    row_url = f"{URL}/{sample.pk}/picture"

    nobody = Client()
    assert (
        nobody.post(row_url, {"picture": SimpleUploadedFile("a.gif", GIF)}).status_code
        == 401
    )
    assert nobody.delete(row_url).status_code == 401
    other = Client()
    other.force_login(UserFactory.create())
    assert (
        other.post(row_url, {"picture": SimpleUploadedFile("a.gif", GIF)}).status_code
        == 403
    )
    assert other.delete(row_url).status_code == 403
