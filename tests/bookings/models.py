"""The tables of the bookings; databases leave out the constraints that they do not know."""

from __future__ import annotations

from django.db import models
from django.db.models import Deferrable, F, Q, UniqueConstraint
from django.db.models.functions import Lower


class Place(models.Model):
    """A place, by its name."""

    name = models.CharField(max_length=30, unique=True)

    def __str__(self) -> str:
        return self.name


class Hall(Place):
    """A place with seats: a table that inherits from another one."""

    code = models.CharField(max_length=10, unique=True)
    seats = models.PositiveIntegerField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(seats__lte=100), name="bookings_hall_seats"),)


class Booking(models.Model):
    """A booking of a place, from one hour to another."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="bookings", null=True)
    guest = models.CharField(max_length=30, default="")
    table = models.IntegerField(null=True)
    is_open = models.BooleanField(default=False)
    is_paid = models.BooleanField(default=False)
    position = models.IntegerField(null=True)
    voucher = models.IntegerField(null=True)
    ticket = models.IntegerField(null=True)
    starts = models.IntegerField(default=0)
    ends = models.IntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["place", "table"],
                condition=Q(is_open=True),
                name="bookings_open_table",
                violation_error_code="table_taken",
                violation_error_message="The table is taken.",
            ),
            UniqueConstraint(fields=["ticket"], condition=Q(is_open=True), name="bookings_open_ticket"),
            UniqueConstraint(fields=["ticket"], condition=Q(is_paid=True), name="bookings_paid_ticket"),
            UniqueConstraint(Lower("guest"), F("starts"), name="bookings_guest"),
            UniqueConstraint(fields=["voucher"], nulls_distinct=False, name="bookings_voucher"),
            UniqueConstraint(fields=["position"], deferrable=Deferrable.DEFERRED, name="bookings_position"),
        )

    def __str__(self) -> str:
        return f"booking {self.pk}"
