"""The HTTP endpoints of recipe ingredients, on the database."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django_layers.testing import UserFactory, assert_constant_queries, user_with

from recipes.schemas.recipe_ingredient import RecipeIngredientUpdate
from recipes.tests.factories.ingredient import IngredientFactory
from recipes.tests.factories.recipe import RecipeFactory
from recipes.tests.factories.recipe_ingredient import (
    RecipeIngredientCreateFactory,
    RecipeIngredientFactory,
)
from recipes.types import RecipeIngredientUnit

pytestmark = pytest.mark.django_db

URL = "/api/recipe-ingredients"
JSON = "application/json"
READONLY = ["id", "created_at", "updated_at"]
LIMITS = [
    pytest.param("amount", "0.00", id="amount-lowest"),
]
MISTAKES = [
    pytest.param("recipe_id", {}, id="recipe-id-no-key"),
    pytest.param("recipe_id", None, id="recipe-id-null"),
    pytest.param("ingredient_id", {}, id="ingredient-id-no-key"),
    pytest.param("ingredient_id", None, id="ingredient-id-null"),
    pytest.param("amount", "-0.01", id="amount-too-low"),
    pytest.param("amount", "0.001", id="amount-too-exact"),
    pytest.param("amount", None, id="amount-null"),
    pytest.param("unit", "unheard-of", id="unit-none-of-the-choices"),
    pytest.param("unit", None, id="unit-null"),
]


@pytest.fixture
def user() -> User:
    """A user who may write recipe ingredients."""
    return user_with("recipes.change_recipe")


@pytest.fixture
def client(user: User) -> Client:
    """The client of that user."""
    client = Client()
    client.force_login(user)
    return client


def body() -> dict[str, object]:
    """Return the body of a request to create a recipe ingredient."""
    request = RecipeIngredientCreateFactory.build(
        recipe_id=RecipeFactory.create().pk,
        ingredient_id=IngredientFactory.create().pk,
    )
    return request.model_dump(mode="json")


def listed(client: Client, **query: str | int) -> list[object]:
    """Return the keys of the recipe ingredients that a query finds, in their order."""
    response = client.get(URL, query)
    assert response.status_code == 200, response.content
    return [item["id"] for item in response.json()["items"]]


def test_creating_a_recipe_ingredient_answers_with_it(client: Client) -> None:
    sent = body()

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 201, response.content
    assert client.get(f"{URL}/{response.json()['id']}").json() == response.json()
    assert response.json()["recipe_id"] == sent["recipe_id"]
    assert response.json()["ingredient_id"] == sent["ingredient_id"]
    assert response.json()["amount"] == sent["amount"]
    assert response.json()["unit"] == sent["unit"]


def test_changing_a_recipe_ingredient_answers_with_it(client: Client) -> None:
    created = client.post(URL, body(), content_type=JSON).json()
    sent = body()
    changes = {name: sent[name] for name in RecipeIngredientUpdate.model_fields}

    response = client.patch(f"{URL}/{created['id']}", changes, content_type=JSON)

    assert response.status_code == 200, response.content
    assert client.get(f"{URL}/{created['id']}").json() == response.json()
    assert response.json()["amount"] == sent["amount"]
    assert response.json()["unit"] == sent["unit"]


def test_a_deleted_recipe_ingredient_is_not_found(client: Client) -> None:
    row_url = f"{URL}/{RecipeIngredientFactory.create().pk}"

    assert client.delete(row_url).status_code == 204
    assert client.get(row_url).status_code == 404
    assert client.patch(row_url, {}, content_type=JSON).status_code == 404
    assert client.delete(row_url).status_code == 404


def test_nobody_may_read_recipe_ingredients_without_signing_in() -> None:
    recipe_ingredient = RecipeIngredientFactory.create()
    nobody = Client()

    assert nobody.get(URL).status_code == 401
    assert nobody.get(f"{URL}/{recipe_ingredient.pk}").status_code == 401


def test_nobody_may_write_recipe_ingredients_without_signing_in() -> None:
    row_url = f"{URL}/{RecipeIngredientFactory.create().pk}"
    nobody = Client()

    assert nobody.post(URL, body(), content_type=JSON).status_code == 401
    assert nobody.patch(row_url, {}, content_type=JSON).status_code == 401
    assert nobody.delete(row_url).status_code == 401


def test_recipe_ingredients_are_written_with_the_permission_only() -> None:
    row_url = f"{URL}/{RecipeIngredientFactory.create().pk}"
    reader = Client()
    reader.force_login(UserFactory.create())

    assert reader.get(row_url).status_code == 200
    assert reader.post(URL, body(), content_type=JSON).status_code == 403
    assert reader.patch(row_url, {}, content_type=JSON).status_code == 403
    assert reader.delete(row_url).status_code == 403


def test_a_recipe_ingredient_of_a_missing_recipe_is_not_created(client: Client) -> None:
    sent = {**body(), "recipe_id": 999_999_999}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_a_recipe_ingredient_of_a_missing_ingredient_is_not_created(client: Client) -> None:
    sent = {**body(), "ingredient_id": 999_999_999}

    assert client.post(URL, sent, content_type=JSON).status_code == 404


def test_no_two_recipe_ingredients_have_the_same_recipe_and_ingredient(client: Client) -> None:
    first = body()
    second = {
        **body(),
        "recipe_id": first["recipe_id"],
        "ingredient_id": first["ingredient_id"],
    }

    assert client.post(URL, first, content_type=JSON).status_code == 201
    assert client.post(URL, second, content_type=JSON).status_code == 409


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_a_new_recipe_ingredient_may_go_to_the_limit(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize("name", ["recipe_id", "ingredient_id", "amount", "unit"])
def test_a_new_recipe_ingredient_cannot_do_without(client: Client, name: str) -> None:
    sent = {key: value for key, value in body().items() if key != name}

    response = client.post(URL, sent, content_type=JSON)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_new_recipe_ingredient_is_refused(
    client: Client, name: str, value: object
) -> None:
    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(("name", "value"), MISTAKES)
def test_a_mistake_in_a_change_is_refused(client: Client, name: str, value: object) -> None:
    recipe_ingredient = RecipeIngredientFactory.create()

    response = client.patch(f"{URL}/{recipe_ingredient.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422, response.content
    assert {error.get("location") for error in response.json()["errors"]} == {"body"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("amount", Decimal("-0.01"), id="amount-too-low"),
        pytest.param("unit", "unheard-of", id="unit-none-of-the-choices"),
    ],
)
def test_the_database_refuses_what_breaks_a_constraint(name: str, value: object) -> None:
    with pytest.raises(IntegrityError):
        RecipeIngredientFactory.create(**{name: value})


def test_an_unknown_name_in_a_query_is_refused(client: Client) -> None:
    assert client.get(URL, {"unheard_of": 1}).status_code == 422


def test_an_unknown_name_in_a_new_recipe_ingredient_is_refused(client: Client) -> None:
    response = client.post(URL, {**body(), "unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


def test_an_unknown_name_in_a_change_is_refused(client: Client) -> None:
    recipe_ingredient = RecipeIngredientFactory.create()

    response = client.patch(f"{URL}/{recipe_ingredient.pk}", {"unheard_of": 1}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_new_recipe_ingredient_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    recipe_ingredient = RecipeIngredientFactory.create()
    value = client.get(f"{URL}/{recipe_ingredient.pk}").json()[name]

    response = client.post(URL, {**body(), name: value}, content_type=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("name", READONLY)
def test_a_change_cannot_say_what_is_readonly(client: Client, name: str) -> None:
    recipe_ingredient = RecipeIngredientFactory.create()
    value = client.get(f"{URL}/{recipe_ingredient.pk}").json()[name]

    response = client.patch(f"{URL}/{recipe_ingredient.pk}", {name: value}, content_type=JSON)

    assert response.status_code == 422


def test_recipe_ingredients_are_filtered_by_recipe_id(client: Client) -> None:
    recipe = RecipeFactory.create()
    RecipeIngredientFactory.create()
    wanted = RecipeIngredientFactory.create(recipe=recipe)

    assert listed(client, recipe_id=recipe.pk) == [wanted.pk]


def test_recipe_ingredients_are_filtered_by_ingredient_id(client: Client) -> None:
    ingredient = IngredientFactory.create()
    RecipeIngredientFactory.create()
    wanted = RecipeIngredientFactory.create(ingredient=ingredient)

    assert listed(client, ingredient_id=ingredient.pk) == [wanted.pk]


def test_recipe_ingredients_are_filtered_by_unit(client: Client) -> None:
    low = RecipeIngredientFactory.create(unit=RecipeIngredientUnit.G)
    high = RecipeIngredientFactory.create(unit=RecipeIngredientUnit.KG)

    assert listed(client, unit="g") == [low.pk]
    assert listed(client, unit="kg") == [high.pk]


def test_recipe_ingredients_are_ordered_by_created_at(client: Client) -> None:
    low = RecipeIngredientFactory.create()
    high = RecipeIngredientFactory.create()

    assert listed(client, order_by="created_at") == [low.pk, high.pk]
    assert listed(client, order_by="-created_at") == [high.pk, low.pk]


def test_recipe_ingredients_are_ordered_by_unit(client: Client) -> None:
    low = RecipeIngredientFactory.create(unit=RecipeIngredientUnit.G)
    high = RecipeIngredientFactory.create(unit=RecipeIngredientUnit.KG)

    assert listed(client, order_by="unit") == [low.pk, high.pk]
    assert listed(client, order_by="-unit") == [high.pk, low.pk]


def test_recipe_ingredients_come_by_created_at_if_nothing_is_asked_for(client: Client) -> None:
    low = RecipeIngredientFactory.create()
    high = RecipeIngredientFactory.create()

    assert listed(client) == [high.pk, low.pk]


def test_the_next_page_goes_on_where_the_last_one_ended(client: Client) -> None:
    RecipeIngredientFactory.create_batch(3)
    everything = listed(client)

    first = client.get(URL, {"limit": 2}).json()
    second = client.get(URL, {"limit": 2, "cursor": first["next_cursor"]}).json()

    assert len(everything) == 3
    assert [item["id"] for item in first["items"]] == everything[:2]
    assert [item["id"] for item in second["items"]] == everything[2:]
    assert second["next_cursor"] is None


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(client: Client) -> None:
    def grow() -> None:
        RecipeIngredientFactory.create_batch(3)

    RecipeIngredientFactory.create()

    assert_constant_queries(lambda: listed(client), grow)
