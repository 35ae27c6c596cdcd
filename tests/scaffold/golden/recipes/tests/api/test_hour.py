"""The HTTP endpoints of hours, on the database."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_layers.testing import UserFactory, assert_constant_queries, user_with

from recipes.tests.factories.hour import HourCreateFactory, HourFactory

pytestmark = pytest.mark.django_db

URL = "/api/hours"
JSON = "application/json"
READONLY = ["id", "created_at", "updated_at"]


@pytest.fixture
def user() -> User:
    """A user who may write hours."""
    return user_with("recipes.add_hour", "recipes.change_hour", "recipes.delete_hour")


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body() -> dict[str, object]:
    """Return the body of a request to create an hour."""
    request = HourCreateFactory.build()
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the hours that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_an_hour_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()


def test_a_deleted_hour_is_not_found(client: Client) -> None:
    row_url = f"{URL}/{HourFactory.create().pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_hours_without_signing_in() -> None:
    hour = HourFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{hour.pk}").status_code == 401


def test_nobody_may_write_hours_without_signing_in() -> None:
    row_url = f"{URL}/{HourFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(), content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_hours_are_written_with_the_permission_only() -> None:
    row_url = f"{URL}/{HourFactory.create().pk}"
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.get(row_url).status_code == 200
    assert reader.post(URL, body(), content_type=JSON).status_code == 403
    assert reader.delete(row_url).status_code == 403


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_hour_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_hour_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    hour = HourFactory.create()
    value = client.get(f"{URL}/{hour.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


def test_hours_are_ordered_by_created_at(client: Client) -> None:
    low = HourFactory.create()
    high = HourFactory.create()

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_hours_come_by_created_at_if_nothing_is_asked_for(client: Client) -> None:
    low = HourFactory.create()
    high = HourFactory.create()

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    HourFactory.create_batch(3)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def grow() -> None:
        HourFactory.create_batch(3)

    HourFactory.create()

    assert_constant_queries(lambda: listed(client), grow)
