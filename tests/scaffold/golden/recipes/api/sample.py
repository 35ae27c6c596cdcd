"""The HTTP endpoints of samples."""

from django.http import HttpRequest
from django_layers.api import raises, upload_of
from django_layers.errors import Conflict, Forbidden, NotFound
from django_layers.schemas import Page
from ninja import File, Query, Router, UploadedFile

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.sample import SampleCreate, SampleQuery, SampleRead, SampleUpdate

router = Router(tags=["samples"])

MAX_MANUAL_SIZE = 10 * 1024 * 1024

MAX_PICTURE_SIZE = 10 * 1024 * 1024


@router.get("", response=Page[SampleRead])
def list_samples(request: HttpRequest, query: Query[SampleQuery]) -> Page[SampleRead]:
    """List samples, page by page."""
    return dependencies.sample_service().page(actor_of(request), query)


@router.post("", response={201: SampleRead})
@raises(Forbidden, Conflict)
def create_sample(request: HttpRequest, data: SampleCreate) -> SampleRead:
    """Create a sample."""
    return dependencies.sample_service().create(actor_of(request), data)


@router.get("/{sample_id}", response=SampleRead)
@raises(NotFound)
def get_sample(request: HttpRequest, sample_id: int) -> SampleRead:
    """Return a sample."""
    return dependencies.sample_service().get(actor_of(request), sample_id)


@router.patch("/{sample_id}", response=SampleRead)
@raises(Forbidden, NotFound, Conflict)
def update_sample(
    request: HttpRequest, sample_id: int, data: SampleUpdate
) -> SampleRead:
    """Change a sample; a field left out keeps its value."""
    return dependencies.sample_service().update(actor_of(request), sample_id, data)


@router.delete("/{sample_id}", response={204: None})
@raises(Forbidden, NotFound, Conflict)
def delete_sample(request: HttpRequest, sample_id: int) -> None:
    """Delete a sample."""
    dependencies.sample_service().delete(actor_of(request), sample_id)


@router.post("/{sample_id}/manual", response=SampleRead)
@raises(Forbidden, NotFound)
def set_sample_manual(
    request: HttpRequest, sample_id: int, manual: File[UploadedFile]
) -> SampleRead:
    """Store the manual of a sample, in place of the one before."""
    upload = upload_of(manual, max_size=MAX_MANUAL_SIZE, images_only=False)
    return dependencies.sample_service().set_manual(
        actor_of(request), sample_id, upload
    )


@router.delete("/{sample_id}/manual", response=SampleRead)
@raises(Forbidden, NotFound)
def remove_sample_manual(request: HttpRequest, sample_id: int) -> SampleRead:
    """Remove the manual of a sample."""
    return dependencies.sample_service().remove_manual(actor_of(request), sample_id)


@router.post("/{sample_id}/picture", response=SampleRead)
@raises(Forbidden, NotFound)
def set_sample_picture(
    request: HttpRequest, sample_id: int, picture: File[UploadedFile]
) -> SampleRead:
    """Store the picture of a sample, in place of the one before."""
    upload = upload_of(picture, max_size=MAX_PICTURE_SIZE, images_only=True)
    return dependencies.sample_service().set_picture(
        actor_of(request), sample_id, upload
    )


@router.delete("/{sample_id}/picture", response=SampleRead)
@raises(Forbidden, NotFound)
def remove_sample_picture(request: HttpRequest, sample_id: int) -> SampleRead:
    """Remove the picture of a sample."""
    return dependencies.sample_service().remove_picture(actor_of(request), sample_id)
