"""Enumerations of the shop."""

from django.db.models import TextChoices


class ProductStatus(TextChoices):
    """The status of a product."""

    DRAFT = "draft"
    ON_SALE = "on_sale"
    RETIRED = "retired"
