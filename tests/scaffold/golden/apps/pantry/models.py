"""The tables of pantry."""

from django.conf import settings
from django.db import models

from apps.pantry.types import ItemKind


class Shelf(models.Model):
    """A shelf."""

    title = models.CharField(max_length=100)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "shelf"
        verbose_name_plural = "shelves"
        indexes = (
            models.Index(
                fields=["owner", "-created_at", "-id"], name="pantry_shelf_newest"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """An item."""

    shelf = models.ForeignKey(
        "pantry.Shelf",
        on_delete=models.PROTECT,
        related_name="items",
    )
    recipe = models.ForeignKey(
        "recipes.Recipe",
        on_delete=models.SET_NULL,
        related_name="items",
        null=True,
        blank=True,
    )
    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=ItemKind)
    photo = models.ImageField(upload_to="pantry/item/photo", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "item"
        verbose_name_plural = "items"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="pantry_item_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=ItemKind.values),
                name="pantry_item_kind_valid",
            ),
        )

    def __str__(self) -> str:
        return self.title
