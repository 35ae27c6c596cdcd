"""What goes into and comes out of recipes."""

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
from recipes.types import RecipeReportToEditorReason, RecipeStatus

Title = Annotated[str, Field(min_length=1, max_length=200)]
Servings = Annotated[Int32, Field(ge=1)]
Minutes = Annotated[Int32, Field(ge=0)]
ReportToEditorRemark = Annotated[str, Field(max_length=200)]


class RecipeCreate(RequestSchema):
    """What a caller sends to create a recipe."""

    title: Title
    summary: str = ""
    servings: Servings = 2
    minutes: Minutes
    status: RecipeStatus = RecipeStatus.DRAFT


class RecipeUpdate(UpdateSchema):
    """What a caller sends to change a recipe; a field left out keeps its value."""

    title: Title | MISSING = MISSING
    summary: str | MISSING = MISSING
    servings: Servings | MISSING = MISSING
    minutes: Minutes | MISSING = MISSING
    status: RecipeStatus | MISSING = MISSING


class RecipeReportToEditor(RequestSchema):
    """What a caller sends to report a recipe to editor."""

    reason: RecipeReportToEditorReason
    remark: ReportToEditorRemark = ""


class RecipeRead(ResponseSchema):
    """What callers get back."""

    id: int
    title: str
    summary: str
    servings: int
    minutes: int
    author_id: UserId
    status: RecipeStatus
    created_at: dt.datetime
    updated_at: dt.datetime


class RecipeInsert(InternalSchema):
    """What the service hands to the repository to store."""

    title: str
    summary: str
    servings: int
    minutes: int
    author_id: UserId
    status: RecipeStatus


class RecipeChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    title: str | MISSING = MISSING
    summary: str | MISSING = MISSING
    servings: int | MISSING = MISSING
    minutes: int | MISSING = MISSING
    status: RecipeStatus | MISSING = MISSING


class RecipeQuery(PageQuery):
    """Filters, order and page of a list of recipes."""

    author_id: Int64 | None = None
    status: RecipeStatus | None = None
    order_by: Literal["created_at", "-created_at", "status", "-status"] = "-created_at"
