"""The tables of suppliers and of what they supply."""

from django.db import models


class Supplier(models.Model):
    """A supplier."""

    name = models.CharField(max_length=50)

    class Meta:
        verbose_name = "supplier"
        verbose_name_plural = "suppliers"

    def __str__(self) -> str:
        return self.name


class Supply(models.Model):
    """A supplier of a product: a many-to-many relation with something to say."""

    supplier = models.ForeignKey(
        Supplier,
        on_delete=models.CASCADE,
        related_name="supplies",
    )
    product = models.ForeignKey(
        "shop.Product",
        on_delete=models.CASCADE,
        related_name="supplies",
    )
    days = models.IntegerField()

    class Meta:
        verbose_name = "supply"
        verbose_name_plural = "supplies"
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "product"],
                name="shop_supply_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"supply {self.pk}"
