"""The rules of reminders, on in-memory repositories."""

from uuid import UUID

import pytest
from django_layers.errors import NotAuthenticated, NotFound
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.reminder import ReminderFinish, ReminderQuery, ReminderUpdate
from recipes.services.reminder import ReminderService
from recipes.tests.actors import ALICE, BOB, NOBODY
from recipes.tests.factories.note import stored_note
from recipes.tests.factories.reminder import requested_reminder, stored_reminder
from recipes.tests.memory import memory_database, reminder_service
from recipes.types import ReminderState


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def reminders(database: MemoryDatabase) -> ReminderService:
    return reminder_service(database)


def test_a_created_reminder_can_be_read(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    request = requested_reminder(database, ALICE)

    created = reminders.create(ALICE, request)

    assert reminders.get(BOB, created.id) == created
    assert created.note_id == request.note_id
    assert created.editor_id == request.editor_id
    assert created.due == request.due
    assert created.state == ReminderState.OPEN


def test_a_list_holds_the_stored_reminders(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)

    assert reminders.page(BOB, ReminderQuery()).items == (reminder,)


def test_a_change_keeps_what_it_leaves_out(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)

    assert reminders.update(ALICE, reminder.id, ReminderUpdate()) == reminder


def test_every_field_that_can_be_changed_is(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)
    request = requested_reminder(database, ALICE)

    changed = reminders.update(
        ALICE,
        reminder.id,
        ReminderUpdate(
            note_id=request.note_id,
            editor_id=request.editor_id,
            due=request.due,
            pin=request.pin,
        ),
    )

    assert changed.id == reminder.id
    assert changed.note_id == request.note_id
    assert changed.editor_id == request.editor_id
    assert changed.due == request.due


def test_a_deleted_reminder_is_gone(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)

    reminders.delete(ALICE, reminder.id)

    with pytest.raises(NotFound):
        reminders.get(ALICE, reminder.id)


def test_only_a_reminder_that_is_there_can_be_referred_to(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)

    reminders.require(BOB, reminder.id)
    reminders.delete(ALICE, reminder.id)
    with pytest.raises(NotFound):
        reminders.require(BOB, reminder.id)


def test_a_reminder_cannot_refer_to_a_missing_note(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    request = requested_reminder(database, ALICE).model_copy(
        update={"note_id": UUID(int=999_999_999)}
    )

    with pytest.raises(NotFound):
        reminders.create(ALICE, request)


def test_a_reminder_cannot_be_changed_to_refer_to_a_missing_note(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)

    with pytest.raises(NotFound):
        reminders.update(
            ALICE, reminder.id, ReminderUpdate(note_id=UUID(int=999_999_999))
        )


def test_a_reminder_cannot_refer_to_the_note_of_somebody_else(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    others = stored_note(database, BOB)
    request = requested_reminder(database, ALICE).model_copy(
        update={"note_id": others.id}
    )

    with pytest.raises(NotFound):
        reminders.create(ALICE, request)


def test_a_reminder_cannot_refer_to_a_missing_editor(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    request = requested_reminder(database, ALICE).model_copy(
        update={"editor_id": 999_999_999}
    )

    with pytest.raises(NotFound):
        reminders.create(ALICE, request)


def test_a_reminder_cannot_be_changed_to_refer_to_a_missing_editor(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)

    with pytest.raises(NotFound):
        reminders.update(ALICE, reminder.id, ReminderUpdate(editor_id=999_999_999))


def test_nobody_cannot_read_reminders(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)

    with pytest.raises(NotAuthenticated):
        reminders.get(NOBODY, reminder.id)
    with pytest.raises(NotAuthenticated):
        reminders.require(NOBODY, reminder.id)
    with pytest.raises(NotAuthenticated):
        reminders.page(NOBODY, ReminderQuery())


def test_nobody_cannot_write_reminders(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)
    request = requested_reminder(database, ALICE)

    with pytest.raises(NotAuthenticated):
        reminders.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        reminders.update(NOBODY, reminder.id, ReminderUpdate())
    with pytest.raises(NotAuthenticated):
        reminders.delete(NOBODY, reminder.id)


def finish_request(database: MemoryDatabase, actor: Actor) -> ReminderFinish:
    """Return a request to finish a reminder."""
    return ReminderFinish(
        state=ReminderState.OPEN,
    )


def test_finish_stores_what_it_is_told(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)
    data = finish_request(database, ALICE)

    changed = reminders.finish(ALICE, reminder.id, data)

    assert changed.id == reminder.id
    assert reminders.get(BOB, reminder.id) == changed
    assert changed.state == data.state


def test_finish_of_a_missing_reminder_is_refused(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    with pytest.raises(NotFound):
        reminders.finish(ALICE, 999_999_999, finish_request(database, ALICE))


def test_finish_is_not_for_nobody(
    reminders: ReminderService, database: MemoryDatabase
) -> None:
    reminder = stored_reminder(database)
    data = finish_request(database, ALICE)

    with pytest.raises(NotAuthenticated):
        reminders.finish(NOBODY, reminder.id, data)
