"""The configuration of recipes."""

from django.apps import AppConfig


class RecipesConfig(AppConfig):
    """Recipes, in layers."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recipes"
