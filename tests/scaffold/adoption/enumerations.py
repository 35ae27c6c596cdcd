"""Enumerations that schemas may import."""

from django.db.models import IntegerChoices, TextChoices

__all__ = ["Level", "Status"]


class Status(TextChoices):
    """How far something is."""

    DRAFT = "draft"
    LIVE = "live"


class Level(IntegerChoices):
    """How much there is."""

    LOW = 1
    HIGH = 2
