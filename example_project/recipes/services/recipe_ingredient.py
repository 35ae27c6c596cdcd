"""The rules of recipe ingredients."""

from django_layers.schemas import Page
from django_layers.services import UnitOfWork

from mealgenie.actors import Actor
from recipes.repositories.recipe_ingredient import RecipeIngredientRepository
from recipes.schemas.recipe_ingredient import (
    RecipeIngredientChanges,
    RecipeIngredientCreate,
    RecipeIngredientInsert,
    RecipeIngredientQuery,
    RecipeIngredientRead,
    RecipeIngredientUpdate,
)
from recipes.services.ingredient import IngredientService
from recipes.services.recipe import RecipeService


class RecipeIngredientService:
    """The rules of recipe ingredients, and the only way in for callers."""

    def __init__(
        self,
        *,
        recipe_ingredients: RecipeIngredientRepository,
        ingredients: IngredientService,
        recipes: RecipeService,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._recipe_ingredients = recipe_ingredients
        self._ingredients = ingredients
        self._recipes = recipes
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, recipe_ingredient_id: int) -> RecipeIngredientRead:
        """Return a recipe ingredient.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe ingredient.
        """
        actor.require_user()
        return self._recipe_ingredients.get(recipe_ingredient_id)

    def page(self, actor: Actor, query: RecipeIngredientQuery) -> Page[RecipeIngredientRead]:
        """Return a page of recipe ingredients.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._recipe_ingredients.page(query)

    def require(self, actor: Actor, *recipe_ingredient_ids: int) -> None:
        """Make sure that there are these recipe ingredients, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe ingredient.
        """
        actor.require_user()
        self._recipe_ingredients.require(*recipe_ingredient_ids)

    def create(self, actor: Actor, data: RecipeIngredientCreate) -> RecipeIngredientRead:
        """Create a recipe ingredient.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe or ingredient, or the actor may not see it.
            Forbidden: the recipe is somebody else's.
            Conflict: there is a recipe ingredient with this recipe and this ingredient already.
        """
        with self._unit_of_work():
            self._require_author(actor, data.recipe_id)
            self._ingredients.require(actor, data.ingredient_id)
            return self._recipe_ingredients.add(
                RecipeIngredientInsert(
                    recipe_id=data.recipe_id,
                    ingredient_id=data.ingredient_id,
                    amount=data.amount,
                    unit=data.unit,
                )
            )

    def update(
        self, actor: Actor, recipe_ingredient_id: int, data: RecipeIngredientUpdate
    ) -> RecipeIngredientRead:
        """Change a recipe ingredient; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe ingredient.
            Forbidden: the recipe is somebody else's.
        """
        with self._unit_of_work():
            self._require_author(actor, self.get(actor, recipe_ingredient_id).recipe_id)
            return self._recipe_ingredients.update(
                recipe_ingredient_id,
                RecipeIngredientChanges(
                    amount=data.amount,
                    unit=data.unit,
                ),
            )

    def delete(self, actor: Actor, recipe_ingredient_id: int) -> None:
        """Delete a recipe ingredient.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe ingredient.
            Forbidden: the recipe is somebody else's.
            Conflict: something still refers to the recipe ingredient.
        """
        with self._unit_of_work():
            self._require_author(actor, self.get(actor, recipe_ingredient_id).recipe_id)
            self._recipe_ingredients.delete(recipe_ingredient_id)

    def _require_author(self, actor: Actor, recipe_id: int) -> None:
        """Refuse an actor who may not change the recipe: what is in it is part of it."""
        recipe = self._recipes.get(actor, recipe_id)
        actor.require_owner(recipe.author_id, or_permission="recipes.change_recipe")
