"""The rules of notes."""

from uuid import UUID

from django_layers.schemas import Page, Upload
from django_layers.services import UnitOfWork
from pydantic import MISSING

from mealgenie.actors import Actor
from recipes.repositories.note import NoteRepository
from recipes.schemas.note import (
    NoteAttach,
    NoteChanges,
    NoteCreate,
    NoteDetach,
    NoteInsert,
    NoteQuery,
    NoteRead,
    NoteUpdate,
)
from recipes.services.recipe import RecipeService


class NoteService:
    """The rules of notes, and the only way in for callers."""

    def __init__(
        self,
        *,
        notes: NoteRepository,
        recipes: RecipeService,
        unit_of_work: UnitOfWork,
    ) -> None:
        self._notes = notes
        self._recipes = recipes
        self._unit_of_work = unit_of_work

    def get(self, actor: Actor, note_id: UUID) -> NoteRead:
        """Return a note.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note, or the actor may not see it.
        """
        visible_to = actor.rows_visible_with("recipes.view_note")
        return self._notes.get(note_id, visible_to=visible_to)

    def page(self, actor: Actor, query: NoteQuery) -> Page[NoteRead]:
        """Return a page of notes, of those that the actor may see.

        Raises:
            NotAuthenticated: the actor is nobody.
        """
        visible_to = actor.rows_visible_with("recipes.view_note")
        return self._notes.page(query, visible_to=visible_to)

    def require(self, actor: Actor, *note_ids: UUID) -> None:
        """Make sure that the actor may see these notes, before something refers to
        them.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note, or the actor may not see it.
        """
        visible_to = actor.rows_visible_with("recipes.view_note")
        self._notes.require(*note_ids, visible_to=visible_to)

    def create(self, actor: Actor, data: NoteCreate) -> NoteRead:
        """Create a note that the actor owns.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe, or the actor may not see it.
            Conflict: there is a note with this title already.
        """
        user_id = actor.user_id
        with self._unit_of_work():
            if data.recipe_id is not None:
                self._recipes.require(actor, data.recipe_id)
            return self._notes.add(
                NoteInsert(
                    user_id=user_id,
                    title=data.title,
                    recipe_id=data.recipe_id,
                )
            )

    def update(
        self,
        actor: Actor,
        note_id: UUID,
        data: NoteUpdate,
        *,
        expected_version: int | None = None,
    ) -> NoteRead:
        """Change a note; a field left out keeps its value.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note or recipe, or the actor may not see it.
            Forbidden: the note is somebody else's.
            Conflict: there is a note with this title already.
            Stale: the note has another version by now.
        """
        with self._unit_of_work():
            # Others' rows are not found, so nobody learns of them.
            note = self.get(actor, note_id)
            actor.require_owner(note.user_id, or_permission="recipes.change_note")
            if data.recipe_id is not MISSING and data.recipe_id is not None:
                self._recipes.require(actor, data.recipe_id)
            return self._notes.update(
                note_id,
                NoteChanges(
                    title=data.title,
                    recipe_id=data.recipe_id,
                ),
                version=expected_version,
            )

    def delete(
        self, actor: Actor, note_id: UUID, *, expected_version: int | None = None
    ) -> None:
        """Delete a note.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note, or the actor may not see it.
            Forbidden: the note is somebody else's.
            Conflict: something still refers to the note.
            Stale: the note has another version by now.
        """
        with self._unit_of_work():
            # Others' rows are not found, so nobody learns of them.
            note = self.get(actor, note_id)
            actor.require_owner(note.user_id, or_permission="recipes.delete_note")
            self._notes.delete(note_id, version=expected_version)

    def set_photo(
        self,
        actor: Actor,
        note_id: UUID,
        upload: Upload,
        *,
        expected_version: int | None = None,
    ) -> NoteRead:
        """Store the photo of a note, in place of the one before.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note, or the actor may not see it.
            Forbidden: the note is somebody else's.
            Stale: the note has another version by now.
        """
        with self._unit_of_work():
            # Others' rows are not found, so nobody learns of them.
            note = self.get(actor, note_id)
            actor.require_owner(note.user_id, or_permission="recipes.change_note")
            return self._notes.set_photo(note_id, upload, version=expected_version)

    def remove_photo(
        self, actor: Actor, note_id: UUID, *, expected_version: int | None = None
    ) -> NoteRead:
        """Remove the photo of a note.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note, or the actor may not see it.
            Forbidden: the note is somebody else's.
            Stale: the note has another version by now.
        """
        with self._unit_of_work():
            # Others' rows are not found, so nobody learns of them.
            note = self.get(actor, note_id)
            actor.require_owner(note.user_id, or_permission="recipes.change_note")
            return self._notes.remove_photo(note_id, version=expected_version)

    def file_away(
        self, actor: Actor, note_id: UUID, *, expected_version: int | None = None
    ) -> NoteRead:
        """File a note away.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note, or the actor may not see it.
            Forbidden: the note is somebody else's.
            Conflict: there is a note with this title already.
            Stale: the note has another version by now.
        """
        visible_to = actor.rows_visible_with("recipes.view_note")
        with self._unit_of_work():
            note = self._notes.lock(note_id, visible_to=visible_to)
            actor.require_owner(note.user_id, or_permission="recipes.change_note")
            return self._notes.update(
                note_id,
                self._file_away_changes(note),
                version=expected_version,
            )

    def _file_away_changes(self, note: NoteRead) -> NoteChanges:
        """Return what `file_away` changes of a note, or refuse it with `RuleViolated`:
        its rule.
        """
        return NoteChanges()

    def attach(
        self,
        actor: Actor,
        note_id: UUID,
        data: NoteAttach,
        *,
        expected_version: int | None = None,
    ) -> None:
        """Attach a note.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such note or recipe, or the actor may not see it.
            Forbidden: the note is somebody else's.
            Conflict: there is a note with this title already.
            Stale: the note has another version by now.
        """
        with self._unit_of_work():
            # Others' rows are not found, so nobody learns of them.
            note = self.get(actor, note_id)
            actor.require_owner(note.user_id, or_permission="recipes.change_note")
            if data.recipe_id is not None:
                self._recipes.require(actor, data.recipe_id)
            self._notes.update(
                note_id,
                NoteChanges(
                    recipe_id=data.recipe_id,
                    title=data.title,
                ),
                version=expected_version,
            )

    def detach(self, actor: Actor, data: NoteDetach) -> None:
        """Detach all notes of the actor: each of them, or none.

        Raises:
            NotAuthenticated: the actor is nobody.
            NotFound: there is no such recipe, or the actor may not see it.
        """
        owner_id = actor.user_id
        query = NoteQuery()
        with self._unit_of_work():
            if data.recipe_id is not None:
                self._recipes.require(actor, data.recipe_id)
            for note in tuple(self._notes.stream(query, visible_to=owner_id)):
                self._notes.update(
                    note.id,
                    NoteChanges(
                        recipe_id=data.recipe_id,
                    ),
                )
