"""The HTTP endpoints of categories."""

from django.http import HttpRequest
from django_layers.api import public, raises, upload_of
from django_layers.errors import Conflict, Forbidden, NotFound
from django_layers.schemas import Page
from ninja import File, Query, Router, UploadedFile

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.category import (
    CategoryCreate,
    CategoryQuery,
    CategoryRead,
    CategoryUpdate,
)

router = Router(tags=["categories"])

MAX_MANUAL_SIZE = 10 * 1024 * 1024


@router.get("", response=Page[CategoryRead], auth=public)
def list_categories(
    request: HttpRequest, query: Query[CategoryQuery]
) -> Page[CategoryRead]:
    """List categories, page by page."""
    return dependencies.category_service().page(actor_of(request), query)


@router.post("", response={201: CategoryRead})
@raises(Forbidden, NotFound)
def create_category(request: HttpRequest, data: CategoryCreate) -> CategoryRead:
    """Create a category."""
    return dependencies.category_service().create(actor_of(request), data)


@router.get("/{category_id}", response=CategoryRead, auth=public)
@raises(NotFound)
def get_category(request: HttpRequest, category_id: int) -> CategoryRead:
    """Return a category."""
    return dependencies.category_service().get(actor_of(request), category_id)


@router.patch("/{category_id}", response=CategoryRead)
@raises(Forbidden, NotFound)
def update_category(
    request: HttpRequest, category_id: int, data: CategoryUpdate
) -> CategoryRead:
    """Change a category; a field left out keeps its value."""
    return dependencies.category_service().update(actor_of(request), category_id, data)


@router.delete("/{category_id}", response={204: None})
@raises(Forbidden, NotFound, Conflict)
def delete_category(request: HttpRequest, category_id: int) -> None:
    """Delete a category."""
    dependencies.category_service().delete(actor_of(request), category_id)


@router.post("/{category_id}/manual", response=CategoryRead)
@raises(Forbidden, NotFound)
def set_category_manual(
    request: HttpRequest, category_id: int, manual: File[UploadedFile]
) -> CategoryRead:
    """Store the manual of a category, in place of the one before."""
    upload = upload_of(manual, max_size=MAX_MANUAL_SIZE, images_only=False)
    return dependencies.category_service().set_manual(
        actor_of(request), category_id, upload
    )


@router.delete("/{category_id}/manual", response=CategoryRead)
@raises(Forbidden, NotFound)
def remove_category_manual(request: HttpRequest, category_id: int) -> CategoryRead:
    """Remove the manual of a category."""
    return dependencies.category_service().remove_manual(actor_of(request), category_id)
