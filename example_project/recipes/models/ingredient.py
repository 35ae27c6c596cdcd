"""The table of ingredients."""

from django.db import models


class Ingredient(models.Model):
    """An ingredient."""

    name = models.CharField(max_length=100, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "ingredient"
        verbose_name_plural = "ingredients"
        indexes = (models.Index(fields=["-created_at", "-id"], name="recipes_ingredient_newest"),)

    def __str__(self) -> str:
        return self.name
