"""The rules of recipe ingredients, on in-memory repositories."""

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.recipe_ingredient import RecipeIngredientQuery, RecipeIngredientUpdate
from recipes.services.recipe_ingredient import RecipeIngredientService
from recipes.tests.actors import ALICE, BOB, NOBODY
from recipes.tests.factories.recipe_ingredient import (
    requested_recipe_ingredient,
    stored_recipe_ingredient,
)
from recipes.tests.memory import memory_database, recipe_ingredient_service

EDITOR = Actor.user(
    ALICE.user_id,
    permissions=["recipes.change_recipe"],
)


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def recipe_ingredients(database: MemoryDatabase) -> RecipeIngredientService:
    return recipe_ingredient_service(database)


def test_a_created_recipe_ingredient_can_be_read(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    request = requested_recipe_ingredient(database)

    created = recipe_ingredients.create(EDITOR, request)

    assert recipe_ingredients.get(BOB, created.id) == created
    assert created.recipe_id == request.recipe_id
    assert created.ingredient_id == request.ingredient_id
    assert created.amount == request.amount
    assert created.unit == request.unit


def test_a_list_holds_the_stored_recipe_ingredients(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    recipe_ingredient = stored_recipe_ingredient(database)

    assert recipe_ingredients.page(BOB, RecipeIngredientQuery()).items == (recipe_ingredient,)


def test_a_change_keeps_what_it_leaves_out(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    recipe_ingredient = stored_recipe_ingredient(database)

    assert (
        recipe_ingredients.update(EDITOR, recipe_ingredient.id, RecipeIngredientUpdate())
        == recipe_ingredient
    )


def test_every_field_that_can_be_changed_is(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    recipe_ingredient = stored_recipe_ingredient(database)
    request = requested_recipe_ingredient(database)

    changed = recipe_ingredients.update(
        EDITOR,
        recipe_ingredient.id,
        RecipeIngredientUpdate(
            amount=request.amount,
            unit=request.unit,
        ),
    )

    assert changed.id == recipe_ingredient.id
    assert changed.amount == request.amount
    assert changed.unit == request.unit


def test_a_deleted_recipe_ingredient_is_gone(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    recipe_ingredient = stored_recipe_ingredient(database)

    recipe_ingredients.delete(EDITOR, recipe_ingredient.id)

    with pytest.raises(NotFound):
        recipe_ingredients.get(EDITOR, recipe_ingredient.id)


def test_only_a_recipe_ingredient_that_is_there_can_be_referred_to(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    recipe_ingredient = stored_recipe_ingredient(database)

    recipe_ingredients.require(BOB, recipe_ingredient.id)
    recipe_ingredients.delete(EDITOR, recipe_ingredient.id)
    with pytest.raises(NotFound):
        recipe_ingredients.require(BOB, recipe_ingredient.id)


def test_a_recipe_ingredient_cannot_refer_to_a_missing_recipe(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    request = requested_recipe_ingredient(database).model_copy(update={"recipe_id": 999_999_999})

    with pytest.raises(NotFound):
        recipe_ingredients.create(EDITOR, request)


def test_a_recipe_ingredient_cannot_refer_to_a_missing_ingredient(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    request = requested_recipe_ingredient(database).model_copy(
        update={"ingredient_id": 999_999_999}
    )

    with pytest.raises(NotFound):
        recipe_ingredients.create(EDITOR, request)


def test_recipe_ingredients_are_written_with_the_permission_only(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    recipe_ingredient = stored_recipe_ingredient(database)
    request = requested_recipe_ingredient(database)

    with pytest.raises(Forbidden):
        recipe_ingredients.create(BOB, request)
    with pytest.raises(Forbidden):
        recipe_ingredients.update(BOB, recipe_ingredient.id, RecipeIngredientUpdate())
    with pytest.raises(Forbidden):
        recipe_ingredients.delete(BOB, recipe_ingredient.id)


def test_nobody_cannot_read_recipe_ingredients(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    recipe_ingredient = stored_recipe_ingredient(database)

    with pytest.raises(NotAuthenticated):
        recipe_ingredients.get(NOBODY, recipe_ingredient.id)
    with pytest.raises(NotAuthenticated):
        recipe_ingredients.require(NOBODY, recipe_ingredient.id)
    with pytest.raises(NotAuthenticated):
        recipe_ingredients.page(NOBODY, RecipeIngredientQuery())


def test_nobody_cannot_write_recipe_ingredients(
    recipe_ingredients: RecipeIngredientService, database: MemoryDatabase
) -> None:
    recipe_ingredient = stored_recipe_ingredient(database)
    request = requested_recipe_ingredient(database)

    with pytest.raises(NotAuthenticated):
        recipe_ingredients.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        recipe_ingredients.update(NOBODY, recipe_ingredient.id, RecipeIngredientUpdate())
    with pytest.raises(NotAuthenticated):
        recipe_ingredients.delete(NOBODY, recipe_ingredient.id)
