"""The table of products."""

from django.db import models

from tests.shop.types import ProductStatus


class Product(models.Model):
    """A product."""

    sku = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    status = models.CharField(
        max_length=20,
        choices=ProductStatus,
        default=ProductStatus.DRAFT,
    )
    category = models.ForeignKey(
        "shop.Category",
        on_delete=models.PROTECT,
        related_name="products",
        null=True,
        blank=True,
    )
    tags = models.ManyToManyField(
        "shop.Tag",
        related_name="products",
        blank=True,
    )
    suppliers = models.ManyToManyField(
        "shop.Supplier",
        through="shop.Supply",
        related_name="products",
        blank=True,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "product"
        verbose_name_plural = "products"
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="shop_product_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price__gte=0),
                name="shop_product_price_min",
                violation_error_message="A price is not negative.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=ProductStatus.values),
                name="shop_product_status_valid",
            ),
            models.UniqueConstraint(
                fields=["category", "name"],
                name="shop_product_unique",
                violation_error_message="The category has a product of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
