"""Searching recipes by several ingredients over HTTP, on the database."""

from collections.abc import Iterable
from typing import TypeAlias

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_layers.testing import UserFactory, count_queries

from recipes.models import Ingredient, Recipe
from recipes.tests.factories.ingredient import IngredientFactory
from recipes.tests.factories.recipe import RecipeFactory
from recipes.tests.factories.recipe_ingredient import RecipeIngredientFactory

pytestmark = pytest.mark.django_db

URL = "/api/recipes/search"
UNKNOWN = 999_999_999

Query: TypeAlias = dict[str, str | int | Iterable[int | str]]


@pytest.fixture
def user() -> User:
    return UserFactory.create()


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def recipe_of(*ingredients: Ingredient) -> Recipe:
    """Store a recipe that has these ingredients."""
    recipe = RecipeFactory.create()
    for ingredient in ingredients:
        RecipeIngredientFactory.create(recipe=recipe, ingredient=ingredient)
    return recipe


def found(client: Client, *ingredients: int, match: str = "all") -> list[object]:
    """Return the keys of the recipes that a search finds, the oldest first."""
    query: Query = {"ingredient_id": ingredients, "match": match, "order_by": "created_at"}
    answer = client.get(URL, query)
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def test_all_ingredients_are_found_together(client: Client) -> None:
    flour, egg = IngredientFactory.create_batch(2)
    recipe_of(flour)
    pancakes = recipe_of(flour, egg)
    recipe_of(egg)

    assert found(client, flour.pk, egg.pk) == [pancakes.pk]


def test_any_ingredient_is_enough_and_no_recipe_comes_twice(client: Client) -> None:
    flour, egg = IngredientFactory.create_batch(2)
    bread = recipe_of(flour)
    pancakes = recipe_of(flour, egg)
    recipe_of()

    assert found(client, flour.pk, egg.pk, match="any") == [bread.pk, pancakes.pk]


def test_an_ingredient_that_is_asked_for_twice_counts_once(client: Client) -> None:
    flour = IngredientFactory.create()
    bread = recipe_of(flour)

    assert found(client, flour.pk, flour.pk) == [bread.pk]


def test_an_unknown_ingredient_is_in_no_recipe(client: Client) -> None:
    flour = IngredientFactory.create()
    bread = recipe_of(flour)

    assert found(client, flour.pk, UNKNOWN) == []
    assert found(client, flour.pk, UNKNOWN, match="any") == [bread.pk]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="no-ingredient"),
        pytest.param({"ingredient_id": ""}, id="an-empty-ingredient"),
        pytest.param({"ingredient_id": "flour"}, id="no-key"),
        pytest.param({"ingredient_id": 2**63}, id="no-key-of-a-row"),
        pytest.param({"ingredient_id": list(range(51))}, id="too-many"),
        pytest.param({"ingredient_id": 1, "match": "most"}, id="unknown-match"),
        pytest.param({"ingredient_id": 1, "match": ["all", "any"]}, id="two-matches"),
        pytest.param({"ingredient_id": 1, "limit": 101}, id="too-many-at-once"),
    ],
)
def test_a_mistake_in_a_search_is_refused(client: Client, query: Query) -> None:
    answer = client.get(URL, query)

    assert answer.status_code == 422, answer.content


def test_a_search_goes_on_page_by_page(client: Client) -> None:
    flour, egg = IngredientFactory.create_batch(2)
    stored = [recipe_of(flour, egg).pk for _ in range(3)]
    query: Query = {"ingredient_id": [flour.pk, egg.pk], "limit": 2}

    first = client.get(URL, query).json()
    second = client.get(URL, {**query, "cursor": first["next_cursor"]}).json()

    assert [item["id"] for item in [*first["items"], *second["items"]]] == stored[::-1]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("match", ["all", "any"])
def test_a_page_is_one_query_however_many_ingredients(client: Client, match: str) -> None:
    ingredients = IngredientFactory.create_batch(10)
    for _ in range(5):
        recipe_of(*ingredients)
    keys = [ingredient.pk for ingredient in ingredients]
    found(client, keys[0])

    with count_queries() as one:
        found(client, keys[0], match=match)
    with count_queries() as many:
        assert len(found(client, *keys, match=match)) == 5

    assert one.count == many.count
    assert len([sql for sql in many.statements if "recipes_recipe" in sql]) == 1


def test_nobody_may_search_without_signing_in() -> None:
    assert Client().get(URL, {"ingredient_id": 1}).status_code == 401
