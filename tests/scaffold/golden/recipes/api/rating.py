"""The HTTP endpoints of ratings."""

from django.http import HttpRequest
from django_layers.api import raises
from django_layers.errors import Conflict, Forbidden, NotFound
from django_layers.schemas import Page
from ninja import Query, Router

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.rating import (
    RatingCreate,
    RatingLevel,
    RatingQuery,
    RatingRead,
    RatingUpdate,
)

router = Router(tags=["ratings"])


@router.get("", response=Page[RatingRead])
def list_ratings(request: HttpRequest, query: Query[RatingQuery]) -> Page[RatingRead]:
    """List ratings, page by page."""
    return dependencies.rating_service().page(actor_of(request), query)


@router.post("", response={201: RatingRead})
@raises(NotFound, Conflict)
def create_rating(request: HttpRequest, data: RatingCreate) -> RatingRead:
    """Create a rating."""
    return dependencies.rating_service().create(actor_of(request), data)


@router.post("/level", response=tuple[RatingRead, ...])
def level_ratings(request: HttpRequest, data: RatingLevel) -> tuple[RatingRead, ...]:
    """Level all ratings of the actor."""
    return dependencies.rating_service().level(actor_of(request), data)


@router.get("/{rating_id}", response=RatingRead)
@raises(NotFound)
def get_rating(request: HttpRequest, rating_id: int) -> RatingRead:
    """Return a rating."""
    return dependencies.rating_service().get(actor_of(request), rating_id)


@router.patch("/{rating_id}", response=RatingRead)
@raises(Forbidden, NotFound)
def update_rating(
    request: HttpRequest, rating_id: int, data: RatingUpdate
) -> RatingRead:
    """Change a rating; a field left out keeps its value."""
    return dependencies.rating_service().update(actor_of(request), rating_id, data)


@router.delete("/{rating_id}", response={204: None})
@raises(Forbidden, NotFound, Conflict)
def delete_rating(request: HttpRequest, rating_id: int) -> None:
    """Delete a rating."""
    dependencies.rating_service().delete(actor_of(request), rating_id)


@router.post("/{rating_id}/praise", response=RatingRead)
@raises(Forbidden, NotFound)
def praise_rating(request: HttpRequest, rating_id: int) -> RatingRead:
    """Praise a rating."""
    return dependencies.rating_service().praise(actor_of(request), rating_id)
