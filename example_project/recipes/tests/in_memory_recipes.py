"""Recipes in memory: the queries that the repository of recipes has of its own, on the rows of the tests."""

from django_layers.schemas import InternalSchema, Page
from django_layers.testing import InMemoryRepository

from recipes.models import Recipe
from recipes.repositories.orm.recipe import DjangoRecipeRepository
from recipes.schemas.rating_summary import RatingTotals
from recipes.schemas.recipe import RecipeChanges, RecipeInsert, RecipeQuery, RecipeRead
from recipes.schemas.recipe_search import RecipeSearch


class _Ingredient(InternalSchema):
    ingredient_id: int


class _Rating(InternalSchema):
    stars: int


class _Recipe(InternalSchema):
    id: int
    ingredients: tuple[_Ingredient, ...]
    ratings: tuple[_Rating, ...]


class InMemoryRecipeRepository(
    DjangoRecipeRepository,
    InMemoryRepository[Recipe, RecipeRead, RecipeInsert, RecipeChanges, RecipeQuery],
):
    """Recipes in memory."""

    def search(self, query: RecipeSearch, /) -> Page[RecipeRead]:
        """Return the page of recipes that have the ingredients of the query, each recipe once."""
        wanted = set(query.ingredient_id)
        return self._page_of(
            (
                recipe.id
                for recipe in self._rows_as(_Recipe)
                if len(wanted & {each.ingredient_id for each in recipe.ingredients})
                >= query.required
            ),
            query,
        )

    def rating_totals(self, recipe_id: int, /) -> RatingTotals:
        """Return how many ratings and stars a recipe has, or raise `NotFound`."""
        recipe = self._row_as(recipe_id, _Recipe)
        return RatingTotals(
            count=len(recipe.ratings), stars=sum(rating.stars for rating in recipe.ratings)
        )
