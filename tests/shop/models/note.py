"""The table of notes."""

import uuid

from django.conf import settings
from django.db import models


class Note(models.Model):
    """A note; its owner is private, its key a UUID."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
    )
    title = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "note"
        verbose_name_plural = "notes"
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="shop_note_newest"),
        ]

    def __str__(self) -> str:
        return self.title
