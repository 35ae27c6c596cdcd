"""Every query of recipes."""

from django_layers.repositories import ModelRepository

from recipes.models import Recipe
from recipes.schemas.recipe import RecipeChanges, RecipeInsert, RecipeQuery, RecipeRead


class DjangoRecipeRepository(
    ModelRepository[Recipe, RecipeRead, RecipeInsert, RecipeChanges, RecipeQuery]
):
    """Recipes in the database."""
