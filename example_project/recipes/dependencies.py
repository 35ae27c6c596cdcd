"""The composition root of recipes: which implementation each service gets."""

from django_layers.repositories import database_unit_of_work

from recipes.repositories.orm.ingredient import DjangoIngredientRepository
from recipes.repositories.orm.rating import DjangoRatingRepository
from recipes.repositories.orm.recipe import DjangoRecipeRepository
from recipes.repositories.orm.recipe_ingredient import DjangoRecipeIngredientRepository
from recipes.services.ingredient import IngredientService
from recipes.services.rating import RatingService
from recipes.services.recipe import RecipeService
from recipes.services.recipe_ingredient import RecipeIngredientService


def recipe_service() -> RecipeService:
    """Return the service of recipes, on the database."""
    return RecipeService(
        recipes=DjangoRecipeRepository(),
        unit_of_work=database_unit_of_work(),
    )


def ingredient_service() -> IngredientService:
    """Return the service of ingredients, on the database."""
    return IngredientService(
        ingredients=DjangoIngredientRepository(),
        unit_of_work=database_unit_of_work(),
    )


def recipe_ingredient_service() -> RecipeIngredientService:
    """Return the service of recipe ingredients, on the database."""
    return RecipeIngredientService(
        recipe_ingredients=DjangoRecipeIngredientRepository(),
        ingredients=ingredient_service(),
        recipes=recipe_service(),
        unit_of_work=database_unit_of_work(),
    )


def rating_service() -> RatingService:
    """Return the service of ratings, on the database."""
    return RatingService(
        ratings=DjangoRatingRepository(),
        recipes=recipe_service(),
        unit_of_work=database_unit_of_work(),
    )
