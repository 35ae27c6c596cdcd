"""The configuration of the bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """The bookings."""

    name = "tests.bookings"
