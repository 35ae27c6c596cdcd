"""The HTTP endpoints of reminders."""

from django.http import HttpRequest
from django_layers.api import raises
from django_layers.errors import Conflict, NotFound
from django_layers.schemas import Page
from ninja import Query, Router

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.reminder import (
    ReminderCreate,
    ReminderFinish,
    ReminderQuery,
    ReminderRead,
    ReminderUpdate,
)

router = Router(tags=["reminders"])


@router.get("", response=Page[ReminderRead])
def list_reminders(
    request: HttpRequest, query: Query[ReminderQuery]
) -> Page[ReminderRead]:
    """List reminders, page by page."""
    return dependencies.reminder_service().page(actor_of(request), query)


@router.post("", response={201: ReminderRead})
@raises(NotFound, Conflict)
def create_reminder(request: HttpRequest, data: ReminderCreate) -> ReminderRead:
    """Create a reminder."""
    return dependencies.reminder_service().create(actor_of(request), data)


@router.get("/{reminder_id}", response=ReminderRead)
@raises(NotFound)
def get_reminder(request: HttpRequest, reminder_id: int) -> ReminderRead:
    """Return a reminder."""
    return dependencies.reminder_service().get(actor_of(request), reminder_id)


@router.patch("/{reminder_id}", response=ReminderRead)
@raises(NotFound, Conflict)
def update_reminder(
    request: HttpRequest, reminder_id: int, data: ReminderUpdate
) -> ReminderRead:
    """Change a reminder; a field left out keeps its value."""
    return dependencies.reminder_service().update(actor_of(request), reminder_id, data)


@router.delete("/{reminder_id}", response={204: None})
@raises(NotFound, Conflict)
def delete_reminder(request: HttpRequest, reminder_id: int) -> None:
    """Delete a reminder."""
    dependencies.reminder_service().delete(actor_of(request), reminder_id)


@router.post("/{reminder_id}/finish", response=ReminderRead)
@raises(NotFound)
def finish_reminder(
    request: HttpRequest, reminder_id: int, data: ReminderFinish
) -> ReminderRead:
    """Finish a reminder."""
    return dependencies.reminder_service().finish(actor_of(request), reminder_id, data)
