"""Ratings for tests."""

import factory
from django_layers.testing import MemoryDatabase, UserFactory
from factory.base import Factory
from factory.django import DjangoModelFactory

from mealgenie.actors import Actor
from recipes.models import Rating
from recipes.schemas.rating import RatingCreate, RatingRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.factories.recipe import RecipeFactory, stored_recipe
from recipes.tests.memory import rating_service


class RatingFactory(DjangoModelFactory[Rating]):
    """Ratings in the database."""

    class Meta:
        model = Rating

    recipe = factory.SubFactory(RecipeFactory)
    user = factory.SubFactory(UserFactory)
    stars = factory.Sequence(lambda n: 1 + n % 5)
    comment = factory.Sequence(lambda n: f"comment {n}")


class RatingCreateFactory(Factory[RatingCreate]):
    """Requests to create a rating; what they refer to is the caller's to give."""

    class Meta:
        model = RatingCreate

    stars = factory.Sequence(lambda n: 1 + n % 5)
    comment = factory.Sequence(lambda n: f"comment {n}")


def requested_rating(database: MemoryDatabase) -> RatingCreate:
    """Return a request to create a rating, with what it refers to in memory."""
    return RatingCreateFactory.build(
        recipe_id=stored_recipe(database).id,
    )


def stored_rating(database: MemoryDatabase, actor: Actor = SUPERUSER) -> RatingRead:
    """Store a rating in memory, with all that it refers to."""
    return rating_service(database).create(
        actor,
        requested_rating(database),
    )
