from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recipes", "0002_ingredient"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecipeIngredient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("g", "G"),
                            ("kg", "Kg"),
                            ("ml", "Ml"),
                            ("l", "L"),
                            ("tsp", "Tsp"),
                            ("tbsp", "Tbsp"),
                            ("piece", "Piece"),
                        ],
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "ingredient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipe_ingredients",
                        to="recipes.ingredient",
                    ),
                ),
                (
                    "recipe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ingredients",
                        to="recipes.recipe",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipe ingredient",
                "verbose_name_plural": "recipe ingredients",
                "indexes": [
                    models.Index(
                        fields=["-created_at", "-id"], name="recipes_recipe_ingred_b7112647"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", Decimal("0.00"))),
                        name="recipes_recipe_ingred_ad1bfd13",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit__in", ["g", "kg", "ml", "l", "tsp", "tbsp", "piece"])
                        ),
                        name="recipes_recipe_ingred_034574e7",
                    ),
                    models.UniqueConstraint(
                        fields=("recipe", "ingredient"), name="recipes_recipe_ingred_aa251fba"
                    ),
                ],
            },
        ),
    ]
