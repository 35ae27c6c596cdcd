"""The tables of recipes."""

from recipes.models.ingredient import Ingredient
from recipes.models.rating import Rating
from recipes.models.recipe import Recipe
from recipes.models.recipe_ingredient import RecipeIngredient

__all__ = ["Ingredient", "Rating", "Recipe", "RecipeIngredient"]
