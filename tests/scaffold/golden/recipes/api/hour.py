"""The HTTP endpoints of hours."""

from django.http import HttpRequest
from django_layers.api import raises
from django_layers.errors import Conflict, Forbidden, NotFound
from django_layers.schemas import Page
from ninja import Query, Router

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.hour import HourCreate, HourQuery, HourRead

router = Router(tags=["hours"])


@router.get("", response=Page[HourRead])
def list_hours(request: HttpRequest, query: Query[HourQuery]) -> Page[HourRead]:
    """List hours, page by page."""
    return dependencies.hour_service().page(actor_of(request), query)


@router.post("", response={201: HourRead})
@raises(Forbidden)
def create_hour(request: HttpRequest, data: HourCreate) -> HourRead:
    """Create an hour."""
    return dependencies.hour_service().create(actor_of(request), data)


@router.get("/{hour_id}", response=HourRead)
@raises(NotFound)
def get_hour(request: HttpRequest, hour_id: int) -> HourRead:
    """Return an hour."""
    return dependencies.hour_service().get(actor_of(request), hour_id)


@router.delete("/{hour_id}", response={204: None})
@raises(Forbidden, NotFound, Conflict)
def delete_hour(request: HttpRequest, hour_id: int) -> None:
    """Delete an hour."""
    dependencies.hour_service().delete(actor_of(request), hour_id)
