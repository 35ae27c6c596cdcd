"""Every query of notes."""

from django_layers.repositories import ModelRepository
from tests.shop.models import Note
from tests.shop.schemas.note import NoteChanges, NoteInsert, NoteQuery, NoteRead


class DjangoNoteRepository(ModelRepository[Note, NoteRead, NoteInsert, NoteChanges, NoteQuery]):
    """Notes in the database."""

    owner = "user"
