from recipes.models.recipe import Rating, Recipe
