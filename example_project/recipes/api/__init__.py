"""The HTTP endpoints of recipes."""

from ninja import Router

from recipes.api import ingredient, rating, recipe, recipe_ingredient

router = Router()
router.add_router("/ingredients", ingredient.router)
router.add_router("/ratings", rating.router)
router.add_router("/recipe-ingredients", recipe_ingredient.router)
router.add_router("/recipes", recipe.router)
