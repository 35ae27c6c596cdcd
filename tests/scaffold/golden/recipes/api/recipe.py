"""The HTTP endpoints of recipes."""

from django.http import HttpRequest
from django_layers.api import raises
from django_layers.errors import Conflict, Forbidden, NotFound
from django_layers.schemas import Page
from ninja import Query, Router

from mealgenie.actors import actor_of
from recipes import dependencies
from recipes.schemas.recipe import (
    RecipeCreate,
    RecipeQuery,
    RecipeRead,
    RecipeReportToEditor,
    RecipeUpdate,
)

router = Router(tags=["recipes"])


@router.get("", response=Page[RecipeRead])
def list_recipes(request: HttpRequest, query: Query[RecipeQuery]) -> Page[RecipeRead]:
    """List recipes, page by page."""
    return dependencies.recipe_service().page(actor_of(request), query)


@router.post("", response={201: RecipeRead})
def create_recipe(request: HttpRequest, data: RecipeCreate) -> RecipeRead:
    """Create a recipe."""
    return dependencies.recipe_service().create(actor_of(request), data)


@router.get("/{recipe_id}", response=RecipeRead)
@raises(NotFound)
def get_recipe(request: HttpRequest, recipe_id: int) -> RecipeRead:
    """Return a recipe."""
    return dependencies.recipe_service().get(actor_of(request), recipe_id)


@router.patch("/{recipe_id}", response=RecipeRead)
@raises(Forbidden, NotFound)
def update_recipe(
    request: HttpRequest, recipe_id: int, data: RecipeUpdate
) -> RecipeRead:
    """Change a recipe; a field left out keeps its value."""
    return dependencies.recipe_service().update(actor_of(request), recipe_id, data)


@router.delete("/{recipe_id}", response={204: None})
@raises(Forbidden, NotFound, Conflict)
def delete_recipe(request: HttpRequest, recipe_id: int) -> None:
    """Delete a recipe."""
    dependencies.recipe_service().delete(actor_of(request), recipe_id)


@router.post("/{recipe_id}/report-to-editor", response={204: None})
@raises(Forbidden, NotFound)
def report_recipe_to_editor(
    request: HttpRequest, recipe_id: int, data: RecipeReportToEditor
) -> None:
    """Report a recipe to editor."""
    dependencies.recipe_service().report_to_editor(actor_of(request), recipe_id, data)
