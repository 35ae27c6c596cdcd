"""The table of categories."""

from django.db import models


class Category(models.Model):
    """A category."""

    name = models.CharField(max_length=50)
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        related_name="categories",
        null=True,
        blank=True,
    )
    tags = models.ManyToManyField(
        "recipes.Tag",
        related_name="categories",
        blank=True,
    )
    groups = models.ManyToManyField(
        "auth.Group",
        related_name="categories",
        blank=True,
    )
    manual = models.FileField(upload_to="recipes/category/manual", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "category"
        verbose_name_plural = "categories"
        indexes = (
            models.Index(
                fields=["name", "-created_at", "-id"], name="recipes_category_order"
            ),
            models.Index(fields=["name"], name="recipes_category_name_index"),
        )

    def __str__(self) -> str:
        return self.name
