"""Every query of recipes."""

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django_layers.repositories import ModelRepository
from django_layers.schemas import Page

from recipes.models import Recipe, RecipeIngredient
from recipes.schemas.rating_summary import RatingTotals
from recipes.schemas.recipe import RecipeChanges, RecipeInsert, RecipeQuery, RecipeRead
from recipes.schemas.recipe_search import RecipeSearch


class DjangoRecipeRepository(
    ModelRepository[Recipe, RecipeRead, RecipeInsert, RecipeChanges, RecipeQuery]
):
    """Recipes in the database."""

    def search(self, query: RecipeSearch, /) -> Page[RecipeRead]:
        """Return the page of recipes that have the ingredients of the query, each recipe once."""
        # A recipe has an ingredient once, so its rows among these are its ingredients among those asked for.
        having = (
            RecipeIngredient.objects.filter(ingredient__in=query.ingredient_id)
            .values("recipe")
            .annotate(found=Count("pk"))
            .filter(found__gte=query.required)
        )
        return self._page(self._queryset().filter(pk__in=having.values("recipe")), query)

    def rating_totals(self, recipe_id: int, /) -> RatingTotals:
        """Return how many ratings and stars a recipe has, or raise `NotFound`."""
        rated = self._with_key(self._queryset(), recipe_id).annotate(
            count=Count("ratings"), stars=Coalesce(Sum("ratings__stars"), 0)
        )
        return self._read_one(rated, RatingTotals)
