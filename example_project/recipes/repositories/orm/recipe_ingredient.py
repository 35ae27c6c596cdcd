"""Every query of recipe ingredients."""

from django_layers.repositories import ModelRepository

from recipes.models import RecipeIngredient
from recipes.schemas.recipe_ingredient import (
    RecipeIngredientChanges,
    RecipeIngredientInsert,
    RecipeIngredientQuery,
    RecipeIngredientRead,
)


class DjangoRecipeIngredientRepository(
    ModelRepository[
        RecipeIngredient,
        RecipeIngredientRead,
        RecipeIngredientInsert,
        RecipeIngredientChanges,
        RecipeIngredientQuery,
    ]
):
    """Recipe ingredients in the database."""
