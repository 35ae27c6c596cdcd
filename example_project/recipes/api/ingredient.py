"""The HTTP endpoints of ingredients."""

from django.http import HttpRequest
from django_layers.api import raises
from django_layers.errors import Conflict, Forbidden, NotFound
from django_layers.schemas import Page
from ninja import Query, Router

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.ingredient import (
    IngredientCreate,
    IngredientQuery,
    IngredientRead,
    IngredientUpdate,
)

router = Router(tags=["ingredients"])


@router.get("", response=Page[IngredientRead])
def list_ingredients(request: HttpRequest, query: Query[IngredientQuery]) -> Page[IngredientRead]:
    """List ingredients, page by page."""
    return dependencies.ingredient_service().page(actor_of(request), query)


@router.post("", response={201: IngredientRead})
@raises(Forbidden, Conflict)
def create_ingredient(request: HttpRequest, data: IngredientCreate) -> IngredientRead:
    """Create an ingredient."""
    return dependencies.ingredient_service().create(actor_of(request), data)


@router.get("/{ingredient_id}", response=IngredientRead)
@raises(NotFound)
def get_ingredient(request: HttpRequest, ingredient_id: int) -> IngredientRead:
    """Return an ingredient."""
    return dependencies.ingredient_service().get(actor_of(request), ingredient_id)


@router.patch("/{ingredient_id}", response=IngredientRead)
@raises(Forbidden, NotFound, Conflict)
def update_ingredient(
    request: HttpRequest, ingredient_id: int, data: IngredientUpdate
) -> IngredientRead:
    """Change an ingredient; a field left out keeps its value."""
    return dependencies.ingredient_service().update(actor_of(request), ingredient_id, data)


@router.delete("/{ingredient_id}", response={204: None})
@raises(Forbidden, NotFound, Conflict)
def delete_ingredient(request: HttpRequest, ingredient_id: int) -> None:
    """Delete an ingredient."""
    dependencies.ingredient_service().delete(actor_of(request), ingredient_id)
