"""The HTTP endpoints of ingredients, on the database."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_layers.testing import UserFactory, assert_constant_queries, user_with

from recipes.schemas.ingredient import IngredientUpdate
from recipes.tests.factories.ingredient import IngredientCreateFactory, IngredientFactory

pytestmark = pytest.mark.django_db

URL = "/api/ingredients"
JSON = "application/json"
READONLY = ["id", "created_at", "updated_at"]
LIMITS = [
    pytest.param("name", "x", id="name-shortest"),
    pytest.param("name", "x" * 100, id="name-longest"),
]
MISTAKES = [
    pytest.param("name", "x" * 101, id="name-too-long"),
    pytest.param("name", " ", id="name-blank"),
    pytest.param("name", None, id="name-null"),
]


@pytest.fixture
def user() -> User:
    """A user who may write ingredients."""
    return user_with(
        "recipes.add_ingredient", "recipes.change_ingredient", "recipes.delete_ingredient"
    )


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body() -> dict[str, object]:
    """Return the body of a request to create an ingredient."""
    request = IngredientCreateFactory.build()
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the ingredients that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_an_ingredient_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["name"] == sent["name"]


def test_changing_an_ingredient_answers_with_it(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON).json()
    sent = body()
    changes = {name: sent[name] for name in IngredientUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["name"] == sent["name"]


def test_a_deleted_ingredient_is_not_found(client: Client) -> None:
    row_url = f"{URL}/{IngredientFactory.create().pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_ingredients_without_signing_in() -> None:
    ingredient = IngredientFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{ingredient.pk}").status_code == 401


def test_nobody_may_write_ingredients_without_signing_in() -> None:
    row_url = f"{URL}/{IngredientFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_ingredients_are_written_with_the_permission_only() -> None:
    row_url = f"{URL}/{IngredientFactory.create().pk}"
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.get(row_url).status_code == 200
    assert reader.post(URL, body(), content_type=JSON).status_code == 403
    assert reader.patch(row_url, {}, content_type=JSON).status_code == 403
    assert reader.delete(row_url).status_code == 403


def test_no_two_ingredients_have_the_same_name(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "name": first["name"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_ingredient_may_go_to_the_limit(client: Client, name: str, value: object) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize("name", ["name"])
def test_a_new_ingredient_cannot_do_without(client: Client, name: str) -> None:
    sent = {key: value for key, value in body().items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_ingredient_is_refused(client: Client, name: str, value: object) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(client: Client, name: str, value: object) -> None:
    ingredient = IngredientFactory.create()

    response = client.patch(f"{URL}/{ingredient.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_ingredient_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client) -> None:
    ingredient = IngredientFactory.create()

    response = client.patch(f"{URL}/{ingredient.pk}", {"unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_ingredient_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    ingredient = IngredientFactory.create()
    value = client.get(f"{URL}/{ingredient.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    ingredient = IngredientFactory.create()
    value = client.get(f"{URL}/{ingredient.pk}").json()[name]

    response = client.patch(f"{URL}/{ingredient.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_ingredients_are_filtered_by_name(client: Client) -> None:
    low = IngredientFactory.create(name="name 1")
    high = IngredientFactory.create(name="name 2")

    assert listed(client, name="name 1") == [low.pk]
    assert listed(client, name="name 2") == [high.pk]


def test_ingredients_are_ordered_by_created_at(client: Client) -> None:
    low = IngredientFactory.create()
    high = IngredientFactory.create()

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_ingredients_are_ordered_by_name(client: Client) -> None:
    low = IngredientFactory.create(name="name 1")
    high = IngredientFactory.create(name="name 2")

    assert listed(client, order_by="name") == [low.pk, high.pk]
    assert listed(client, order_by="-name") == [high.pk, low.pk]


def test_ingredients_come_by_created_at_if_nothing_is_asked_for(client: Client) -> None:
    low = IngredientFactory.create()
    high = IngredientFactory.create()

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    IngredientFactory.create_batch(3)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def grow() -> None:
        IngredientFactory.create_batch(3)

    IngredientFactory.create()

    assert_constant_queries(lambda: listed(client), grow)
