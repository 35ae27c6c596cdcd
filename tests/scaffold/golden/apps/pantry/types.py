"""Enumerations, value types and errors of pantry."""

from django.db.models import TextChoices


class ItemKind(TextChoices):
    """The kind of an item."""

    FRESH = "fresh"
    DRY = "dry"
