"""The Django app of django-layers: it brings the management commands and the system checks."""

from django.apps import AppConfig


class DjangoLayersConfig(AppConfig):
    """Registers the commands and the checks; it has no models of its own."""

    name = "django_layers"
    verbose_name = "django-layers"

    def ready(self) -> None:
        """Have Django run the checks."""
        from django_layers.checks import register_checks

        register_checks()
