"""What goes into and comes out of ratings."""

import datetime as dt
from typing import Annotated, Literal

from django_layers.schemas import (
    Int32,
    Int64,
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)
from pydantic import MISSING, Field

from mealgenie.actors import UserId

Stars = Annotated[int, Field(ge=1, le=5)]
LevelBy = Annotated[int, Field(ge=1, le=3)]


class RatingCreate(RequestSchema):
    """What a caller sends to create a rating."""

    recipe_id: Int64
    stars: Stars
    comment: str = ""


class RatingUpdate(UpdateSchema):
    """What a caller sends to change a rating; a field left out keeps its value."""

    stars: Stars | MISSING = MISSING
    comment: str | MISSING = MISSING


class RatingLevel(RequestSchema):
    """What a caller sends to level all ratings of the actor."""

    stars: Stars
    by: LevelBy


class RatingRecipe(ResponseSchema):
    """What a rating shows of its recipe."""

    id: int
    title: str


class RatingRead(ResponseSchema):
    """What callers get back."""

    id: int
    recipe_id: int
    recipe: RatingRecipe
    user_id: UserId
    stars: int
    comment: str
    created_at: dt.datetime
    updated_at: dt.datetime


class RatingInsert(InternalSchema):
    """What the service hands to the repository to store."""

    recipe_id: int
    user_id: UserId
    stars: int
    comment: str


class RatingChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    stars: int | MISSING = MISSING
    comment: str | MISSING = MISSING


class RatingQuery(PageQuery):
    """Filters, order and page of a list of ratings."""

    recipe_id: Int64 | None = None
    user_id: Int64 | None = None
    stars_min: Int32 | None = None
    stars_max: Int32 | None = None
    order_by: Literal["created_at", "-created_at", "stars", "-stars"] = "-created_at"
