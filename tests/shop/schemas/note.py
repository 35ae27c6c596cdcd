"""What goes into and comes out of notes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field

from django_layers.schemas import InternalSchema, PageQuery, RequestSchema, ResponseSchema, UpdateSchema

Title = Annotated[str, Field(min_length=1, max_length=100)]


class NoteCreate(RequestSchema):
    """What a caller sends to create a note."""

    title: Title


class NoteUpdate(UpdateSchema):
    """What a caller sends to change a note; a field left out keeps its value."""

    title: Title | MISSING = MISSING


class NoteRead(ResponseSchema):
    """What callers get back."""

    id: UUID
    user_id: int
    title: str
    created_at: datetime
    updated_at: datetime


class NoteInsert(InternalSchema):
    """What the service hands to the repository to store."""

    user_id: int
    title: str


class NoteChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    title: str | MISSING = MISSING


class NoteQuery(PageQuery):
    """Filters, order and page of a list of notes."""

    order_by: Literal["created_at", "-created_at"] = "-created_at"
