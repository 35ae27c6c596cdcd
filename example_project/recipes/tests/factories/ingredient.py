"""Ingredients for tests."""

import factory
from django_layers.testing import MemoryDatabase
from factory.base import Factory
from factory.django import DjangoModelFactory

from recipes.models import Ingredient
from recipes.schemas.ingredient import IngredientCreate, IngredientRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.memory import ingredient_service


class IngredientFactory(DjangoModelFactory[Ingredient]):
    """Ingredients in the database."""

    class Meta:
        model = Ingredient

    name = factory.Sequence(lambda n: f"name {n}")


class IngredientCreateFactory(Factory[IngredientCreate]):
    """Requests to create an ingredient."""

    class Meta:
        model = IngredientCreate

    name = factory.Sequence(lambda n: f"name {n}")


def requested_ingredient(database: MemoryDatabase) -> IngredientCreate:
    """Return a request to create an ingredient."""
    return IngredientCreateFactory.build()


def stored_ingredient(database: MemoryDatabase) -> IngredientRead:
    """Store an ingredient in memory."""
    return ingredient_service(database).create(
        SUPERUSER,
        requested_ingredient(database),
    )
