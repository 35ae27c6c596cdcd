"""The services of recipes in memory: the composition root of their tests."""

from django_layers.testing import MemoryDatabase

from recipes.repositories.orm.ingredient import DjangoIngredientRepository
from recipes.repositories.orm.rating import DjangoRatingRepository
from recipes.repositories.orm.recipe import DjangoRecipeRepository
from recipes.repositories.orm.recipe_ingredient import DjangoRecipeIngredientRepository
from recipes.services.ingredient import IngredientService
from recipes.services.rating import RatingService
from recipes.services.recipe import RecipeService
from recipes.services.recipe_ingredient import RecipeIngredientService
from recipes.tests.actors import ALICE, BOB, SUPERUSER
from recipes.tests.in_memory_recipes import InMemoryRecipeRepository


def memory_database() -> MemoryDatabase:
    """Return an empty database in memory that knows the users of the tests."""
    database = MemoryDatabase()
    database.use(DjangoRecipeRepository, InMemoryRecipeRepository)
    database.register("auth.User", *(actor.user_id for actor in (ALICE, BOB, SUPERUSER)))
    return database


def recipe_service(database: MemoryDatabase) -> RecipeService:
    """Return the service of recipes, in memory."""
    return RecipeService(
        recipes=database.repository(DjangoRecipeRepository),
        unit_of_work=database.unit_of_work(),
    )


def ingredient_service(database: MemoryDatabase) -> IngredientService:
    """Return the service of ingredients, in memory."""
    return IngredientService(
        ingredients=database.repository(DjangoIngredientRepository),
        unit_of_work=database.unit_of_work(),
    )


def recipe_ingredient_service(database: MemoryDatabase) -> RecipeIngredientService:
    """Return the service of recipe ingredients, in memory."""
    return RecipeIngredientService(
        recipe_ingredients=database.repository(DjangoRecipeIngredientRepository),
        ingredients=ingredient_service(database),
        recipes=recipe_service(database),
        unit_of_work=database.unit_of_work(),
    )


def rating_service(database: MemoryDatabase) -> RatingService:
    """Return the service of ratings, in memory."""
    return RatingService(
        ratings=database.repository(DjangoRatingRepository),
        recipes=recipe_service(database),
        unit_of_work=database.unit_of_work(),
    )
