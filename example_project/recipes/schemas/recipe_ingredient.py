"""What goes into and comes out of recipe ingredients."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from django_layers.schemas import (
    Int64,
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)
from pydantic import MISSING, Field

from recipes.types import RecipeIngredientUnit

Amount = Annotated[Decimal, Field(max_digits=8, decimal_places=2, ge=Decimal("0.00"))]


class RecipeIngredientCreate(RequestSchema):
    """What a caller sends to create a recipe ingredient."""

    recipe_id: Int64
    ingredient_id: Int64
    amount: Amount
    unit: RecipeIngredientUnit


class RecipeIngredientUpdate(UpdateSchema):
    """What a caller sends to change a recipe ingredient; a field left out keeps its value."""

    amount: Amount | MISSING = MISSING
    unit: RecipeIngredientUnit | MISSING = MISSING


class RecipeIngredientRead(ResponseSchema):
    """What callers get back."""

    id: int
    recipe_id: int
    ingredient_id: int
    amount: Decimal
    unit: RecipeIngredientUnit
    created_at: dt.datetime
    updated_at: dt.datetime


class RecipeIngredientInsert(InternalSchema):
    """What the service hands to the repository to store."""

    recipe_id: int
    ingredient_id: int
    amount: Decimal
    unit: RecipeIngredientUnit


class RecipeIngredientChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    amount: Decimal | MISSING = MISSING
    unit: RecipeIngredientUnit | MISSING = MISSING


class RecipeIngredientQuery(PageQuery):
    """Filters, order and page of a list of recipe ingredients."""

    recipe_id: Int64 | None = None
    ingredient_id: Int64 | None = None
    unit: RecipeIngredientUnit | None = None
    order_by: Literal["created_at", "-created_at", "unit", "-unit"] = "-created_at"
