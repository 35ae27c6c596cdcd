"""Every query of notes."""

from uuid import UUID

from django_layers.repositories import ModelRepository
from django_layers.schemas import Upload

from recipes.models import Note
from recipes.schemas.note import NoteChanges, NoteInsert, NoteQuery, NoteRead


class DjangoNoteRepository(
    ModelRepository[Note, NoteRead, NoteInsert, NoteChanges, NoteQuery]
):
    """Notes in the database."""

    owner = "user"

    def set_photo(
        self, note_id: UUID, upload: Upload, /, *, version: int | None = None
    ) -> NoteRead:
        """Store the photo of a note, or raise `NotFound` or `Stale`."""
        return self._store_file(note_id, "photo", upload, version=version)

    def remove_photo(self, note_id: UUID, /, *, version: int | None = None) -> NoteRead:
        """Remove the photo of a note, or raise `NotFound` or `Stale`."""
        return self._remove_file(note_id, "photo", version=version)
