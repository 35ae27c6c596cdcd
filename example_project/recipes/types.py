"""Enumerations, value types and errors of recipes."""

from django.db.models import TextChoices


class RecipeStatus(TextChoices):
    """The status of a recipe."""

    DRAFT = "draft"
    PUBLISHED = "published"


class RecipeIngredientUnit(TextChoices):
    """The unit of a recipe ingredient."""

    G = "g"
    KG = "kg"
    ML = "ml"
    L = "l"
    TSP = "tsp"
    TBSP = "tbsp"
    PIECE = "piece"
