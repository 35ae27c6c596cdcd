"""Searching recipes by several ingredients, on in-memory repositories."""

from decimal import Decimal
from typing import Literal

import pytest
from django_layers.errors import NotAuthenticated, RuleViolated
from django_layers.testing import MemoryDatabase
from pydantic import ValidationError

from recipes.schemas.recipe import RecipeRead
from recipes.schemas.recipe_ingredient import RecipeIngredientCreate
from recipes.schemas.recipe_search import RecipeSearch
from recipes.services.recipe import RecipeService
from recipes.tests.actors import BOB, NOBODY, SUPERUSER
from recipes.tests.factories.ingredient import stored_ingredient
from recipes.tests.factories.recipe import stored_recipe
from recipes.tests.memory import memory_database, recipe_ingredient_service, recipe_service
from recipes.types import RecipeIngredientUnit

UNKNOWN = 999_999_999


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def recipes(database: MemoryDatabase) -> RecipeService:
    return recipe_service(database)


@pytest.fixture
def flour(database: MemoryDatabase) -> int:
    return stored_ingredient(database).id


@pytest.fixture
def egg(database: MemoryDatabase) -> int:
    return stored_ingredient(database).id


def recipe_of(database: MemoryDatabase, *ingredients: int) -> RecipeRead:
    """Store a recipe that has these ingredients."""
    recipe = stored_recipe(database)
    for ingredient_id in ingredients:
        recipe_ingredient_service(database).create(
            SUPERUSER,
            RecipeIngredientCreate(
                recipe_id=recipe.id,
                ingredient_id=ingredient_id,
                amount=Decimal(1),
                unit=RecipeIngredientUnit.PIECE,
            ),
        )
    return recipe


def found(
    recipes: RecipeService, *ingredients: int, match: Literal["all", "any"] = "all"
) -> tuple[RecipeRead, ...]:
    """Return the recipes that a search finds, the oldest first."""
    query = RecipeSearch(ingredient_id=ingredients, match=match, order_by="created_at")
    return recipes.search(BOB, query).items


def test_all_ingredients_are_found_together(
    recipes: RecipeService, database: MemoryDatabase, flour: int, egg: int
) -> None:
    recipe_of(database, flour)
    pancakes = recipe_of(database, flour, egg)
    recipe_of(database, egg)

    assert found(recipes, flour, egg) == (pancakes,)


def test_any_ingredient_is_enough_and_no_recipe_comes_twice(
    recipes: RecipeService, database: MemoryDatabase, flour: int, egg: int
) -> None:
    bread = recipe_of(database, flour)
    pancakes = recipe_of(database, flour, egg)
    recipe_of(database)

    assert found(recipes, flour, egg, match="any") == (bread, pancakes)


def test_an_ingredient_that_is_asked_for_twice_counts_once(
    recipes: RecipeService, database: MemoryDatabase, flour: int
) -> None:
    bread = recipe_of(database, flour)

    assert found(recipes, flour, flour) == (bread,)


def test_an_unknown_ingredient_is_in_no_recipe(
    recipes: RecipeService, database: MemoryDatabase, flour: int
) -> None:
    bread = recipe_of(database, flour)

    assert found(recipes, flour, UNKNOWN) == ()
    assert found(recipes, flour, UNKNOWN, match="any") == (bread,)


def test_a_search_goes_on_page_by_page(
    recipes: RecipeService, database: MemoryDatabase, flour: int, egg: int
) -> None:
    stored = [recipe_of(database, flour, egg) for _ in range(3)]

    first = recipes.search(BOB, RecipeSearch(ingredient_id=(flour, egg), limit=2))
    second = recipes.search(
        BOB, RecipeSearch(ingredient_id=(egg, flour), limit=2, cursor=first.next_cursor)
    )

    assert [*first.items, *second.items] == stored[::-1]
    assert second.next_cursor is None


def test_the_cursor_of_another_search_is_refused(
    recipes: RecipeService, database: MemoryDatabase, flour: int, egg: int
) -> None:
    for _ in range(2):
        recipe_of(database, flour, egg)
    first = recipes.search(BOB, RecipeSearch(ingredient_id=(flour,), limit=1))

    with pytest.raises(RuleViolated):
        recipes.search(BOB, RecipeSearch(ingredient_id=(egg,), cursor=first.next_cursor))


def test_a_search_for_nothing_is_refused() -> None:
    with pytest.raises(ValidationError):
        RecipeSearch(ingredient_id=())


def test_nobody_cannot_search(recipes: RecipeService, flour: int) -> None:
    with pytest.raises(NotAuthenticated):
        recipes.search(NOBODY, RecipeSearch(ingredient_id=(flour,)))
