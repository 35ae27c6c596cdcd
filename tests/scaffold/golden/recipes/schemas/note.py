"""What goes into and comes out of notes."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from django_layers.schemas import (
    Int64,
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)
from pydantic import MISSING, Field

from mealgenie.actors import UserId

Title = Annotated[str, Field(min_length=1, max_length=100)]


class NoteCreate(RequestSchema):
    """What a caller sends to create a note."""

    title: Title
    recipe_id: Int64 | None = None


class NoteUpdate(UpdateSchema):
    """What a caller sends to change a note; a field left out keeps its value."""

    title: Title | MISSING = MISSING
    recipe_id: Int64 | MISSING | None = MISSING


class NoteAttach(RequestSchema):
    """What a caller sends to attach a note."""

    recipe_id: Int64 | None
    title: Title


class NoteDetach(RequestSchema):
    """What a caller sends to detach all notes of the actor."""

    recipe_id: Int64 | None


class NoteRead(ResponseSchema):
    """What callers get back."""

    id: UUID
    user_id: UserId
    title: str
    photo: str | None
    recipe_id: int | None
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime


class NoteInsert(InternalSchema):
    """What the service hands to the repository to store."""

    user_id: UserId
    title: str
    recipe_id: int | None


class NoteChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    title: str | MISSING = MISSING
    recipe_id: int | MISSING | None = MISSING


class NoteQuery(PageQuery):
    """Filters, order and page of a list of notes."""

    title: str | None = None
    recipe_id: Int64 | None = None
    order_by: Literal["created_at", "-created_at", "title", "-title"] = "-created_at"
