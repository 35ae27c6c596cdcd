"""The HTTP endpoints of notes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django_layers.api import if_match, raises, set_etag, upload_of
from django_layers.errors import Conflict, Forbidden, NotFound, Stale
from django_layers.schemas import Page
from ninja import File, Query, Router, UploadedFile

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.note import (
    NoteAttach,
    NoteCreate,
    NoteDetach,
    NoteQuery,
    NoteRead,
    NoteUpdate,
)

router = Router(tags=["notes"])

MAX_PHOTO_SIZE = 10 * 1024 * 1024


@router.get("", response=Page[NoteRead])
def list_notes(request: HttpRequest, query: Query[NoteQuery]) -> Page[NoteRead]:
    """List notes, page by page."""
    return dependencies.note_service().page(actor_of(request), query)


@router.post("", response={201: NoteRead})
@raises(NotFound, Conflict)
def create_note(
    request: HttpRequest, response: HttpResponse, data: NoteCreate
) -> NoteRead:
    """Create a note."""
    note = dependencies.note_service().create(actor_of(request), data)
    set_etag(response, note.version)
    return note


@router.post("/detach", response={204: None})
@raises(NotFound)
def detach_notes(request: HttpRequest, data: NoteDetach) -> None:
    """Detach all notes of the actor."""
    dependencies.note_service().detach(actor_of(request), data)


@router.get("/{note_id}", response=NoteRead)
@raises(NotFound)
def get_note(request: HttpRequest, response: HttpResponse, note_id: UUID) -> NoteRead:
    """Return a note."""
    note = dependencies.note_service().get(actor_of(request), note_id)
    set_etag(response, note.version)
    return note


@router.patch("/{note_id}", response=NoteRead)
@raises(Forbidden, NotFound, Conflict, Stale)
def update_note(
    request: HttpRequest, response: HttpResponse, note_id: UUID, data: NoteUpdate
) -> NoteRead:
    """Change a note; a field left out keeps its value."""
    note = dependencies.note_service().update(
        actor_of(request), note_id, data, expected_version=if_match(request)
    )
    set_etag(response, note.version)
    return note


@router.delete("/{note_id}", response={204: None})
@raises(Forbidden, NotFound, Conflict, Stale)
def delete_note(request: HttpRequest, note_id: UUID) -> None:
    """Delete a note."""
    dependencies.note_service().delete(
        actor_of(request), note_id, expected_version=if_match(request)
    )


@router.post("/{note_id}/photo", response=NoteRead)
@raises(Forbidden, NotFound, Stale)
def set_note_photo(
    request: HttpRequest,
    response: HttpResponse,
    note_id: UUID,
    photo: File[UploadedFile],
) -> NoteRead:
    """Store the photo of a note, in place of the one before."""
    upload = upload_of(photo, max_size=MAX_PHOTO_SIZE, images_only=True)
    note = dependencies.note_service().set_photo(
        actor_of(request), note_id, upload, expected_version=if_match(request)
    )
    set_etag(response, note.version)
    return note


@router.delete("/{note_id}/photo", response=NoteRead)
@raises(Forbidden, NotFound, Stale)
def remove_note_photo(
    request: HttpRequest, response: HttpResponse, note_id: UUID
) -> NoteRead:
    """Remove the photo of a note."""
    note = dependencies.note_service().remove_photo(
        actor_of(request), note_id, expected_version=if_match(request)
    )
    set_etag(response, note.version)
    return note


@router.post("/{note_id}/file-away", response=NoteRead)
@raises(Forbidden, NotFound, Conflict, Stale)
def file_note_away(
    request: HttpRequest, response: HttpResponse, note_id: UUID
) -> NoteRead:
    """File a note away."""
    note = dependencies.note_service().file_away(
        actor_of(request), note_id, expected_version=if_match(request)
    )
    set_etag(response, note.version)
    return note


@router.post("/{note_id}/attach", response={204: None})
@raises(Forbidden, NotFound, Conflict, Stale)
def attach_note(request: HttpRequest, note_id: UUID, data: NoteAttach) -> None:
    """Attach a note."""
    dependencies.note_service().attach(
        actor_of(request), note_id, data, expected_version=if_match(request)
    )
