"""What services may ask of stored notes."""

from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

from django_layers.schemas import Page, Upload

from mealgenie.actors import UserId
from recipes.schemas.note import NoteChanges, NoteInsert, NoteQuery, NoteRead


class NoteRepository(Protocol):
    """Stored notes."""

    def get(self, note_id: UUID, /, *, visible_to: UserId | None = None) -> NoteRead:
        """Return a note, or raise `NotFound`.

        Args:
            note_id: its key.
            visible_to: whose notes there are; None for everybody's.
        """
        ...

    def page(
        self, query: NoteQuery, /, *, visible_to: UserId | None = None
    ) -> Page[NoteRead]:
        """Return the page of notes that the query asks for.

        Args:
            query: filters, order and page.
            visible_to: whose notes there are; None for everybody's.
        """
        ...

    def require(self, *note_ids: UUID, visible_to: UserId | None = None) -> None:
        """Raise `NotFound` unless there are such notes.

        Args:
            note_ids: their keys.
            visible_to: whose notes there are; None for everybody's.
        """
        ...

    def add(self, note: NoteInsert, /) -> NoteRead:
        """Store a note, or raise `Conflict` or `RuleViolated`."""
        ...

    def update(
        self, note_id: UUID, changes: NoteChanges, /, *, version: int | None = None
    ) -> NoteRead:
        """Change a note, or raise `NotFound`, `Conflict` or `RuleViolated`, or `Stale`
        where the version is another one.
        """
        ...

    def delete(self, note_id: UUID, /, *, version: int | None = None) -> None:
        """Delete a note, or raise `NotFound`, or `Conflict` while something refers to
        it, or `Stale` where the version is another one.
        """
        ...

    def stream(
        self, query: NoteQuery, /, *, visible_to: UserId | None = None
    ) -> Iterator[NoteRead]:
        """Return all notes that the query asks for, whatever page it names."""
        ...

    def lock(self, note_id: UUID, /, *, visible_to: UserId | None = None) -> NoteRead:
        """Return a note and keep others from changing it until the unit of work ends,
        or raise `NotFound`.
        """
        ...

    def set_photo(
        self, note_id: UUID, upload: Upload, /, *, version: int | None = None
    ) -> NoteRead:
        """Store the photo of a note, or raise `NotFound` or `Stale`."""
        ...

    def remove_photo(self, note_id: UUID, /, *, version: int | None = None) -> NoteRead:
        """Remove the photo of a note, or raise `NotFound` or `Stale`."""
        ...
