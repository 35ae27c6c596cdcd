"""The table of notes."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class Note(models.Model):
    """A note."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
    )
    title = models.CharField(max_length=100, unique=True)
    photo = models.ImageField(upload_to="recipes/note/photo", blank=True)
    recipe = models.ForeignKey(
        "recipes.Recipe",
        on_delete=models.SET_NULL,
        related_name="notes",
        null=True,
        blank=True,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "note"
        verbose_name_plural = "notes"
        indexes = (
            models.Index(
                fields=["user", "-created_at", "-id"], name="recipes_note_newest"
            ),
        )

    def __str__(self) -> str:
        return self.title
