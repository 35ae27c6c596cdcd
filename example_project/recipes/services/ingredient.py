"""The rules of ingredients."""

from django_layers.schemas import Page
from django_layers.services import UnitOfWork

from mealgenie.actors import Actor
from recipes.repositories.ingredient import IngredientRepository
from recipes.schemas.ingredient import (
    IngredientChanges,
    IngredientCreate,
    IngredientInsert,
    IngredientQuery,
    IngredientRead,
    IngredientUpdate,
)


class IngredientService:
    """The rules of ingredients, and the only way in for callers."""

    def __init__(
        self,
        *,
        ingredients: IngredientRepository,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._ingredients = ingredients
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, ingredient_id: int) -> IngredientRead:
        """Return an ingredient.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such ingredient.
        """
        actor.require_user()
        return self._ingredients.get(ingredient_id)

    def page(self, actor: Actor, query: IngredientQuery) -> Page[IngredientRead]:
        """Return a page of ingredients.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._ingredients.page(query)

    def require(self, actor: Actor, *ingredient_ids: int) -> None:
        """Make sure that there are these ingredients, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such ingredient.
        """
        actor.require_user()
        self._ingredients.require(*ingredient_ids)

    def create(self, actor: Actor, data: IngredientCreate) -> IngredientRead:
        """Create an ingredient.

        Raises:
            NotAuthenticated: the actor is nobody.
            Forbidden: the actor lacks the permission.
            Conflict: there is an ingredient with this name already.
        """
        actor.require("recipes.add_ingredient")
        with self._unit_of_work():
            return self._ingredients.add(
                IngredientInsert(
                    name=data.name,
                )
            )

    def update(self, actor: Actor, ingredient_id: int, data: IngredientUpdate) -> IngredientRead:
        """Change an ingredient; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such ingredient.
            Forbidden: the actor lacks the permission.
            Conflict: there is an ingredient with this name already.
        """
        actor.require("recipes.change_ingredient")
        with self._unit_of_work():
            return self._ingredients.update(
                ingredient_id,
                IngredientChanges(
                    name=data.name,
                ),
            )

    def delete(self, actor: Actor, ingredient_id: int) -> None:
        """Delete an ingredient.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such ingredient.
            Forbidden: the actor lacks the permission.
            Conflict: something still refers to the ingredient.
        """
        actor.require("recipes.delete_ingredient")
        with self._unit_of_work():
            self._ingredients.delete(ingredient_id)
