"""Notes for tests."""

import factory
from django_layers.testing import MemoryDatabase, UserFactory
from factory.base import Factory
from factory.django import DjangoModelFactory

from mealgenie.actors import Actor
from recipes.models import Note
from recipes.schemas.note import NoteCreate, NoteRead
from recipes.tests.actors import SUPERUSER
from recipes.tests.factories.recipe import RecipeFactory, stored_recipe
from recipes.tests.memory import note_service


class NoteFactory(DjangoModelFactory[Note]):
    """Notes in the database."""

    class Meta:
        model = Note

    user = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"title {n}")
    recipe = factory.SubFactory(RecipeFactory)


class NoteCreateFactory(Factory[NoteCreate]):
    """Requests to create a note; what they refer to is the caller's to give."""

    class Meta:
        model = NoteCreate

    title = factory.Sequence(lambda n: f"title {n}")


def requested_note(database: MemoryDatabase) -> NoteCreate:
    """Return a request to create a note, with what it refers to in memory."""
    return NoteCreateFactory.build(
        recipe_id=stored_recipe(database).id,
    )


def stored_note(database: MemoryDatabase, actor: Actor = SUPERUSER) -> NoteRead:
    """Store a note in memory, with all that it refers to."""
    return note_service(database).create(
        actor,
        requested_note(database),
    )
