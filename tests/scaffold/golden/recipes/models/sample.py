"""The table of samples."""

import datetime as dt
from decimal import Decimal

from django.db import models

from recipes.types import SampleLevel


class Sample(models.Model):
    """A sample."""

    line = models.CharField(max_length=200, help_text='what it\'s "about"')
    nickname = models.CharField(
        max_length=20,
        unique=True,
        null=True,
        blank=True,
    )
    text = models.TextField()
    number = models.IntegerField()
    big = models.BigIntegerField(unique=True)
    small = models.SmallIntegerField(null=True, blank=True)
    ratio = models.FloatField()
    price = models.DecimalField(max_digits=8, decimal_places=2)
    active = models.BooleanField(default=False)
    day = models.DateField()
    moment = models.DateTimeField()
    at = models.TimeField(default=dt.time(9, 0))
    length = models.DurationField()
    code = models.UUIDField(unique=True)
    email = models.EmailField(unique=True)
    site = models.URLField(blank=True, default="")
    slug = models.SlugField(unique=True)
    address = models.GenericIPAddressField()
    data = models.JSONField(null=True, blank=True)
    manual = models.FileField(upload_to="recipes/sample/manual", blank=True)
    picture = models.ImageField(upload_to="recipes/sample/picture", blank=True)
    level = models.CharField(max_length=20, choices=SampleLevel)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "sample"
        verbose_name_plural = "samples"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="recipes_sample_newest"),
            models.Index(fields=["number"], name="recipes_sample_number_index"),
            models.Index(
                fields=["day", "-number"], name="recipes_sample_day_nu_761b3c40"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(small__gte=-3),
                name="recipes_sample_small_min",
            ),
            models.CheckConstraint(
                condition=models.Q(ratio__gte=0.0),
                name="recipes_sample_ratio_min",
            ),
            models.CheckConstraint(
                condition=models.Q(ratio__lte=1.0),
                name="recipes_sample_ratio_max",
            ),
            models.CheckConstraint(
                condition=models.Q(price__gte=Decimal("0.01")),
                name="recipes_sample_price_min",
            ),
            models.CheckConstraint(
                condition=models.Q(day__gte=dt.date(2020, 1, 1)),
                name="recipes_sample_day_min",
            ),
            models.CheckConstraint(
                condition=models.Q(at__lte=dt.time(18, 0)),
                name="recipes_sample_at_max",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=SampleLevel.values),
                name="recipes_sample_level_valid",
            ),
        )

    def __str__(self) -> str:
        return self.line
