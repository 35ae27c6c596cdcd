"""`manage.py seed`, on the database."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from recipes.management.commands.seed import PASSWORD
from recipes.management.seed_data import INGREDIENTS, RECIPES
from recipes.models import Ingredient, Rating, Recipe, RecipeIngredient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def development(settings: Settings) -> None:
    """Development, with passwords that are quick to store."""
    settings.DEBUG = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def seed() -> str:
    """Run the command and return what it says."""
    out = StringIO()
    call_command("seed", stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    return [model.objects.count() for model in (User, Ingredient, Recipe, RecipeIngredient, Rating)]


def test_everything_is_stored() -> None:
    said = seed()

    assert Recipe.objects.count() == len(RECIPES)
    assert Ingredient.objects.count() == len(INGREDIENTS)
    assert Rating.objects.get(recipe__title="Potato soup", user__username="tom").stars == 3
    assert "12 recipes" in said


def test_a_second_run_changes_nothing() -> None:
    seed()
    before = counts()

    seed()

    assert counts() == before


def test_a_second_run_stores_what_is_missing() -> None:
    seed()
    before = counts()
    Recipe.objects.get(title="Lemon cake").delete()
    Rating.objects.filter(user__username="tom").delete()

    seed()

    assert counts() == before


def test_a_password_that_was_changed_stays() -> None:
    seed()
    user = User.objects.get(username="tom")
    user.set_password("something else")
    user.save()

    seed()

    assert not Client().login(username="tom", password=PASSWORD)


def test_the_users_can_sign_in() -> None:
    seed()

    answer = Client().post("/login/", {"username": "tom", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer["Location"] == "/api/docs"


def test_nothing_is_stored_where_debug_is_off(settings: Settings) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG"):
        seed()

    assert counts() == [0, 0, 0, 0, 0]
