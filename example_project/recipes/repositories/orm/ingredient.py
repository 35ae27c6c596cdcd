"""Every query of ingredients."""

from django_layers.repositories import ModelRepository

from recipes.models import Ingredient
from recipes.schemas.ingredient import (
    IngredientChanges,
    IngredientInsert,
    IngredientQuery,
    IngredientRead,
)


class DjangoIngredientRepository(
    ModelRepository[
        Ingredient, IngredientRead, IngredientInsert, IngredientChanges, IngredientQuery
    ]
):
    """Ingredients in the database."""
