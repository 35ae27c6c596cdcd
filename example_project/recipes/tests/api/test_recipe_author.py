"""Who may change what is in a recipe over HTTP, on the database."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_layers.testing import UserFactory, user_with

from recipes.tests.factories.ingredient import IngredientFactory
from recipes.tests.factories.recipe import RecipeFactory
from recipes.tests.factories.recipe_ingredient import RecipeIngredientFactory

pytestmark = pytest.mark.django_db

URL = "/api/recipe-ingredients"
JSON = "application/json"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_author_of_a_recipe_decides_what_is_in_it() -> None:
    author = UserFactory.create()
    client = client_of(author)
    sent = {
        "recipe_id": RecipeFactory.create(author=author).pk,
        "ingredient_id": IngredientFactory.create().pk,
        "amount": "2.50",
        "unit": "g",
    }

    created = client.post(URL, sent, content_type=JSON)
    address = f"{URL}/{created.json()['id']}"

    assert created.status_code == 201, created.content
    assert client.patch(address, {"unit": "kg"}, content_type=JSON).json()["unit"] == "kg"
    assert client.delete(address).status_code == 204


def test_others_cannot_change_what_is_in_a_recipe() -> None:
    other = client_of(user_with("recipes.add_recipeingredient", "recipes.change_recipeingredient"))
    row = RecipeIngredientFactory.create()
    address = f"{URL}/{row.pk}"
    sent = {
        "recipe_id": row.recipe_id,
        "ingredient_id": IngredientFactory.create().pk,
        "amount": "1",
        "unit": "g",
    }

    assert other.post(URL, sent, content_type=JSON).status_code == 403
    assert other.patch(address, {"unit": "kg"}, content_type=JSON).status_code == 403
    assert other.delete(address).status_code == 403
