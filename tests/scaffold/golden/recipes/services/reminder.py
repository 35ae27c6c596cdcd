"""The rules of reminders."""

from django_layers.schemas import Page
from django_layers.services import UnitOfWork
from pydantic import MISSING

from mealgenie.actors import Actor
from recipes.repositories.reminder import ReminderRepository
from recipes.schemas.reminder import (
    ReminderChanges,
    ReminderCreate,
    ReminderFinish,
    ReminderInsert,
    ReminderQuery,
    ReminderRead,
    ReminderUpdate,
)
from recipes.services.note import NoteService
from recipes.types import ReminderState


class ReminderService:
    """The rules of reminders, and the only way in for callers."""

    def __init__(
        self,
        *,
        reminders: ReminderRepository,
        notes: NoteService,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._reminders = reminders
        self._notes = notes
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, reminder_id: int) -> ReminderRead:
        """Return a reminder.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such reminder.
        """
        actor.require_user()
        return self._reminders.get(reminder_id)

    def page(self, actor: Actor, query: ReminderQuery) -> Page[ReminderRead]:
        """Return a page of reminders.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        actor.require_user()
        return self._reminders.page(query)

    def require(self, actor: Actor, *reminder_ids: int) -> None:
        """Make sure that there are these reminders, before something refers to them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such reminder.
        """
        actor.require_user()
        self._reminders.require(*reminder_ids)

    def create(self, actor: Actor, data: ReminderCreate) -> ReminderRead:
        """Create a reminder.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note or editor, or the actor may not see it.
            Conflict: there is a reminder with this note already.
        """
        actor.require_user()
        with self._unit_of_work():
            self._notes.require(actor, data.note_id)
            self._reminders.require_editor(data.editor_id)
            return self._reminders.add(
                ReminderInsert(
                    note_id=data.note_id,
                    editor_id=data.editor_id,
                    due=data.due,
                    pin=data.pin,
                    state=ReminderState.OPEN,
                )
            )

    def update(
        self, actor: Actor, reminder_id: int, data: ReminderUpdate
    ) -> ReminderRead:
        """Change a reminder; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such reminder, note or editor, or the actor may not
                see it.
            Conflict: there is a reminder with this note already.
        """
        actor.require_user()
        with self._unit_of_work():
            if data.note_id is not MISSING:
                self._notes.require(actor, data.note_id)
            if data.editor_id is not MISSING:
                self._reminders.require_editor(data.editor_id)
            return self._reminders.update(
                reminder_id,
                ReminderChanges(
                    note_id=data.note_id,
                    editor_id=data.editor_id,
                    due=data.due,
                    pin=data.pin,
                ),
            )

    def delete(self, actor: Actor, reminder_id: int) -> None:
        """Delete a reminder.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such reminder.
            Conflict: something still refers to the reminder.
        """
        actor.require_user()
        with self._unit_of_work():
            self._reminders.delete(reminder_id)

    def finish(
        self, actor: Actor, reminder_id: int, data: ReminderFinish
    ) -> ReminderRead:
        """Finish a reminder.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such reminder.
        """
        actor.require_user()
        with self._unit_of_work():
            return self._reminders.update(
                reminder_id,
                ReminderChanges(
                    state=data.state,
                ),
            )
