"""The Django app of django-layers: it brings the management commands and the system checks."""

from django.apps import AppConfig


class DjangoLayersConfig(AppConfig):
    """Registers the commands; it has no models of its own."""

    name = "django_layers"
    verbose_name = "django-layers"
