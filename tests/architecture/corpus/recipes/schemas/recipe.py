from typing import TYPE_CHECKING

from django.db.models import TextChoices  # legal: an enumeration
from django.db.models import QuerySet  # L203 recipes.schemas.recipe
from django.http import HttpResponse  # L204 recipes.schemas.recipe
from ninja import ModelSchema, Schema  # L203 recipes.schemas.recipe
from pydantic import BaseModel  # legal: Pydantic is what schemas are of

from recipes.models import Recipe  # L101 recipes.schemas.recipe
from recipes.types import Status  # legal: a schema knows types

if TYPE_CHECKING:
    from recipes.models.recipe import Rating  # L101 recipes.schemas.recipe


class RecipeRead(BaseModel):
    id: int
    title: str
    ratings: tuple[int, ...] = ()


class RecipeForm(ModelSchema):  # L503 RecipeForm
    class Meta:
        model = Recipe
        fields = ["title"]


class ExportRequest(Schema):  # legal: django-ninja's Schema says how data looks
    user: str
    title: str
