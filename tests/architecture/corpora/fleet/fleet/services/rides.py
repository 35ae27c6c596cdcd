"""Legal throughout."""
from __future__ import annotations

import dataclasses
import functools
import typing
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist, ValidationError
from django.core.files.base import ContentFile
from django.core.mail import EmailMultiAlternatives
from django.core.signing import Signer
from django.core.validators import validate_slug
from django.dispatch import Signal
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import dateparse, html, timezone
from django.utils.encoding import force_str
from django.utils.functional import cached_property

from fleet.schemas.cars import CarDTO, Kind, TripDTO
from garage import services as garage_services
from garage.schemas import GarageDTO
from shared.pagination import Page

ride_started = Signal()


class CarRepository(Protocol):
    def get(self, pk: int) -> CarDTO: ...
    def save(self, car: CarDTO) -> CarDTO: ...
    def delete(self, pk: int) -> None: ...
    def filter(self, *, pk: int) -> list[CarDTO]: ...
    def select_related(self) -> None: ...


class UnitOfWork(Protocol):
    def __enter__(self) -> "UnitOfWork": ...
    def __exit__(self, *args: object) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...


@dataclasses.dataclass
class Request:
    user: str
    method: str
    body: bytes


class Rides:
    def __init__(self, cars: CarRepository, uow: UnitOfWork) -> None:
        self.cars = cars
        self.uow = uow

    def start(self, request: Request) -> CarDTO:
        if request.user and request.method == "x":
            raise ValidationError("no")
        with self.uow:
            car = self.cars.get(1)
            self.cars.save(car)
            self.cars.delete(car.id)
            self.uow.commit()
        ride_started.send(sender=self.__class__, car=car)
        return car

    def find(self, pk: int) -> list[CarDTO]:
        self.cars.select_related()
        return self.cars.filter(pk=pk)

    def model(self, dto: CarDTO) -> str:
        return dto.model + str(dto.objects)

    @cached_property
    def names(self) -> dict[str, int]:
        return {}

    def cleanup(self, files: list[ContentFile]) -> None:
        for file in files:
            file.close()
        cache.delete("x")
        self.names.update({"x": 1})
        self.names.clear()

    def filter_rows(self, rows: list[CarDTO]) -> list[CarDTO]:
        ordered = sorted(rows, key=lambda row: row.plate)
        return [row for row in ordered if row.id]

    def garage(self, pk: int) -> GarageDTO:
        return garage_services.get_garage(pk)

    def link(self, pk: int) -> str:
        return settings.HOST + reverse("car", args=[pk]) + html.escape(force_str(Signer().sign("x")))

    def mail(self) -> None:
        message = EmailMultiAlternatives("x", render_to_string("x.txt"))
        message.attach_alternative("x", "text/html")
        message.send()

    def missing(self, pk: int) -> CarDTO:
        try:
            return self.cars.get(pk)
        except ObjectDoesNotExist:
            raise ImproperlyConfigured(str(pk)) from None

    def page(self) -> Page[CarDTO]:
        return Page(items=[], total=0)

    def dates(self, text: str) -> object:
        return dateparse.parse_date(text) or timezone.now().date()

    def first(self, rows: Page[CarDTO]) -> CarDTO:
        return rows.items[0]

    def one(self, pk: int, car: CarDTO) -> CarDTO:
        return self.cars.save(car) if pk else car

    def update_or_insert(self, car: CarDTO) -> None:
        try:
            self.cars.save(car)
        except ValidationError:
            self.cars.delete(car.id)

    def each_its_own(self, cars: list[CarDTO]) -> None:
        for car in cars:
            with self.uow:
                self.cars.save(car)
