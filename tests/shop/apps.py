from django.apps import AppConfig


class ShopConfig(AppConfig):
    """The shop, in layers."""

    default_auto_field = "django.db.models.BigAutoField"
    label = "shop"
    name = "tests.shop"
