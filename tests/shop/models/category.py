"""The table of categories."""

from django.db import models


class Category(models.Model):
    """A category, perhaps in another one."""

    name = models.CharField(max_length=50, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="categories",
        null=True,
        blank=True,
    )
    position = models.IntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "category"
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name
