from django.db import transaction
from django.http import HttpRequest  # legal: api is of HTTP
from ninja import Router
from pantry.models import Shelf  # L103 recipes.api.recipe

from recipes import dependencies  # legal
from recipes.models import Recipe  # L101 recipes.api.recipe
from recipes.repositories.recipe import RecipeRepository  # L101 recipes.api.recipe
from recipes.schemas import RecipeRead  # legal
from recipes.services.recipe import RecipeService  # L105 recipes.api.recipe

router = Router()


@router.get("")
def one(request: HttpRequest, recipe_id: int) -> str:
    return dependencies.recipe_service().once(str(recipe_id)).title  # legal: a DTO


@router.get("/count")
def count(request: HttpRequest) -> int:
    return Recipe.objects.count()  # L502 count


@router.get("/mine")
def mine(request: HttpRequest) -> int:
    return request.user.recipes.count()  # L505 mine


@router.get("/author")
def author(request: HttpRequest, recipe_id: int) -> str:
    recipe = Recipe.objects.get(pk=recipe_id)  # L502 author
    recipe.save()  # L506 author
    return recipe.shelf.title  # L505 author


@router.post("")
def both(request: HttpRequest) -> None:
    with transaction.atomic():  # L501 both
        dependencies.recipe_service().once("x")


@router.post("/marked")
@transaction.atomic  # L501 marked
def marked(request: HttpRequest) -> None:
    dependencies.recipe_service().once("x")


@router.post("/passed")
def passed(request: HttpRequest) -> None:
    dependencies.recipe_service().export(request)  # L504 passed


@router.post("/user")
def user(request: HttpRequest) -> None:
    dependencies.recipe_service().guessed(request.user)  # L504 user
    dependencies.recipe_service().once(request.POST["title"])  # legal: a value of the request
