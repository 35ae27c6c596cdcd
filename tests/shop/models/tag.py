"""The table of tags."""

from django.db import models


class Tag(models.Model):
    """A tag."""

    name = models.CharField(max_length=50, unique=True)

    class Meta:
        verbose_name = "tag"
        verbose_name_plural = "tags"

    def __str__(self) -> str:
        return self.name
