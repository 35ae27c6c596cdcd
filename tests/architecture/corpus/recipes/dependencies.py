from django_layers.repositories import database_unit_of_work
from pantry import dependencies as pantry_dependencies  # legal: imported as a module

from recipes.repositories.orm.recipe import DjangoRecipeRepository  # legal: the composition root
from recipes.services.recipe import RecipeService


def recipe_service() -> RecipeService:
    return RecipeService(recipes=DjangoRecipeRepository(), unit_of_work=database_unit_of_work())
