"""What services may ask of stored ingredients."""

from typing import Protocol

from django_layers.schemas import Page

from recipes.schemas.ingredient import (
    IngredientChanges,
    IngredientInsert,
    IngredientQuery,
    IngredientRead,
)


class IngredientRepository(Protocol):
    """Stored ingredients."""

    def get(self, ingredient_id: int, /) -> IngredientRead:
        """Return an ingredient, or raise `NotFound`."""
        ...

    def page(self, query: IngredientQuery, /) -> Page[IngredientRead]:
        """Return the page of ingredients that the query asks for."""
        ...

    def require(self, *ingredient_ids: int) -> None:
        """Raise `NotFound` unless there are such ingredients."""
        ...

    def add(self, ingredient: IngredientInsert, /) -> IngredientRead:
        """Store an ingredient, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(self, ingredient_id: int, changes: IngredientChanges, /) -> IngredientRead:
        """Change an ingredient, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, ingredient_id: int, /) -> None:
        """Delete an ingredient, or raise `NotFound`, or `Conflict` while something refers to it."""
        ...
