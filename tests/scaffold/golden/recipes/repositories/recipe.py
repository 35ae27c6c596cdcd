"""What services may ask of stored recipes."""

from typing import Protocol

from django_layers.schemas import Page

from recipes.schemas.recipe import RecipeChanges, RecipeInsert, RecipeQuery, RecipeRead


class RecipeRepository(Protocol):
    """Stored recipes."""

    def get(self, recipe_id: int, /) -> RecipeRead:
        """Return a recipe, or raise `NotFound`."""
        ...

    def page(self, query: RecipeQuery, /) -> Page[RecipeRead]:
        """Return the page of recipes that the query asks for."""
        ...

    def require(self, *recipe_ids: int) -> None:
        """Raise `NotFound` unless there are such recipes."""
        ...

    def add(self, recipe: RecipeInsert, /) -> RecipeRead:
        """Store a recipe, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(self, recipe_id: int, changes: RecipeChanges, /) -> RecipeRead:
        """Change a recipe, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, recipe_id: int, /) -> None:
        """Delete a recipe, or raise `NotFound`, or `Conflict` while something refers to
        it.
        """
        ...

    def lock(self, recipe_id: int, /) -> RecipeRead:
        """Return a recipe and keep others from changing it until the unit of work ends,
        or raise `NotFound`.
        """
        ...
