"""The table of documents."""

from django.db import models


class Document(models.Model):
    """A document with a version and a file."""

    title = models.CharField(max_length=100)
    file = models.FileField(upload_to="shop/document/file", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"

    def __str__(self) -> str:
        return self.title
