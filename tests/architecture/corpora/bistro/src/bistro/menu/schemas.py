from decimal import Decimal

import ninja
import pydantic
from pydantic import Field
from typing_extensions import TypedDict


class DishOut(ninja.Schema):
    id: int
    price: Decimal


class DishIn(pydantic.BaseModel):
    price: Decimal = Field(gt=0)  # L703 DishIn 2


class Raw(TypedDict):
    id: int


class Slim(DishOut):
    objects: list[int] = []


from django.http import QueryDict as QD  # L204 bistro.menu.schemas
from django.db.models.fields import CharField  # L203 bistro.menu.schemas
import django.db  # L203 bistro.menu.schemas
from django.contrib.auth.models import User  # L203 bistro.menu.schemas


class Sneaky(ninja.Schema):
    class Config:
        orm_model = "menu.Dish"

    @staticmethod
    def resolve_course(obj):
        from .models import Course  # L101 Sneaky.resolve_course

        return Course.objects.get(pk=obj.course_id)  # L205 Sneaky.resolve_course
