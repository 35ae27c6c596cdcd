"""What services may ask of stored reminders."""

from typing import Protocol

from django_layers.schemas import Page

from mealgenie.actors import UserId
from recipes.schemas.reminder import (
    ReminderChanges,
    ReminderInsert,
    ReminderQuery,
    ReminderRead,
)


class ReminderRepository(Protocol):
    """Stored reminders."""

    def get(self, reminder_id: int, /) -> ReminderRead:
        """Return a reminder, or raise `NotFound`."""
        ...

    def page(self, query: ReminderQuery, /) -> Page[ReminderRead]:
        """Return the page of reminders that the query asks for."""
        ...

    def require(self, *reminder_ids: int) -> None:
        """Raise `NotFound` unless there are such reminders."""
        ...

    def add(self, reminder: ReminderInsert, /) -> ReminderRead:
        """Store a reminder, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(self, reminder_id: int, changes: ReminderChanges, /) -> ReminderRead:
        """Change a reminder, or raise `NotFound`, `Conflict` or `RuleViolated`."""
        ...

    def delete(self, reminder_id: int, /) -> None:
        """Delete a reminder, or raise `NotFound`, or `Conflict` while something refers
        to it.
        """
        ...

    def require_editor(self, editor_id: UserId, /) -> None:
        """Raise `NotFound` unless there is such an editor."""
        ...
