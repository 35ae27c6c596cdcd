"""Values that columns could hold."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import models

from django_layers.repositories.explain.samples import sample, sample_for
from tests.shop.models import Product, Review
from tests.shop.types import ProductStatus


class Hex(models.Field):
    """A field of somebody else's, that takes hexadecimal digits alone."""

    def get_prep_value(self, value: object) -> object:
        return int(str(value), 16)


class Point(models.Field):
    """A field of somebody else's, that takes nothing simple."""

    def get_prep_value(self, value: object) -> object:
        raise TypeError("no point")


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (models.BigIntegerField(), int),
        (models.AutoField(primary_key=True), int),
        (models.BinaryField(), bytes),
        (models.BooleanField(), bool),
        (models.CharField(max_length=3), str),
        (models.DateField(), dt.date),
        (models.DateTimeField(), dt.datetime),
        (models.DecimalField(max_digits=3, decimal_places=1), Decimal),
        (models.DurationField(), dt.timedelta),
        (models.FloatField(), float),
        (models.JSONField(), dict),
        (models.TimeField(), dt.time),
        (models.UUIDField(), UUID),
        (Hex(), str),
        (Point(), type(None)),
    ],
)
def test_a_sample_is_of_the_type_of_its_field(field: models.Field, kind: type) -> None:
    assert type(sample(field)) is kind


def test_a_sample_of_a_choice_is_a_choice_and_of_a_reference_a_key() -> None:
    assert sample(Product._meta.get_field("status")) == ProductStatus.values[0]
    assert sample(Review._meta.get_field("product")) == 1


def test_lookups_ask_for_what_they_compare_with() -> None:
    price, created_at = Product._meta.get_field("price"), Product._meta.get_field("created_at")

    assert sample_for(price, ("isnull",)) is True
    assert sample_for(price, ("in",)) == (Decimal(1),)
    assert sample_for(price, ("range",)) == (Decimal(1), Decimal(1))
    assert sample_for(created_at, ("year", "gte")) == 1
    assert sample_for(price, ("gte",)) == Decimal(1)
    assert sample_for(None, ("gte",)) == 1
