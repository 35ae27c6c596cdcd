"""What goes into and comes out of reminders."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from django_layers.schemas import (
    AwareDatetime,
    Int64,
    InternalSchema,
    PageQuery,
    RequestSchema,
    ResponseSchema,
    UpdateSchema,
)
from pydantic import MISSING, Field

from mealgenie.actors import UserId
from recipes.types import ReminderState

Pin = Annotated[str, Field(min_length=1, max_length=8)]


class ReminderCreate(RequestSchema):
    """What a caller sends to create a reminder."""

    note_id: UUID
    editor_id: Int64
    due: AwareDatetime
    pin: Pin


class ReminderUpdate(UpdateSchema):
    """What a caller sends to change a reminder; a field left out keeps its value."""

    note_id: UUID | MISSING = MISSING
    editor_id: Int64 | MISSING = MISSING
    due: AwareDatetime | MISSING = MISSING
    pin: Pin | MISSING = MISSING


class ReminderFinish(RequestSchema):
    """What a caller sends to finish a reminder."""

    state: ReminderState


class ReminderRead(ResponseSchema):
    """What callers get back."""

    id: int
    note_id: UUID
    editor_id: UserId
    due: dt.datetime
    state: ReminderState


class ReminderInsert(InternalSchema):
    """What the service hands to the repository to store."""

    note_id: UUID
    editor_id: UserId
    due: dt.datetime
    pin: str
    state: ReminderState


class ReminderChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored
    value.
    """

    note_id: UUID | MISSING = MISSING
    editor_id: UserId | MISSING = MISSING
    due: dt.datetime | MISSING = MISSING
    pin: str | MISSING = MISSING
    state: ReminderState | MISSING = MISSING


class ReminderQuery(PageQuery):
    """Filters, order and page of a list of reminders."""

    note_id: UUID | None = None
    editor_id: Int64 | None = None
    state: ReminderState | None = None
    order_by: Literal["id", "-id", "due", "-due", "state", "-state"] = "-id"
