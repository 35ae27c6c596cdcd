"""The HTTP endpoints of tags, on the database."""

import pytest
from django.test import Client
from django_layers.testing import assert_constant_queries

from recipes.schemas.tag import TagUpdate
from recipes.tests.factories.tag import TagCreateFactory, TagFactory

pytestmark = pytest.mark.django_db

URL = "/api/tags"
JSON = "application/json"
READONLY = ["id", "created_at", "updated_at"]
LIMITS = [
    pytest.param("name", "x", id="name-shortest"),
    pytest.param("name", "x" * 50, id="name-longest"),
]
MISTAKES = [
    pytest.param("name", "x" * 51, id="name-too-long"),
    pytest.param("name", " ", id="name-blank"),
    pytest.param("name", None, id="name-null"),
]


def body() -> dict[str, object]:
    """Return the body of a request to create a tag."""
    request = TagCreateFactory.build()
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the tags that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_a_tag_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["name"] == sent["name"]


def test_changing_a_tag_answers_with_it(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON).json()
    sent = body()
    changes = {name: sent[name] for name in TagUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["name"] == sent["name"]


def test_a_deleted_tag_is_not_found(client: Client) -> None:
    row_url = f"{URL}/{TagFactory.create().pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_tags() -> None:
    tag = TagFactory.create()

    assert listed(Client()) == [tag.pk]
    assert Client().get(f"{URL}/{tag.pk}").status_code == 200


def test_no_two_tags_have_the_same_name(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "name": first["name"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_tag_may_go_to_the_limit(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize("name", ["name"])
def test_a_new_tag_cannot_do_without(client: Client, name: str) -> None:
    sent = {key: value for key, value in body().items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_tag_is_refused(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(
    client: Client, name: str, value: object
) -> None:
    tag = TagFactory.create()

    response = client.patch(f"{URL}/{tag.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_tag_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client) -> None:
    tag = TagFactory.create()

    response = client.patch(f"{URL}/{tag.pk}", {"unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_tag_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    tag = TagFactory.create()
    value = client.get(f"{URL}/{tag.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    tag = TagFactory.create()
    value = client.get(f"{URL}/{tag.pk}").json()[name]

    response = client.patch(f"{URL}/{tag.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_tags_are_filtered_by_name(client: Client) -> None:
    low = TagFactory.create(name="name 1")
    high = TagFactory.create(name="name 2")

    assert listed(client, name="name 1") == [low.pk]
    assert listed(client, name="name 2") == [high.pk]


def test_tags_are_filtered_by_name_contains(client: Client) -> None:
    low = TagFactory.create(name="name 1")
    high = TagFactory.create(name="name 2")

    assert listed(client, name_contains="AME 1") == [low.pk]
    assert listed(client, name_contains="name 2") == [high.pk]


def test_tags_are_ordered_by_created_at(client: Client) -> None:
    low = TagFactory.create()
    high = TagFactory.create()

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_tags_are_ordered_by_name(client: Client) -> None:
    low = TagFactory.create(name="name 1")
    high = TagFactory.create(name="name 2")

    assert listed(client, order_by="name") == [low.pk, high.pk]
    assert listed(client, order_by="-name") == [high.pk, low.pk]


def test_tags_come_by_created_at_if_nothing_is_asked_for(client: Client) -> None:
    low = TagFactory.create()
    high = TagFactory.create()

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    TagFactory.create_batch(3)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def grow() -> None:
        TagFactory.create_batch(3)

    TagFactory.create()

    assert_constant_queries(lambda: listed(client), grow)


def correct_body() -> dict[str, object]:
    """Return the body of a request to correct a tag."""
    sent = body()
    return {
        "name": sent["name"],
    }


def test_correct_answers_with_the_tag(client: Client) -> None:
    tag = TagFactory.create()

    response = client.post(f"{URL}/{tag.pk}/correct", correct_body(), content_type=JSON)

    assert response.status_code == 200, response.content
    assert response.json() == client.get(f"{URL}/{tag.pk}").json()


def test_correct_does_not_find_what_there_is_not(client: Client) -> None:
    tag = TagFactory.create()
    row_url = f"{URL}/{tag.pk}/correct"
    tag.delete()

    assert client.post(row_url, correct_body(), content_type=JSON).status_code == 404


def test_tidy_answers_with_the_tags(client: Client) -> None:
    tag = TagFactory.create()

    response = client.post(f"{URL}/tidy")

    assert response.status_code == 200, response.content
    assert response.json() == [client.get(f"{URL}/{tag.pk}").json()]
