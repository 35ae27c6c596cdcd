"""The tables of the depot."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Trimmed(models.CharField):
    """Text that is stored without spaces around it, by its own `pre_save`."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return the text without spaces, and leave it so in the row."""
        value = str(getattr(model_instance, self.attname)).strip()
        setattr(model_instance, self.attname, value)
        return value


class Shelf(models.Model):
    """A shelf."""

    name = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A label."""

    text = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.text


class Stock(models.Model):
    """How much of an article is on a shelf; an article is on a shelf once."""

    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="stocks")
    article = models.CharField(max_length=20)
    amount = models.IntegerField()
    note = models.CharField(max_length=50, default="")
    labels = models.ManyToManyField(Label, related_name="stocks")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shelf", "article"], name="depot_stock_unique"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="depot_stock_amount"),
        ]

    def __str__(self) -> str:
        return self.article


class Counter(models.Model):
    """A counter, which counts its changes too."""

    name = models.CharField(max_length=20, unique=True)
    value = models.IntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return self.name


class Badge(models.Model):
    """A badge: its key is a UUID, and it has several unique sets, with NULL and with conditions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.IntegerField(unique=True)
    holder = models.CharField(max_length=20, unique=True, null=True)
    colour = models.CharField(max_length=20)
    size = models.IntegerField(default=1)

    class Meta:
        unique_together = [("colour", "size")]
        constraints = [
            models.UniqueConstraint(fields=["colour"], condition=Q(size__gt=100), name="depot_badge_large"),
            models.UniqueConstraint(Lower("colour"), "number", name="depot_badge_lower"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Machine(models.Model):
    """A machine."""

    serial = models.CharField(max_length=20, unique=True)
    name = Trimmed(max_length=20)
    serviced_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.serial


class Crane(Machine):
    """A machine that lifts."""

    tons = models.IntegerField()


class Crate(models.Model):
    """A crate, perhaps in another one, with its papers; what is fixed to it keeps it."""

    name = models.CharField(max_length=20)
    inside = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="contents")
    beside = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, related_name="neighbours")
    under = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="load")
    papers = models.FileField(upload_to="depot/papers", blank=True)

    def __str__(self) -> str:
        return self.name
