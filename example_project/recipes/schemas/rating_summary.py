"""What goes into and comes out of the summary of a recipe's ratings."""

from decimal import Decimal
from typing import Annotated

from django_layers.schemas import InternalSchema, ResponseSchema
from pydantic import Field


class RatingTotals(InternalSchema):
    """What the repository counts: how many ratings a recipe has, and how many stars they give together."""

    count: int
    stars: int


class RatingSummary(ResponseSchema):
    """How a recipe is rated."""

    recipe_id: int
    count: int
    average: Annotated[
        Decimal | None,
        Field(description="Stars, with two decimals; null while nobody has rated the recipe."),
    ]
