"""Every query of reminders."""

from django_layers.repositories import ModelRepository

from mealgenie.actors import UserId
from recipes.models import Reminder
from recipes.schemas.reminder import (
    ReminderChanges,
    ReminderInsert,
    ReminderQuery,
    ReminderRead,
)


class DjangoReminderRepository(
    ModelRepository[
        Reminder, ReminderRead, ReminderInsert, ReminderChanges, ReminderQuery
    ]
):
    """Reminders in the database."""

    def require_editor(self, editor_id: UserId, /) -> None:
        """Raise `NotFound` unless there is such an editor."""
        self._require_related("editor", editor_id)
