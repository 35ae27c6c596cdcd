import typing as t

import fleet.models.car  # L101 fleet.schemas.wrong
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.shortcuts import get_object_or_404  # L203 fleet.schemas.wrong
from fleet.repositories.cars import Cars  # L101 fleet.schemas.wrong
from fleet.services import rides  # L101 fleet.schemas.wrong
from ninja import File, Query, Router, UploadedFile  # L204 fleet.schemas.wrong 4
from pydantic import BaseModel, model_validator
from rest_framework import serializers  # L204 fleet.schemas.wrong


class CarOut(BaseModel):
    @classmethod
    def of(cls, pk: int) -> "CarOut":
        return cls.model_validate(fleet.models.car.Car.objects.get(pk=pk))  # L205 CarOut.of

    @model_validator(mode="before")
    @classmethod
    def load(cls, data: t.Any) -> t.Any:
        if hasattr(data, "trip_set"):
            return {"km": sum(trip.km for trip in data.trip_set.all())}  # L205 CarOut.load
        return data

    @property
    def request_user(self) -> t.Any:
        return self.context["request"].user


def build(request):
    return request.user.pk
