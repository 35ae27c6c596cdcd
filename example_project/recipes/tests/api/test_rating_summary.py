"""The summary of a recipe's ratings over HTTP, on the database."""

import pytest
from django.test import Client
from django_layers.testing import UserFactory, count_queries

from recipes.tests.factories.rating import RatingFactory
from recipes.tests.factories.recipe import RecipeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(UserFactory.create())
    return client


def url(recipe_id: int) -> str:
    return f"/api/recipes/{recipe_id}/rating-summary"


def test_a_summary_holds_the_count_and_the_average(client: Client) -> None:
    recipe = RecipeFactory.create()
    RatingFactory.create()
    for stars in (5, 4, 4):
        RatingFactory.create(recipe=recipe, stars=stars)

    answer = client.get(url(recipe.pk))

    assert answer.status_code == 200, answer.content
    assert answer.json() == {"recipe_id": recipe.pk, "count": 3, "average": "4.33"}


def test_a_recipe_without_ratings_has_no_average(client: Client) -> None:
    recipe = RecipeFactory.create()

    answer = client.get(url(recipe.pk))

    assert answer.json() == {"recipe_id": recipe.pk, "count": 0, "average": None}


def test_a_summary_is_one_query(client: Client) -> None:
    recipe = RecipeFactory.create()
    RatingFactory.create_batch(3, recipe=recipe)

    with count_queries() as counted:
        client.get(url(recipe.pk))

    assert len([sql for sql in counted.statements if "recipes_" in sql]) == 1


@pytest.mark.parametrize("recipe_id", [999_999_999, 2**70])
def test_a_missing_recipe_has_no_summary(client: Client, recipe_id: int) -> None:
    assert client.get(url(recipe_id)).status_code == 404


def test_nobody_may_read_a_summary_without_signing_in() -> None:
    assert Client().get(url(RecipeFactory.create().pk)).status_code == 401
