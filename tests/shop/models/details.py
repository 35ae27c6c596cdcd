"""The table of details."""

from django.db import models


class Details(models.Model):
    """The details of a product."""

    product = models.OneToOneField(
        "shop.Product",
        on_delete=models.CASCADE,
        related_name="details",
    )
    weight = models.IntegerField()
    origin = models.CharField(max_length=50, blank=True, default="")

    class Meta:
        verbose_name = "details"
        verbose_name_plural = "details"

    def __str__(self) -> str:
        return f"details {self.pk}"
