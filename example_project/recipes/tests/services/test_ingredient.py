"""The rules of ingredients, on in-memory repositories."""

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.ingredient import IngredientQuery, IngredientUpdate
from recipes.services.ingredient import IngredientService
from recipes.tests.actors import ALICE, BOB, NOBODY
from recipes.tests.factories.ingredient import requested_ingredient, stored_ingredient
from recipes.tests.memory import ingredient_service, memory_database

EDITOR = Actor.user(
    ALICE.user_id,
    permissions=[
        "recipes.add_ingredient",
        "recipes.change_ingredient",
        "recipes.delete_ingredient",
    ],
)


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def ingredients(database: MemoryDatabase) -> IngredientService:
    return ingredient_service(database)


def test_a_created_ingredient_can_be_read(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    request = requested_ingredient(database)

    created = ingredients.create(EDITOR, request)

    assert ingredients.get(BOB, created.id) == created
    assert created.name == request.name


def test_a_list_holds_the_stored_ingredients(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    ingredient = stored_ingredient(database)

    assert ingredients.page(BOB, IngredientQuery()).items == (ingredient,)


def test_a_change_keeps_what_it_leaves_out(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    ingredient = stored_ingredient(database)

    assert ingredients.update(EDITOR, ingredient.id, IngredientUpdate()) == ingredient


def test_every_field_that_can_be_changed_is(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    ingredient = stored_ingredient(database)
    request = requested_ingredient(database)

    changed = ingredients.update(
        EDITOR,
        ingredient.id,
        IngredientUpdate(
            name=request.name,
        ),
    )

    assert changed.id == ingredient.id
    assert changed.name == request.name


def test_a_deleted_ingredient_is_gone(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    ingredient = stored_ingredient(database)

    ingredients.delete(EDITOR, ingredient.id)

    with pytest.raises(NotFound):
        ingredients.get(EDITOR, ingredient.id)


def test_only_an_ingredient_that_is_there_can_be_referred_to(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    ingredient = stored_ingredient(database)

    ingredients.require(BOB, ingredient.id)
    ingredients.delete(EDITOR, ingredient.id)
    with pytest.raises(NotFound):
        ingredients.require(BOB, ingredient.id)


def test_ingredients_are_written_with_the_permission_only(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    ingredient = stored_ingredient(database)
    request = requested_ingredient(database)

    with pytest.raises(Forbidden):
        ingredients.create(BOB, request)
    with pytest.raises(Forbidden):
        ingredients.update(BOB, ingredient.id, IngredientUpdate())
    with pytest.raises(Forbidden):
        ingredients.delete(BOB, ingredient.id)


def test_each_permission_lets_do_one_thing(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    adder = Actor.user(BOB.user_id, permissions=["recipes.add_ingredient"])
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_ingredient"])
    deleter = Actor.user(BOB.user_id, permissions=["recipes.delete_ingredient"])

    ingredient = ingredients.create(adder, requested_ingredient(database))
    assert ingredients.update(changer, ingredient.id, IngredientUpdate()) == ingredient
    ingredients.delete(deleter, ingredient.id)
    assert ingredients.page(BOB, IngredientQuery()).items == ()


def test_nobody_cannot_read_ingredients(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    ingredient = stored_ingredient(database)

    with pytest.raises(NotAuthenticated):
        ingredients.get(NOBODY, ingredient.id)
    with pytest.raises(NotAuthenticated):
        ingredients.require(NOBODY, ingredient.id)
    with pytest.raises(NotAuthenticated):
        ingredients.page(NOBODY, IngredientQuery())


def test_nobody_cannot_write_ingredients(
    ingredients: IngredientService, database: MemoryDatabase
) -> None:
    ingredient = stored_ingredient(database)
    request = requested_ingredient(database)

    with pytest.raises(NotAuthenticated):
        ingredients.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        ingredients.update(NOBODY, ingredient.id, IngredientUpdate())
    with pytest.raises(NotAuthenticated):
        ingredients.delete(NOBODY, ingredient.id)
