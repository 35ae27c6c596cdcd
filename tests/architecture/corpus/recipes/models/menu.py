from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from recipes.types import Status

SIZES = [("s", "Small"), ("l", "Large")]


class Menu(models.Model):
    class Kind(models.TextChoices):
        LUNCH = "lunch", "Lunch"
        DINNER = "dinner", "Dinner"

    title = models.CharField(max_length=100)
    note = models.CharField(max_length=100)
    forgotten = models.TextField(blank=True)  # L701 Menu
    recipe = models.ForeignKey("recipes.Recipe", on_delete=models.PROTECT, related_name="+")
    dishes = models.ManyToManyField("recipes.Recipe", related_name="menus")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    size = models.CharField(max_length=1, choices=SIZES)
    status = models.CharField(max_length=10, choices=Status.choices)
    course = models.IntegerField(choices=[(1, "First"), (2, "Second")])
    seats = models.PositiveIntegerField()
    stars = models.IntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    rank = models.IntegerField()
    price = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(rank__gte=1) & models.Q(rank__lte=9), name="rank"),
        ]
