from typing import Annotated, Literal

import django.db.models as orm  # L203 recipes.schemas.tag
from django.contrib.auth import get_user_model  # L203 recipes.schemas.tag
from django.core.validators import RegexValidator  # legal: harmless Django
from django.http import HttpRequest  # L204 recipes.schemas.tag
from django.utils.translation import gettext  # legal: harmless Django
from ninja import Field, FilterSchema, Schema  # legal: how data looks
from ninja.orm import create_schema  # L203 recipes.schemas.tag
from pydantic import BaseModel, ConfigDict, field_validator

from recipes.repositories.recipe import RecipeRepository  # L101 recipes.schemas.tag
from recipes.services.recipe import RecipeService  # L101 recipes.schemas.tag
from recipes.types import Status  # legal


class TagRead(Schema):
    model_config = ConfigDict(from_attributes=True)  # legal: a switch

    title: str
    recipes: tuple[int, ...] = ()
    kind: Literal["a", "b"] = "a"

    @staticmethod
    def resolve_recipes(row):
        return [one.pk for one in row.recipes.all()]  # L205 TagRead.resolve_recipes

    @field_validator("title")
    @classmethod
    def clean(cls, value: str) -> str:
        return value.strip()  # legal: a text

    def copied(self) -> "TagRead":
        return self.model_copy(update={"title": "x"})  # legal: Pydantic


class TagQuery(FilterSchema):
    objects: list[str] = []
    request: str = ""

    def first(self) -> str:
        return self.objects[0] + self.request  # legal: fields
