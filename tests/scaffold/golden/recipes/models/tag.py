"""The table of tags."""

from django.db import models


class Tag(models.Model):
    """A tag."""

    name = models.CharField(max_length=50, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "tag"
        verbose_name_plural = "tags"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="recipes_tag_newest"),
        )

    def __str__(self) -> str:
        return self.name
