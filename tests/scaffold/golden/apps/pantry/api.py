"""The HTTP endpoints of pantry."""

from django.http import HttpRequest, HttpResponse
from django_layers.api import if_match, in_thread, raises, set_etag, upload_of
from django_layers.errors import Conflict, Forbidden, NotFound, Stale
from django_layers.schemas import Page
from ninja import File, Query, Router, UploadedFile

from apps.pantry import dependencies
from apps.pantry.schemas import (
    ItemCreate,
    ItemMove,
    ItemQuery,
    ItemRead,
    ItemRestock,
    ItemUpdate,
    ItemUseUp,
    ShelfCreate,
    ShelfQuery,
    ShelfRead,
    ShelfUpdate,
)
from mealgenie.actors import actor_of

router = Router()


@router.get("/shelves", response=Page[ShelfRead], tags=["shelves"])
def list_shelves(request: HttpRequest, query: Query[ShelfQuery]) -> Page[ShelfRead]:
    """List shelves, page by page."""
    return dependencies.shelf_service().page(actor_of(request), query)


@router.post("/shelves", response={201: ShelfRead}, tags=["shelves"])
def create_shelf(request: HttpRequest, data: ShelfCreate) -> ShelfRead:
    """Create a shelf."""
    return dependencies.shelf_service().create(actor_of(request), data)


@router.get("/shelves/{shelf_id}", response=ShelfRead, tags=["shelves"])
@raises(NotFound)
def get_shelf(request: HttpRequest, shelf_id: int) -> ShelfRead:
    """Return a shelf."""
    return dependencies.shelf_service().get(actor_of(request), shelf_id)


@router.patch("/shelves/{shelf_id}", response=ShelfRead, tags=["shelves"])
@raises(Forbidden, NotFound)
def update_shelf(request: HttpRequest, shelf_id: int, data: ShelfUpdate) -> ShelfRead:
    """Change a shelf; a field left out keeps its value."""
    return dependencies.shelf_service().update(actor_of(request), shelf_id, data)


@router.delete("/shelves/{shelf_id}", response={204: None}, tags=["shelves"])
@raises(Forbidden, NotFound, Conflict)
def delete_shelf(request: HttpRequest, shelf_id: int) -> None:
    """Delete a shelf."""
    dependencies.shelf_service().delete(actor_of(request), shelf_id)


MAX_ITEM_PHOTO_SIZE = 10 * 1024 * 1024


@router.get("/items", response=Page[ItemRead], tags=["items"])
async def list_items(request: HttpRequest, query: Query[ItemQuery]) -> Page[ItemRead]:
    """List items, page by page."""
    return await in_thread(dependencies.item_service().page, actor_of(request), query)


@router.post("/items", response={201: ItemRead}, tags=["items"])
@raises(Forbidden, NotFound)
async def create_item(
    request: HttpRequest, response: HttpResponse, data: ItemCreate
) -> ItemRead:
    """Create an item."""
    item = await in_thread(dependencies.item_service().create, actor_of(request), data)
    set_etag(response, item.version)
    return item


@router.post("/items/restock", response=tuple[ItemRead, ...], tags=["items"])
@raises(Forbidden)
async def restock_items(
    request: HttpRequest, data: ItemRestock
) -> tuple[ItemRead, ...]:
    """Restock all items."""
    return await in_thread(dependencies.item_service().restock, actor_of(request), data)


@router.post("/items/count", response={204: None}, tags=["items"])
@raises(Forbidden)
async def count_items(request: HttpRequest) -> None:
    """Count all items."""
    await in_thread(dependencies.item_service().count, actor_of(request))


@router.get("/items/{item_id}", response=ItemRead, tags=["items"])
@raises(NotFound)
async def get_item(
    request: HttpRequest, response: HttpResponse, item_id: int
) -> ItemRead:
    """Return an item."""
    item = await in_thread(dependencies.item_service().get, actor_of(request), item_id)
    set_etag(response, item.version)
    return item


@router.patch("/items/{item_id}", response=ItemRead, tags=["items"])
@raises(Forbidden, NotFound, Stale)
async def update_item(
    request: HttpRequest, response: HttpResponse, item_id: int, data: ItemUpdate
) -> ItemRead:
    """Change an item; a field left out keeps its value."""
    item = await in_thread(
        dependencies.item_service().update,
        actor_of(request),
        item_id,
        data,
        expected_version=if_match(request),
    )
    set_etag(response, item.version)
    return item


@router.delete("/items/{item_id}", response={204: None}, tags=["items"])
@raises(Forbidden, NotFound, Conflict, Stale)
async def delete_item(request: HttpRequest, item_id: int) -> None:
    """Delete an item."""
    await in_thread(
        dependencies.item_service().delete,
        actor_of(request),
        item_id,
        expected_version=if_match(request),
    )


@router.post("/items/{item_id}/photo", response=ItemRead, tags=["items"])
@raises(Forbidden, NotFound, Stale)
async def set_item_photo(
    request: HttpRequest,
    response: HttpResponse,
    item_id: int,
    photo: File[UploadedFile],
) -> ItemRead:
    """Store the photo of an item, in place of the one before."""
    upload = await in_thread(
        upload_of, photo, max_size=MAX_ITEM_PHOTO_SIZE, images_only=True
    )
    item = await in_thread(
        dependencies.item_service().set_photo,
        actor_of(request),
        item_id,
        upload,
        expected_version=if_match(request),
    )
    set_etag(response, item.version)
    return item


@router.delete("/items/{item_id}/photo", response=ItemRead, tags=["items"])
@raises(Forbidden, NotFound, Stale)
async def remove_item_photo(
    request: HttpRequest, response: HttpResponse, item_id: int
) -> ItemRead:
    """Remove the photo of an item."""
    item = await in_thread(
        dependencies.item_service().remove_photo,
        actor_of(request),
        item_id,
        expected_version=if_match(request),
    )
    set_etag(response, item.version)
    return item


@router.post("/items/{item_id}/use-up", response=ItemRead, tags=["items"])
@raises(Forbidden, NotFound, Stale)
async def use_item_up(
    request: HttpRequest, response: HttpResponse, item_id: int, data: ItemUseUp
) -> ItemRead:
    """Use an item up."""
    item = await in_thread(
        dependencies.item_service().use_up,
        actor_of(request),
        item_id,
        data,
        expected_version=if_match(request),
    )
    set_etag(response, item.version)
    return item


@router.post("/items/{item_id}/move", response=ItemRead, tags=["items"])
@raises(Forbidden, NotFound, Stale)
async def move_item(
    request: HttpRequest, response: HttpResponse, item_id: int, data: ItemMove
) -> ItemRead:
    """Move an item."""
    item = await in_thread(
        dependencies.item_service().move,
        actor_of(request),
        item_id,
        data,
        expected_version=if_match(request),
    )
    set_etag(response, item.version)
    return item
