from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .base import Driver, SoftDelete

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fleet.api.v1 import cars  # L101 fleet.models.car
    from fleet.repositories import cars as car_repo  # L101 fleet.models.car


class CarQuerySet(models.QuerySet):
    def active(self) -> CarQuerySet:
        return self.filter(gone=False)


class CarManager(models.Manager):
    def get_queryset(self):
        return CarQuerySet(self.model, using=self._db).filter(gone=False)

    def active(self):
        return self.get_queryset().active()

    def newest(self):
        return self.order_by("-pk").first()


class Car(SoftDelete):
    plate = models.CharField(_("plate"), max_length=10)
    driver = models.ForeignKey(Driver, null=True, on_delete=models.SET_NULL)  # L701 Car
    garage = models.ForeignKey("garage.Garage", null=True, on_delete=models.SET_NULL, related_name="cars")  # L701 Car

    objects = CarManager()
    everything = models.Manager()

    def clean(self) -> None:
        if not self.plate:
            raise ValidationError(_("no plate"))

    def serialize(self) -> Any:
        from pydantic import create_model  # L201 Car.serialize

        return create_model("X")

    def respond(self):
        import django.http  # L202 Car.respond

        return django.http.JsonResponse({})


class Trip(models.Model):
    car = models.ForeignKey(Car, on_delete=models.CASCADE)  # L701 Trip
    passengers = models.ManyToManyField(Driver, blank=True, related_name="rides")  # L701 Trip
    km = models.IntegerField()
