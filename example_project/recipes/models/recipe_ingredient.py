"""The table of recipe ingredients."""

from decimal import Decimal

from django.db import models

from recipes.types import RecipeIngredientUnit


class RecipeIngredient(models.Model):
    """A recipe ingredient."""

    recipe = models.ForeignKey(
        "recipes.Recipe",
        on_delete=models.CASCADE,
        related_name="ingredients",
    )
    ingredient = models.ForeignKey(
        "recipes.Ingredient",
        on_delete=models.PROTECT,
        related_name="recipe_ingredients",
    )
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    unit = models.CharField(max_length=20, choices=RecipeIngredientUnit)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "recipe ingredient"
        verbose_name_plural = "recipe ingredients"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="recipes_recipe_ingred_b7112647"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount__gte=Decimal("0.00")),
                name="recipes_recipe_ingred_ad1bfd13",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__in=RecipeIngredientUnit.values),
                name="recipes_recipe_ingred_034574e7",
            ),
            models.UniqueConstraint(
                fields=["recipe", "ingredient"],
                name="recipes_recipe_ingred_aa251fba",
            ),
        )

    def __str__(self) -> str:
        return f"recipe ingredient {self.pk}"
