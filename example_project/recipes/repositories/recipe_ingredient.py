"""What services may ask of stored recipe ingredients."""

from typing import Protocol

from django_layers.schemas import Page

from recipes.schemas.recipe_ingredient import (
    RecipeIngredientChanges,
    RecipeIngredientInsert,
    RecipeIngredientQuery,
    RecipeIngredientRead,
)


class RecipeIngredientRepository(Protocol):
    """Stored recipe ingredients."""

    def get(self, recipe_ingredient_id: int, /) -> RecipeIngredientRead:
        """Return a recipe ingredient, or raise `NotFound`."""
        ...

    def page(self, query: RecipeIngredientQuery, /) -> Page[RecipeIngredientRead]:
        """Return the page of recipe ingredients that the query asks for."""
        ...

    def require(self, *recipe_ingredient_ids: int) -> None:
        """Raise `NotFound` unless there are such recipe ingredients."""
        ...

    def add(self, recipe_ingredient: RecipeIngredientInsert, /) -> RecipeIngredientRead:
        """Store a recipe ingredient, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(
        self, recipe_ingredient_id: int, changes: RecipeIngredientChanges, /
    ) -> RecipeIngredientRead:
        """Change a recipe ingredient, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, recipe_ingredient_id: int, /) -> None:
        """Delete a recipe ingredient, or raise `NotFound`, or `Conflict` while something refers to
        it.
        """
        ...
