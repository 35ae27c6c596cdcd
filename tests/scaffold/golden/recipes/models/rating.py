"""The table of ratings."""

from django.conf import settings
from django.db import models


class Rating(models.Model):
    """A rating."""

    recipe = models.ForeignKey(
        "recipes.Recipe",
        on_delete=models.PROTECT,
        related_name="ratings",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
    )
    stars = models.IntegerField()
    comment = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "rating"
        verbose_name_plural = "ratings"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="recipes_rating_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(stars__gte=1),
                name="recipes_rating_stars_min",
            ),
            models.CheckConstraint(
                condition=models.Q(stars__lte=5),
                name="recipes_rating_stars_max",
            ),
            models.UniqueConstraint(
                fields=["recipe", "user"],
                name="recipes_rating_unique",
            ),
        )

    def __str__(self) -> str:
        return f"rating {self.pk}"
