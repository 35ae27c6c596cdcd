"""Reminders for tests."""

import datetime as dt

import factory
from django_layers.testing import MemoryDatabase, UserFactory
from factory.base import Factory
from factory.django import DjangoModelFactory

from mealgenie.actors import Actor
from recipes.models import Reminder
from recipes.schemas.reminder import ReminderCreate, ReminderRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.factories.note import NoteFactory, stored_note
from recipes.tests.memory import reminder_service
from recipes.types import ReminderState


class ReminderFactory(DjangoModelFactory[Reminder]):
    """Reminders in the database."""

    class Meta:
        model = Reminder

    note = factory.SubFactory(NoteFactory)
    editor = factory.SubFactory(UserFactory)
    due = factory.Sequence(
        lambda n: (
            dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=n % 10_000)
        )
    )
    pin = factory.Sequence(lambda n: str(n))
    state = factory.Iterator(ReminderState)


class ReminderCreateFactory(Factory[ReminderCreate]):
    """Requests to create a reminder; what they refer to is the caller's to give."""

    class Meta:
        model = ReminderCreate

    due = factory.Sequence(
        lambda n: (
            dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=n % 10_000)
        )
    )
    pin = factory.Sequence(lambda n: str(n))


def requested_reminder(
    database: MemoryDatabase, actor: Actor = SUPERUSER
) -> ReminderCreate:
    """Return a request to create a reminder, with what it refers to in memory."""
    return ReminderCreateFactory.build(
        note_id=stored_note(database, actor).id,
        editor_id=SUPERUSER.user_id,
    )


def stored_reminder(database: MemoryDatabase) -> ReminderRead:
    """Store a reminder in memory, with all that it refers to."""
    return reminder_service(database).create(
        SUPERUSER,
        requested_reminder(database),
    )
