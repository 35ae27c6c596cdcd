"""The rules of recipes, on in-memory repositories."""

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.recipe import RecipeCreate, RecipeQuery, RecipeUpdate
from recipes.services.recipe import RecipeService
from recipes.tests.actors import ALICE, BOB, NOBODY
from recipes.tests.factories.recipe import requested_recipe, stored_recipe
from recipes.tests.memory import memory_database, recipe_service
from recipes.types import RecipeStatus


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def recipes(database: MemoryDatabase) -> RecipeService:
    return recipe_service(database)


def test_a_created_recipe_can_be_read(recipes: RecipeService, database: MemoryDatabase) -> None:
    request = requested_recipe(database)

    created = recipes.create(ALICE, request)

    assert recipes.get(BOB, created.id) == created
    assert created.title == request.title
    assert created.summary == request.summary
    assert created.servings == request.servings
    assert created.minutes == request.minutes
    assert created.status == request.status
    assert created.author_id == ALICE.user_id


def test_what_a_new_recipe_leaves_out_has_its_default(
    recipes: RecipeService, database: MemoryDatabase
) -> None:
    request = requested_recipe(database)

    created = recipes.create(
        ALICE,
        RecipeCreate(
            title=request.title,
            minutes=request.minutes,
        ),
    )

    assert created.summary == ""
    assert created.servings == 2
    assert created.status == RecipeStatus.DRAFT


def test_a_list_holds_the_stored_recipes(recipes: RecipeService, database: MemoryDatabase) -> None:
    recipe = stored_recipe(database, ALICE)

    assert recipes.page(BOB, RecipeQuery()).items == (recipe,)


def test_a_change_keeps_what_it_leaves_out(
    recipes: RecipeService, database: MemoryDatabase
) -> None:
    recipe = stored_recipe(database, ALICE)

    assert recipes.update(ALICE, recipe.id, RecipeUpdate()) == recipe


def test_every_field_that_can_be_changed_is(
    recipes: RecipeService, database: MemoryDatabase
) -> None:
    recipe = stored_recipe(database, ALICE)
    request = requested_recipe(database)

    changed = recipes.update(
        ALICE,
        recipe.id,
        RecipeUpdate(
            title=request.title,
            summary=request.summary,
            servings=request.servings,
            minutes=request.minutes,
            status=request.status,
        ),
    )

    assert changed.id == recipe.id
    assert changed.title == request.title
    assert changed.summary == request.summary
    assert changed.servings == request.servings
    assert changed.minutes == request.minutes
    assert changed.status == request.status


def test_a_deleted_recipe_is_gone(recipes: RecipeService, database: MemoryDatabase) -> None:
    recipe = stored_recipe(database, ALICE)

    recipes.delete(ALICE, recipe.id)

    with pytest.raises(NotFound):
        recipes.get(ALICE, recipe.id)


def test_only_a_recipe_that_is_there_can_be_referred_to(
    recipes: RecipeService, database: MemoryDatabase
) -> None:
    recipe = stored_recipe(database, ALICE)

    recipes.require(BOB, recipe.id)
    recipes.delete(ALICE, recipe.id)
    with pytest.raises(NotFound):
        recipes.require(BOB, recipe.id)


def test_others_cannot_change_a_recipe(recipes: RecipeService, database: MemoryDatabase) -> None:
    recipe = stored_recipe(database, ALICE)

    with pytest.raises(Forbidden):
        recipes.update(BOB, recipe.id, RecipeUpdate())
    with pytest.raises(Forbidden):
        recipes.delete(BOB, recipe.id)


def test_each_permission_opens_the_recipes_of_others(
    recipes: RecipeService, database: MemoryDatabase
) -> None:
    recipe = stored_recipe(database, ALICE)
    changer = Actor.user(BOB.user_id, permissions=["recipes.change_recipe"])
    deleter = Actor.user(BOB.user_id, permissions=["recipes.delete_recipe"])

    assert recipes.update(changer, recipe.id, RecipeUpdate()) == recipe
    recipes.delete(deleter, recipe.id)
    assert recipes.page(BOB, RecipeQuery()).items == ()


def test_nobody_cannot_read_recipes(recipes: RecipeService, database: MemoryDatabase) -> None:
    recipe = stored_recipe(database, ALICE)

    with pytest.raises(NotAuthenticated):
        recipes.get(NOBODY, recipe.id)
    with pytest.raises(NotAuthenticated):
        recipes.require(NOBODY, recipe.id)
    with pytest.raises(NotAuthenticated):
        recipes.page(NOBODY, RecipeQuery())


def test_nobody_cannot_write_recipes(recipes: RecipeService, database: MemoryDatabase) -> None:
    recipe = stored_recipe(database, ALICE)
    request = requested_recipe(database)

    with pytest.raises(NotAuthenticated):
        recipes.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        recipes.update(NOBODY, recipe.id, RecipeUpdate())
    with pytest.raises(NotAuthenticated):
        recipes.delete(NOBODY, recipe.id)
