"""The rules of recipes."""

from decimal import ROUND_HALF_UP, Decimal

from django_layers.schemas import Page
from django_layers.services import UnitOfWork

from mealgenie.actors import Actor
from recipes.repositories.recipe import RecipeRepository
from recipes.schemas.rating_summary import RatingSummary, RatingTotals
from recipes.schemas.recipe import (
    RecipeChanges,
    RecipeCreate,
    RecipeInsert,
    RecipeQuery,
    RecipeRead,
    RecipeUpdate,
)
from recipes.schemas.recipe_search import RecipeSearch

TWO_DECIMALS = Decimal("0.01")


class RecipeService:
    """The rules of recipes, and the only way in for callers."""

    def __init__(
        self,
        *,
        recipes: RecipeRepository,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._recipes = recipes
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, recipe_id: int) -> RecipeRead:
        """Return a recipe.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
        """
        actor.require_user()
        return self._recipes.get(recipe_id)

    def page(self, actor: Actor, query: RecipeQuery) -> Page[RecipeRead]:
        """Return a page of recipes.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._recipes.page(query)

    def require(self, actor: Actor, *recipe_ids: int) -> None:
        """Make sure that there are these recipes, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
        """
        actor.require_user()
        self._recipes.require(*recipe_ids)

    def create(self, actor: Actor, data: RecipeCreate) -> RecipeRead:
        """Create a recipe that the actor owns.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        author_id = actor.user_id
        with self._unit_of_work():
            return self._recipes.add(
                RecipeInsert(
                    title=data.title,
                    summary=data.summary,
                    servings=data.servings,
                    minutes=data.minutes,
                    author_id=author_id,
                    status=data.status,
                )
            )

    def update(self, actor: Actor, recipe_id: int, data: RecipeUpdate) -> RecipeRead:
        """Change a recipe; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
            Forbidden: the recipe is somebody else's.
        """
        with self._unit_of_work():
            recipe = self._recipes.get(recipe_id)
            actor.require_owner(recipe.author_id, or_permission="recipes.change_recipe")
            return self._recipes.update(
                recipe_id,
                RecipeChanges(
                    title=data.title,
                    summary=data.summary,
                    servings=data.servings,
                    minutes=data.minutes,
                    status=data.status,
                ),
            )

    def delete(self, actor: Actor, recipe_id: int) -> None:
        """Delete a recipe.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
            Forbidden: the recipe is somebody else's.
            Conflict: something still refers to the recipe.
        """
        with self._unit_of_work():
            recipe = self._recipes.get(recipe_id)
            actor.require_owner(recipe.author_id, or_permission="recipes.delete_recipe")
            self._recipes.delete(recipe_id)

    def search(self, actor: Actor, query: RecipeSearch) -> Page[RecipeRead]:
        """Return a page of the recipes that have several ingredients: all of them, or any.

        An ingredient that does not exist is in no recipe.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._recipes.search(query)

    def rating_summary(self, actor: Actor, recipe_id: int) -> RatingSummary:
        """Return how many ratings a recipe has, and how many stars on average.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe.
        """
        actor.require_user()
        totals = self._recipes.rating_totals(recipe_id)
        return RatingSummary(
            recipe_id=recipe_id, count=totals.count, average=_average_stars(totals)
        )


def _average_stars(totals: RatingTotals) -> Decimal | None:
    if totals.count == 0:
        return None
    average = Decimal(totals.stars) / totals.count
    return average.quantize(TWO_DECIMALS, rounding=ROUND_HALF_UP)
