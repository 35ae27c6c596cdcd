"""The summary of a recipe's ratings, on in-memory repositories."""

from decimal import Decimal

import pytest
from django_layers.errors import NotAuthenticated, NotFound
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.rating import RatingCreate
from recipes.schemas.rating_summary import RatingSummary
from recipes.services.recipe import RecipeService
from recipes.tests.actors import BOB, NOBODY
from recipes.tests.factories.rating import stored_rating
from recipes.tests.factories.recipe import stored_recipe
from recipes.tests.memory import memory_database, rating_service, recipe_service


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def recipes(database: MemoryDatabase) -> RecipeService:
    return recipe_service(database)


def rated(database: MemoryDatabase, *stars: int) -> int:
    """Store a recipe that users have rated so, and return its key."""
    recipe_id = stored_recipe(database).id
    for user_id, given in enumerate(stars, start=100):
        database.register("auth.User", user_id)
        rating = RatingCreate(recipe_id=recipe_id, stars=given)
        rating_service(database).create(Actor.user(user_id), rating)
    return recipe_id


@pytest.mark.parametrize(
    ("stars", "average"),
    [
        pytest.param([5], "5.00", id="one"),
        pytest.param([5, 4, 4], "4.33", id="rounded-down"),
        pytest.param([5, 5, 4], "4.67", id="rounded-up"),
        pytest.param([1, 1, 1, 1, 1, 1, 1, 2], "1.13", id="half-is-rounded-up"),
    ],
)
def test_a_summary_holds_the_count_and_the_average(
    recipes: RecipeService, database: MemoryDatabase, stars: list[int], average: str
) -> None:
    recipe_id = rated(database, *stars)

    summary = recipes.rating_summary(BOB, recipe_id)

    assert summary == RatingSummary(recipe_id=recipe_id, count=len(stars), average=Decimal(average))
    assert str(summary.average) == average


def test_a_recipe_without_ratings_has_no_average(
    recipes: RecipeService, database: MemoryDatabase
) -> None:
    recipe_id = rated(database)

    expected = RatingSummary(recipe_id=recipe_id, count=0, average=None)
    assert recipes.rating_summary(BOB, recipe_id) == expected


def test_the_ratings_of_other_recipes_do_not_count(
    recipes: RecipeService, database: MemoryDatabase
) -> None:
    stored_rating(database)
    recipe_id = rated(database, 3)

    assert recipes.rating_summary(BOB, recipe_id).count == 1


def test_a_missing_recipe_has_no_summary(recipes: RecipeService) -> None:
    with pytest.raises(NotFound):
        recipes.rating_summary(BOB, 999_999_999)


def test_nobody_cannot_read_a_summary(recipes: RecipeService, database: MemoryDatabase) -> None:
    recipe_id = rated(database, 3)

    with pytest.raises(NotAuthenticated):
        recipes.rating_summary(NOBODY, recipe_id)
