"""The table of hours."""

from django.db import models


class Hour(models.Model):
    """An hour."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "hour"
        verbose_name_plural = "hours"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="recipes_hour_newest"),
        )

    def __str__(self) -> str:
        return f"hour {self.pk}"
