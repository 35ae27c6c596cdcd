"""The HTTP endpoints of tags."""

from django.http import HttpRequest
from django_layers.api import in_thread, public, raises
from django_layers.errors import Conflict, NotFound
from django_layers.schemas import Page
from ninja import Query, Router

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.tag import TagCorrect, TagCreate, TagQuery, TagRead, TagUpdate

router = Router(tags=["tags"])


@router.get("", response=Page[TagRead], auth=public)
async def list_tags(request: HttpRequest, query: Query[TagQuery]) -> Page[TagRead]:
    """List tags, page by page."""
    return await in_thread(dependencies.tag_service().page, actor_of(request), query)


@router.post("", response={201: TagRead}, auth=public)
@raises(Conflict)
async def create_tag(request: HttpRequest, data: TagCreate) -> TagRead:
    """Create a tag."""
    return await in_thread(dependencies.tag_service().create, actor_of(request), data)


@router.post("/tidy", response=tuple[TagRead, ...], auth=public)
@raises(Conflict)
async def tidy_tags(request: HttpRequest) -> tuple[TagRead, ...]:
    """Tidy all tags."""
    return await in_thread(dependencies.tag_service().tidy, actor_of(request))


@router.get("/{tag_id}", response=TagRead, auth=public)
@raises(NotFound)
async def get_tag(request: HttpRequest, tag_id: int) -> TagRead:
    """Return a tag."""
    return await in_thread(dependencies.tag_service().get, actor_of(request), tag_id)


@router.patch("/{tag_id}", response=TagRead, auth=public)
@raises(NotFound, Conflict)
async def update_tag(request: HttpRequest, tag_id: int, data: TagUpdate) -> TagRead:
    """Change a tag; a field left out keeps its value."""
    return await in_thread(
        dependencies.tag_service().update, actor_of(request), tag_id, data
    )


@router.delete("/{tag_id}", response={204: None}, auth=public)
@raises(NotFound, Conflict)
async def delete_tag(request: HttpRequest, tag_id: int) -> None:
    """Delete a tag."""
    await in_thread(dependencies.tag_service().delete, actor_of(request), tag_id)


@router.post("/{tag_id}/correct", response=TagRead, auth=public)
@raises(NotFound, Conflict)
async def correct_tag(request: HttpRequest, tag_id: int, data: TagCorrect) -> TagRead:
    """Correct a tag."""
    return await in_thread(
        dependencies.tag_service().correct, actor_of(request), tag_id, data
    )
