"""The depot's registration in Django."""

from django.apps import AppConfig


class DepotConfig(AppConfig):
    """The app of the depot."""

    name = "tests.depot"
    label = "depot"
    default_auto_field = "django.db.models.BigAutoField"
