from __future__ import annotations

import asyncio
import contextlib
import typing as t
from typing import Any

import asgiref.sync
import django.apps as dj_apps
import fleet.models as fm  # L101 fleet.services.wrong
from django import db  # L401 fleet.services.wrong
from django import http as h  # L406 fleet.services.wrong
from django.contrib.auth import models as auth_models  # L401 fleet.services.wrong
from django.contrib.auth.models import AnonymousUser, Permission  # L401 fleet.services.wrong 2
from django.contrib.contenttypes import models as ct  # L401 fleet.services.wrong
from django.core.handlers.wsgi import WSGIRequest  # L406 fleet.services.wrong
from django.db.models.signals import post_save  # L401 fleet.services.wrong
from django.db.transaction import on_commit  # L401 fleet.services.wrong
from django.shortcuts import aget_object_or_404, render  # L401 fleet.services.wrong # L407 fleet.services.wrong
from ninja.security import django_auth  # L406 fleet.services.wrong
from proj.celery import app

from fleet.api.v1 import cars as endpoint  # L101 fleet.services.wrong
from fleet.models.base import Driver  # L101 fleet.services.wrong
from fleet.repositories.cars import Cars, Loaded  # L104 fleet.services.wrong
from fleet.schemas.cars import CarDTO
from fleet.services.rides import CarRepository
from garage.models import Garage  # L103 fleet.services.wrong
from garage.repositories import GarageRepository  # L103 fleet.services.wrong # L104 fleet.services.wrong
from garage.api import router  # L103 fleet.services.wrong
from shared import lookups  # L102 fleet.services.wrong
from shared.registry import get_car_model


def a1(pk: int) -> Any:
    return fm.Car.everything.filter(pk=pk)  # L402 a1


def a2(user: auth_models.User) -> str:  # L410 a2
    return user.username


def a3(car: t.Union[fm.Car, None]) -> None:  # L410 a3
    if car:
        car.delete()  # L404 a3


def a4() -> Any:
    car = fm.Car(plate="x")
    car.save()  # L404 a4
    return car.driver.name  # L412 a4


def a5() -> Any:
    with db.transaction.atomic():  # L409 a5
        return db.connections["default"].cursor()  # L405 a5


def a6(request: WSGIRequest) -> Any:  # L408 a6
    return request.GET  # L408 a6


def a7(*, request: "h.HttpRequest | None" = None) -> Any:  # L408 a7
    return None


def a8() -> Any:
    return h.HttpResponse("x")  # L407 a8


def a9() -> Any:
    raise h.Http404  # L407 a9


async def b1(pk: int) -> Any:
    return await fm.Car.objects.aget(pk=pk)  # L402 b1


async def b2(car: Any) -> None:
    await car.asave()  # L404 b2


async def b3() -> Any:
    return [c async for c in Driver.objects.all()]  # L402 b3


async def b4(pk: int) -> Any:
    return await aget_object_or_404(Driver, pk=pk)  # L402 b4


async def b5() -> Any:
    return await asgiref.sync.sync_to_async(Driver.objects.count)()  # L402 b5


async def b6() -> Any:
    return await asyncio.to_thread(Driver.objects.count)  # L402 b6


def b7() -> Any:
    Model = dj_apps.apps.get_model("fleet", "Car")  # L401 b7
    return Model.objects.count()  # L402 b7


def b8() -> Any:
    return ct.ContentType.objects.get_for_model(Driver)  # L402 b8


def b9() -> Any:
    return lookups.find_driver(1).save()  # L404 b9


def c1() -> Any:
    return lookups.drivers().filter(name="x")  # L403 c1


def c2() -> Any:
    return get_car_model().objects.first()  # L402 c2


def c3(rows) -> Any:
    return rows.order_by("pk").values_list("pk", flat=True)  # L403 c3


def c4(rows) -> Any:
    return rows.filter(driver__name="x")  # L403 c4


def c5(trip) -> Any:
    trip.passengers.add(1)  # L403 c5


def c6(trip) -> Any:
    return trip.passengers.all()  # L403 c6


def c7(driver: Driver) -> Any:  # L410 c7
    return driver.rides.count()  # L403 c7 # L412 c7


def c8(driver: Driver) -> Any:  # L410 c8
    return driver.licence.code  # L412 c8


def c9(car: Any) -> None:
    car.save(update_fields=["plate"])  # L404 c9


def d1(car: Any) -> None:
    car.refresh_from_db(fields=["plate"])  # L404 d1


def d2(cars: list[fm.Car]) -> None:  # L410 d2
    for car in cars:
        car.save()  # L404 d2


def d3() -> None:
    fm.Car.objects.bulk_create([fm.Car()])  # L402 d3


def d4() -> None:
    on_commit(lambda: None)


@app.task  # L603 d5
def d5() -> None:
    ...


def d6(repo: CarRepository, car: CarDTO) -> None:
    repo.save(car)
    repo.delete(car.id)  # L411 d6


def d7(cars: CarRepository, uow, items: list[CarDTO]) -> None:
    [cars.save(item) for item in items]  # L411 d7


def d8(loaded: Loaded) -> Any:  # L410 d8
    return loaded.car.plate


class Svc:
    model = fm.Car
    queryset = fm.Car.objects.all()  # L402 Svc

    def __init__(self, cars: Cars, request: h.HttpRequest) -> None:  # L408 Svc.__init__
        self.cars = cars
        self.request = request

    def e1(self) -> Any:
        return self.request.user  # L408 Svc.e1

    def e2(self) -> Any:
        return self.model.objects.first()  # L402 Svc.e2

    def e3(self) -> Any:
        return self.queryset.first()  # L403 Svc.e3

    def e4(self) -> Any:
        return self.cars.get_queryset().count()  # L403 Svc.e4

    def e5(self, pk: int) -> Any:
        car = self.cars.raw_get(pk)
        car.plate = "x"
        car.save()  # L404 Svc.e5
        return car.trip_set.all()  # L403 Svc.e5 # L412 Svc.e5

    def e6(self, repo: GarageRepository) -> Any:
        return repo.get(1).cars.all()  # L403 Svc.e6 # L412 Svc.e6

    def e7(self) -> Any:
        with contextlib.closing(db.connection.cursor()) as cursor:  # L405 Svc.e7
            cursor.execute("UPDATE fleet_car SET plate = ''")  # L405 Svc.e7

    def e8(self) -> Any:
        return fm.Car._base_manager.count()  # L402 Svc.e8

    def e9(self) -> Any:
        return fm.Car._meta.model.objects.count()  # L402 Svc.e9

    @staticmethod
    def f1(user=AnonymousUser()) -> Any:
        return user

    def f2(self) -> Any:
        return (fm.Car.objects  # L402 Svc.f2
                .filter(pk=1)
                .first())

    def f3(self) -> Any:
        return render(self.request, "x.html")  # L407 Svc.f3
