"""Managers of every make."""

from django.db import models


class KitchenQuerySet(models.QuerySet["Kitchen"]):
    def open(self) -> "KitchenQuerySet":  # legal: a QuerySet is part of the ORM
        return self.filter(closed=False)


class BusyManager(models.Manager.from_queryset(KitchenQuerySet)):
    def busy(self) -> models.QuerySet["Kitchen"]:
        return self.filter(closed=False)


class Kitchen(models.Model):
    name = models.TextField()
    closed = models.BooleanField(default=False)

    objects = KitchenQuerySet.as_manager()
    busy = BusyManager()
    made = models.Manager.from_queryset(KitchenQuerySet)()
    plain = models.Manager()


class OvenManager(models.Manager):
    def get_queryset(self):
        return KitchenQuerySet(self.model, using=self._db)

    def open(self):
        return self.get_queryset().open()


class Oven(models.Model):
    kitchen = models.ForeignKey(Kitchen, on_delete=models.CASCADE)
    closed = models.BooleanField(default=False)

    objects = OvenManager()


class GasOven(Oven):
    gas = models.TextField()
