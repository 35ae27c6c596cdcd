"""Recipe ingredients for tests."""

from decimal import Decimal

import factory
from django_layers.testing import MemoryDatabase
from factory.base import Factory
from factory.django import DjangoModelFactory

from recipes.models import RecipeIngredient
from recipes.schemas.recipe_ingredient import RecipeIngredientCreate, RecipeIngredientRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.factories.ingredient import IngredientFactory, stored_ingredient
from recipes.tests.factories.recipe import RecipeFactory, stored_recipe
from recipes.tests.memory import recipe_ingredient_service
from recipes.types import RecipeIngredientUnit


class RecipeIngredientFactory(DjangoModelFactory[RecipeIngredient]):
    """Recipe ingredients in the database."""

    class Meta:
        model = RecipeIngredient

    recipe = factory.SubFactory(RecipeFactory)
    ingredient = factory.SubFactory(IngredientFactory)
    amount = factory.Sequence(lambda n: n % 10_000 * Decimal("0.01"))
    unit = factory.Iterator(RecipeIngredientUnit)


class RecipeIngredientCreateFactory(Factory[RecipeIngredientCreate]):
    """Requests to create a recipe ingredient; what they refer to is the caller's to give."""

    class Meta:
        model = RecipeIngredientCreate

    amount = factory.Sequence(lambda n: n % 10_000 * Decimal("0.01"))
    unit = factory.Iterator(RecipeIngredientUnit)


def requested_recipe_ingredient(database: MemoryDatabase) -> RecipeIngredientCreate:
    """Return a request to create a recipe ingredient, with what it refers to in memory."""
    return RecipeIngredientCreateFactory.build(
        recipe_id=stored_recipe(database).id,
        ingredient_id=stored_ingredient(database).id,
    )


def stored_recipe_ingredient(database: MemoryDatabase) -> RecipeIngredientRead:
    """Store a recipe ingredient in memory, with all that it refers to."""
    return recipe_ingredient_service(database).create(
        SUPERUSER,
        requested_recipe_ingredient(database),
    )
