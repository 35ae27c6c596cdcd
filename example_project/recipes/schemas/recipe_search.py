"""What goes into a search for recipes."""

from typing import Annotated, Literal

from django_layers.schemas import Int64, PageQuery
from pydantic import AfterValidator, Field


def _each_once(ids: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(ids)))


IngredientIds = Annotated[
    tuple[Int64, ...],
    Field(min_length=1, max_length=50, description="One or more ingredients."),
    # One search has one spelling: a cursor fits however the ingredients are written down.
    AfterValidator(_each_once),
]


class RecipeSearch(PageQuery):
    """Which ingredients a recipe is to have, and the order and page of the recipes found."""

    ingredient_id: IngredientIds
    match: Annotated[
        Literal["all", "any"], Field(description="Whether a recipe needs all of them, or one.")
    ] = "all"
    order_by: Literal["created_at", "-created_at"] = "-created_at"

    @property
    def required(self) -> int:
        """How many of the ingredients a recipe must have."""
        return len(self.ingredient_id) if self.match == "all" else 1
