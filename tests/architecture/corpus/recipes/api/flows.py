from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.db.models import Count
from django.db.transaction import atomic, on_commit
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Form, ModelSchema, Router, Schema
from ninja.errors import HttpError

from recipes import dependencies, models as tables  # L101 recipes.api.flows
from recipes import repositories  # L101 recipes.api.flows
from recipes.repositories.orm.flows import FlowRepository  # L101 recipes.api.flows
from recipes.schemas import RecipeRead

router = Router()


class ShelfOut(ModelSchema):  # L503 ShelfOut
    class Meta:
        model = tables.Recipe
        fields = ["id"]


class OldShelfOut(ModelSchema):  # L503 OldShelfOut
    class Config:
        model = tables.Recipe
        model_fields = ["id"]


@router.get("/one/{key}")
def one(request: HttpRequest, key: int) -> Any:
    return get_object_or_404(tables.Recipe, pk=key)  # L502 one


@router.get("/rows")
def rows(request: HttpRequest) -> Any:
    return FlowRepository().every().filter(title="x")  # L507 rows


@router.get("/served")
def served(request: HttpRequest) -> Any:
    recipe = dependencies.recipe_service().given(1)
    return recipe.author.username  # L505 served


@router.get("/served/ratings")
def served_ratings(request: HttpRequest) -> Any:
    return [rating.stars for rating in dependencies.recipe_service().given(1).ratings.all()]  # L505 served_ratings # L507 served_ratings


@router.get("/deleted")
def deleted(request: HttpRequest) -> None:
    dependencies.recipe_service().given(1).delete()  # L506 deleted


@router.get("/keyword")
def keyword(request: HttpRequest) -> None:
    dependencies.recipe_service().guessed(recipe=request.user)  # L504 keyword


@router.get("/renamed")
def renamed(http: HttpRequest) -> None:
    dependencies.recipe_service().guessed(http)  # L504 renamed


@router.get("/kept")
def kept(request: HttpRequest) -> None:
    user = request.user
    dependencies.recipe_service().guessed(user)  # L504 kept


@router.get("/listed")
def listed(request: HttpRequest) -> None:
    dependencies.recipe_service().guessed([request])  # L504 listed


@router.get("/starred")
def starred(request: HttpRequest) -> None:
    dependencies.recipe_service().guessed(**{"recipe": request.user})  # L504 starred


@router.get("/partial")
def partially(request: HttpRequest) -> None:
    partial(dependencies.recipe_service().guessed, request)()  # L504 partially


@router.get("/later")
async def later(request: HttpRequest) -> None:
    await sync_to_async(dependencies.recipe_service().guessed)(request)  # L504 later


@router.get("/after")
def after(request: HttpRequest) -> None:
    on_commit(lambda: dependencies.recipe_service().guessed(request))  # L504 after


@router.get("/atomic")
@atomic  # L501 marked
def marked(request: HttpRequest) -> None:
    dependencies.recipe_service().once("x")


@router.get("/untyped")
def untyped(request, key: int):
    dependencies.recipe_service().guessed(request)  # L504 untyped
    return dependencies.recipe_service().once("x")


@router.get("/legal")
def legal(request: HttpRequest, data: RecipeRead) -> Any:
    service = dependencies.recipe_service()
    service.guessed(request.user.pk)  # legal: a key
    service.guessed(request.GET["q"])  # legal: a text
    service.guessed(request.headers.get("x"))  # legal: a text
    service.guessed(data.title)  # legal: a field of a DTO
    get_user_model().objects.count()  # legal: users are in no layered app
    if not request.user.is_authenticated:  # legal: api is of HTTP
        raise HttpError(401, "x")
    recipe = service.once("x")
    return JsonResponse({"title": recipe.title, "ratings": len(recipe.ratings)})  # legal: a DTO


class Filters(Schema):
    title: str = ""

    def filter(self, rows: list[str]) -> list[str]:
        return rows


@router.post("/legal")
def filtered(request: HttpRequest, filters: Form[Filters]) -> list[str]:
    return filters.filter(["x"])  # legal: a schema
