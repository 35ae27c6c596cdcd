"""The rules of notes, on in-memory repositories."""

from io import BytesIO
from uuid import UUID

import pytest
from django_layers.errors import Forbidden, NotAuthenticated, NotFound, Stale
from django_layers.schemas import Upload
from django_layers.testing import MemoryDatabase

from mealgenie.actors import Actor
from recipes.schemas.note import (
    NoteAttach,
    NoteCreate,
    NoteDetach,
    NoteQuery,
    NoteUpdate,
)
from recipes.services.note import NoteService
from recipes.tests.actors import ALICE, BOB, NOBODY, SUPERUSER
from recipes.tests.factories.note import requested_note, stored_note
from recipes.tests.memory import memory_database, note_service


@pytest.fixture
def database() -> MemoryDatabase:
    return memory_database()


@pytest.fixture
def notes(database: MemoryDatabase) -> NoteService:
    return note_service(database)


def test_a_created_note_can_be_read(
    notes: NoteService, database: MemoryDatabase
) -> None:
    request = requested_note(database)

    created = notes.create(ALICE, request)

    assert notes.get(ALICE, created.id) == created
    assert created.title == request.title
    assert created.recipe_id == request.recipe_id
    assert created.user_id == ALICE.user_id


def test_what_a_new_note_leaves_out_has_its_default(
    notes: NoteService, database: MemoryDatabase
) -> None:
    request = requested_note(database)

    created = notes.create(
        ALICE,
        NoteCreate(
            title=request.title,
        ),
    )

    assert created.recipe_id is None


def test_a_list_holds_the_stored_notes(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)

    assert notes.page(ALICE, NoteQuery()).items == (note,)


def test_a_change_keeps_what_it_leaves_out(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)

    assert notes.update(ALICE, note.id, NoteUpdate()) == note


def test_every_field_that_can_be_changed_is(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    request = requested_note(database)

    changed = notes.update(
        ALICE,
        note.id,
        NoteUpdate(
            title=request.title,
            recipe_id=request.recipe_id,
        ),
    )

    assert changed.id == note.id
    assert changed.title == request.title
    assert changed.recipe_id == request.recipe_id


def test_a_deleted_note_is_gone(notes: NoteService, database: MemoryDatabase) -> None:
    note = stored_note(database, ALICE)

    notes.delete(ALICE, note.id)

    with pytest.raises(NotFound):
        notes.get(ALICE, note.id)


def test_only_a_note_that_is_there_can_be_referred_to(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)

    notes.require(ALICE, note.id)
    notes.delete(ALICE, note.id)
    with pytest.raises(NotFound):
        notes.require(ALICE, note.id)


def test_a_change_of_an_old_version_is_refused(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    old = note.version - 1

    with pytest.raises(Stale):
        notes.update(ALICE, note.id, NoteUpdate(), expected_version=old)


def test_an_old_version_cannot_be_deleted(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    old = note.version - 1

    with pytest.raises(Stale):
        notes.delete(ALICE, note.id, expected_version=old)


def test_a_note_cannot_refer_to_a_missing_recipe(
    notes: NoteService, database: MemoryDatabase
) -> None:
    request = requested_note(database).model_copy(update={"recipe_id": 999_999_999})

    with pytest.raises(NotFound):
        notes.create(ALICE, request)


def test_a_note_cannot_be_changed_to_refer_to_a_missing_recipe(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)

    with pytest.raises(NotFound):
        notes.update(ALICE, note.id, NoteUpdate(recipe_id=999_999_999))


def test_others_do_not_see_a_note(notes: NoteService, database: MemoryDatabase) -> None:
    note = stored_note(database, ALICE)

    assert notes.page(BOB, NoteQuery()).items == ()
    with pytest.raises(NotFound):
        notes.get(BOB, note.id)
    with pytest.raises(NotFound):
        notes.require(BOB, note.id)
    with pytest.raises(NotFound):
        notes.update(BOB, note.id, NoteUpdate())
    with pytest.raises(NotFound):
        notes.delete(BOB, note.id)


def test_the_superuser_sees_all_notes(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)

    notes.require(SUPERUSER, note.id)
    assert notes.get(SUPERUSER, note.id) == note
    assert notes.page(SUPERUSER, NoteQuery()).items == (note,)


def test_each_permission_opens_the_notes_of_others(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    viewer = Actor.user(BOB.user_id, permissions=["recipes.view_note"])
    changer = Actor.user(
        BOB.user_id, permissions=["recipes.view_note", "recipes.change_note"]
    )
    deleter = Actor.user(
        BOB.user_id, permissions=["recipes.view_note", "recipes.delete_note"]
    )

    notes.require(viewer, note.id)
    assert notes.get(viewer, note.id) == note
    assert notes.page(viewer, NoteQuery()).items == (note,)
    assert notes.update(changer, note.id, NoteUpdate()) == note
    notes.delete(deleter, note.id)
    assert notes.page(viewer, NoteQuery()).items == ()


def test_who_sees_the_notes_of_others_cannot_change_them(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    viewer = Actor.user(BOB.user_id, permissions=["recipes.view_note"])

    with pytest.raises(Forbidden):
        notes.update(viewer, note.id, NoteUpdate())
    with pytest.raises(Forbidden):
        notes.delete(viewer, note.id)


def test_who_does_not_see_the_notes_of_others_cannot_change_them(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    blind = Actor.user(
        BOB.user_id, permissions=["recipes.change_note", "recipes.delete_note"]
    )

    with pytest.raises(NotFound):
        notes.update(blind, note.id, NoteUpdate())
    with pytest.raises(NotFound):
        notes.delete(blind, note.id)


def test_nobody_cannot_read_notes(notes: NoteService, database: MemoryDatabase) -> None:
    note = stored_note(database, ALICE)

    with pytest.raises(NotAuthenticated):
        notes.get(NOBODY, note.id)
    with pytest.raises(NotAuthenticated):
        notes.require(NOBODY, note.id)
    with pytest.raises(NotAuthenticated):
        notes.page(NOBODY, NoteQuery())


def test_nobody_cannot_write_notes(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    request = requested_note(database)

    with pytest.raises(NotAuthenticated):
        notes.create(NOBODY, request)
    with pytest.raises(NotAuthenticated):
        notes.update(NOBODY, note.id, NoteUpdate())
    with pytest.raises(NotAuthenticated):
        notes.delete(NOBODY, note.id)


def test_the_photo_of_a_note_can_be_set_and_removed(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    assert notes.set_photo(ALICE, note.id, upload).photo is not None
    assert notes.remove_photo(ALICE, note.id).photo is None


def test_only_who_may_change_a_note_sets_its_photo(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )

    with pytest.raises(NotFound):
        notes.set_photo(BOB, note.id, upload)
    with pytest.raises(NotFound):
        notes.remove_photo(BOB, note.id)
    viewer = Actor.user(BOB.user_id, permissions=["recipes.view_note"])
    with pytest.raises(Forbidden):
        notes.set_photo(viewer, note.id, upload)
    with pytest.raises(Forbidden):
        notes.remove_photo(viewer, note.id)


def test_a_holder_of_the_permission_sets_the_photo_of_a_note(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    upload = Upload(
        name="a.gif", content_type="image/gif", content=BytesIO(b"GIF89a"), size=6
    )
    changer = Actor.user(
        BOB.user_id, permissions=["recipes.view_note", "recipes.change_note"]
    )

    assert notes.set_photo(changer, note.id, upload).photo is not None
    assert notes.remove_photo(changer, note.id).photo is None


def test_file_away_answers_with_what_is_stored(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)

    changed = notes.file_away(ALICE, note.id)

    assert changed.id == note.id
    assert notes.get(ALICE, note.id) == changed


def test_file_away_of_a_missing_note_is_refused(
    notes: NoteService, database: MemoryDatabase
) -> None:
    with pytest.raises(NotFound):
        notes.file_away(ALICE, UUID(int=999_999_999))


def test_file_away_of_an_old_version_is_refused(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    old = note.version - 1

    with pytest.raises(Stale):
        notes.file_away(ALICE, note.id, expected_version=old)


def test_file_away_is_for_who_may_change_a_note(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    changer = Actor.user(
        BOB.user_id, permissions=["recipes.view_note", "recipes.change_note"]
    )

    with pytest.raises(NotFound):
        notes.file_away(BOB, note.id)
    viewer = Actor.user(BOB.user_id, permissions=["recipes.view_note"])
    with pytest.raises(Forbidden):
        notes.file_away(viewer, note.id)
    notes.file_away(changer, note.id)


def test_file_away_is_not_for_nobody(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)

    with pytest.raises(NotAuthenticated):
        notes.file_away(NOBODY, note.id)


def attach_request(database: MemoryDatabase) -> NoteAttach:
    """Return a request to attach a note."""
    request = requested_note(database)
    return NoteAttach(
        recipe_id=request.recipe_id,
        title=request.title,
    )


def test_attach_stores_what_it_is_told(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    data = attach_request(database)

    notes.attach(ALICE, note.id, data)

    changed = notes.get(ALICE, note.id)
    assert changed.recipe_id == data.recipe_id
    assert changed.title == data.title


def test_attach_of_a_missing_note_is_refused(
    notes: NoteService, database: MemoryDatabase
) -> None:
    with pytest.raises(NotFound):
        notes.attach(ALICE, UUID(int=999_999_999), attach_request(database))


def test_attach_refuses_a_missing_recipe(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    data = attach_request(database).model_copy(update={"recipe_id": 999_999_999})

    with pytest.raises(NotFound):
        notes.attach(ALICE, note.id, data)


def test_attach_of_an_old_version_is_refused(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    old = note.version - 1

    with pytest.raises(Stale):
        notes.attach(ALICE, note.id, attach_request(database), expected_version=old)


def test_attach_is_for_who_may_change_a_note(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    changer = Actor.user(
        BOB.user_id, permissions=["recipes.view_note", "recipes.change_note"]
    )

    with pytest.raises(NotFound):
        notes.attach(BOB, note.id, attach_request(database))
    viewer = Actor.user(BOB.user_id, permissions=["recipes.view_note"])
    with pytest.raises(Forbidden):
        notes.attach(viewer, note.id, attach_request(database))
    notes.attach(changer, note.id, attach_request(database))


def test_attach_is_not_for_nobody(notes: NoteService, database: MemoryDatabase) -> None:
    note = stored_note(database, ALICE)
    data = attach_request(database)

    with pytest.raises(NotAuthenticated):
        notes.attach(NOBODY, note.id, data)


def detach_request(database: MemoryDatabase) -> NoteDetach:
    """Return a request to detach all notes of the actor."""
    request = requested_note(database)
    return NoteDetach(
        recipe_id=request.recipe_id,
    )


def test_detach_stores_what_it_is_told(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)
    data = detach_request(database)

    notes.detach(ALICE, data)

    changed = notes.get(ALICE, note.id)
    assert changed.recipe_id == data.recipe_id


def test_detach_refuses_a_missing_recipe(
    notes: NoteService, database: MemoryDatabase
) -> None:
    data = detach_request(database).model_copy(update={"recipe_id": 999_999_999})

    with pytest.raises(NotFound):
        notes.detach(ALICE, data)


def test_detach_leaves_the_notes_of_others_alone(
    notes: NoteService, database: MemoryDatabase
) -> None:
    note = stored_note(database, ALICE)

    notes.detach(BOB, detach_request(database))

    assert notes.get(ALICE, note.id) == note


def test_detach_is_not_for_nobody(notes: NoteService, database: MemoryDatabase) -> None:
    data = detach_request(database)

    with pytest.raises(NotAuthenticated):
        notes.detach(NOBODY, data)
