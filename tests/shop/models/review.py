"""The table of reviews."""

from django.conf import settings
from django.db import models


class Review(models.Model):
    """A review; its owner is shared: everybody reads it."""

    product = models.ForeignKey(
        "shop.Product",
        on_delete=models.PROTECT,
        related_name="reviews",
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
        verbose_name = "review"
        verbose_name_plural = "reviews"
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="shop_review_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stars__gte=1),
                name="shop_review_stars_min",
            ),
            models.CheckConstraint(
                condition=models.Q(stars__lte=5),
                name="shop_review_stars_max",
            ),
            models.UniqueConstraint(
                fields=["product", "user"],
                name="shop_review_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"
