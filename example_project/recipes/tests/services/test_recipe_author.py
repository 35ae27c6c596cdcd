"""Who may change what is in a recipe, on in-memory repositories."""

import pytest
from django_layers.errors import Forbidden
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.recipe_ingredient import (
    RecipeIngredientCreate,
    RecipeIngredientQuery,
    RecipeIngredientUpdate,
)
from recipes.services.recipe_ingredient import RecipeIngredientService
from recipes.tests.actors import ALICE, BOB
from recipes.tests.factories.recipe import stored_recipe
from recipes.tests.factories.recipe_ingredient import requested_recipe_ingredient
from recipes.tests.memory import memory_database, recipe_ingredient_service
from recipes.types import RecipeIngredientUnit


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def recipe_ingredients(database: MemoryDatabase) -> RecipeIngredientService:
    return recipe_ingredient_service(database)


@pytest.fixture
def request_of_alice(database: MemoryDatabase) -> RecipeIngredientCreate:
    """A request to put an ingredient into a recipe of Alice."""
    return requested_recipe_ingredient(database).model_copy(
        update={"recipe_id": stored_recipe(database, ALICE).id}
    )


def test_the_author_of_a_recipe_decides_what_is_in_it(
    recipe_ingredients: RecipeIngredientService, request_of_alice: RecipeIngredientCreate
) -> None:
    created = recipe_ingredients.create(ALICE, request_of_alice)
    changed = recipe_ingredients.update(
        ALICE, created.id, RecipeIngredientUpdate(unit=RecipeIngredientUnit.TSP)
    )
    recipe_ingredients.delete(ALICE, created.id)

    assert changed.unit == RecipeIngredientUnit.TSP
    assert recipe_ingredients.page(ALICE, RecipeIngredientQuery()).items == ()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(BOB, id="another-user"),
        pytest.param(
            Actor.user(
                BOB.user_id,
                permissions=[
                    "recipes.add_recipeingredient",
                    "recipes.change_recipeingredient",
                    "recipes.delete_recipeingredient",
                ],
            ),
            id="a-permission-on-the-table-is-not-enough",
        ),
    ],
)
def test_others_cannot_change_what_is_in_a_recipe(
    recipe_ingredients: RecipeIngredientService,
    request_of_alice: RecipeIngredientCreate,
    other: Actor,
) -> None:
    created = recipe_ingredients.create(ALICE, request_of_alice)

    with pytest.raises(Forbidden):
        recipe_ingredients.create(other, request_of_alice)
    with pytest.raises(Forbidden):
        recipe_ingredients.update(other, created.id, RecipeIngredientUpdate())
    with pytest.raises(Forbidden):
        recipe_ingredients.delete(other, created.id)

    assert recipe_ingredients.page(ALICE, RecipeIngredientQuery()).items == (created,)
