"""The HTTP endpoints of recipe ingredients."""

from django.http import HttpRequest
from django_layers.api import raises
from django_layers.errors import Conflict, Forbidden, NotFound
from django_layers.schemas import Page
from ninja import Query, Router

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.recipe_ingredient import (
    RecipeIngredientCreate,
    RecipeIngredientQuery,
    RecipeIngredientRead,
    RecipeIngredientUpdate,
)

router = Router(tags=["recipe ingredients"])


@router.get("", response=Page[RecipeIngredientRead])
def list_recipe_ingredients(
    request: HttpRequest, query: Query[RecipeIngredientQuery]
) -> Page[RecipeIngredientRead]:
    """List recipe ingredients, page by page."""
    return dependencies.recipe_ingredient_service().page(actor_of(request), query)


@router.post("", response={201: RecipeIngredientRead})
@raises(Forbidden, NotFound, Conflict)
def create_recipe_ingredient(
    request: HttpRequest, data: RecipeIngredientCreate
) -> RecipeIngredientRead:
    """Create a recipe ingredient."""
    return dependencies.recipe_ingredient_service().create(actor_of(request), data)


@router.get("/{recipe_ingredient_id}", response=RecipeIngredientRead)
@raises(NotFound)
def get_recipe_ingredient(request: HttpRequest, recipe_ingredient_id: int) -> RecipeIngredientRead:
    """Return a recipe ingredient."""
    return dependencies.recipe_ingredient_service().get(actor_of(request), recipe_ingredient_id)


@router.patch("/{recipe_ingredient_id}", response=RecipeIngredientRead)
@raises(Forbidden, NotFound)
def update_recipe_ingredient(
    request: HttpRequest, recipe_ingredient_id: int, data: RecipeIngredientUpdate
) -> RecipeIngredientRead:
    """Change a recipe ingredient; a field left out keeps its value."""
    return dependencies.recipe_ingredient_service().update(
        actor_of(request), recipe_ingredient_id, data
    )


@router.delete("/{recipe_ingredient_id}", response={204: None})
@raises(Forbidden, NotFound, Conflict)
def delete_recipe_ingredient(request: HttpRequest, recipe_ingredient_id: int) -> None:
    """Delete a recipe ingredient."""
    dependencies.recipe_ingredient_service().delete(actor_of(request), recipe_ingredient_id)
