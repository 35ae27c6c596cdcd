"""The table of recipes."""

from django.conf import settings
from django.db import models

from recipes.types import RecipeStatus


class Recipe(models.Model):
    """A recipe."""

    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, default="")
    servings = models.IntegerField(default=2)
    minutes = models.IntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
    )
    status = models.CharField(
        max_length=20,
        choices=RecipeStatus,
        default=RecipeStatus.DRAFT,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "recipe"
        verbose_name_plural = "recipes"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="recipes_recipe_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(servings__gte=1),
                name="recipes_recipe_servings_min",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=0),
                name="recipes_recipe_minutes_min",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=RecipeStatus.values),
                name="recipes_recipe_status_valid",
            ),
        )

    def __str__(self) -> str:
        return self.title
