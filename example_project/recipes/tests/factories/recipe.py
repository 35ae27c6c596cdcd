"""Recipes for tests."""

import factory
from django_layers.testing import MemoryDatabase, UserFactory
from factory.base import Factory
from factory.django import DjangoModelFactory

from mealgenie.actors import Actor
from recipes.models import Recipe
from recipes.schemas.recipe import RecipeCreate, RecipeRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.memory import recipe_service
from recipes.types import RecipeStatus


class RecipeFactory(DjangoModelFactory[Recipe]):
    """Recipes in the database."""

    class Meta:
        model = Recipe

    title = factory.Sequence(lambda n: f"title {n}")
    summary = factory.Sequence(lambda n: f"summary {n}")
    servings = factory.Sequence(lambda n: 1 + n % 10_000)
    minutes = factory.Sequence(lambda n: n % 10_000)
    author = factory.SubFactory(UserFactory)
    status = factory.Iterator(RecipeStatus)


class RecipeCreateFactory(Factory[RecipeCreate]):
    """Requests to create a recipe."""

    class Meta:
        model = RecipeCreate

    title = factory.Sequence(lambda n: f"title {n}")
    summary = factory.Sequence(lambda n: f"summary {n}")
    servings = factory.Sequence(lambda n: 1 + n % 10_000)
    minutes = factory.Sequence(lambda n: n % 10_000)
    status = factory.Iterator(RecipeStatus)


def requested_recipe(database: MemoryDatabase) -> RecipeCreate:
    """Return a request to create a recipe."""
    return RecipeCreateFactory.build()


def stored_recipe(database: MemoryDatabase, actor: Actor = SUPERUSER) -> RecipeRead:
    """Store a recipe in memory."""
    return recipe_service(database).create(
        actor,
        requested_recipe(database),
    )
