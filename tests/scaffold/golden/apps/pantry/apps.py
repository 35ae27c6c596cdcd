"""The configuration of pantry."""

from django.apps import AppConfig


class PantryConfig(AppConfig):
    """Pantry, in layers."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "apps.pantry"
