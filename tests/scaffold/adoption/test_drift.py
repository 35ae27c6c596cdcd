"""What has drifted of a model that was adopted: every class of column, and every change that its layers can tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.postgres.fields import ArrayField, HStoreField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.test.utils import isolate_apps

from django_layers.scaffold.adoption.drift import differences
from django_layers.scaffold.adoption.errors import CannotAdopt
from django_layers.scaffold.adoption.fields import AnyField
from django_layers.scaffold.adoption.model import adoption_of
from django_layers.scaffold.adoption.options import with_options
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.plans.spec_data import from_data, to_data

Make = Callable[..., AnyField]

_NO_COLUMNS = {"CompositePrimaryKey", "Field", "ForeignObject", "OrderWrt"}
_KEYS = {"AutoField", "BigAutoField", "SmallAutoField"}
# Django keeps them for the migrations of old, and refuses them in models.
_REMOVED = {"CommaSeparatedIntegerField", "IPAddressField", "NullBooleanField"}


def _reference(kind: type[AnyField]) -> Make:
    return lambda to=User, **more: kind(to, **{"on_delete": models.CASCADE, "related_name": "+", **more})


COLUMNS: dict[str, Make] = {
    "ArrayField": lambda **more: ArrayField(models.IntegerField(), **more),
    "BigIntegerField": models.BigIntegerField,
    "BinaryField": lambda **more: models.BinaryField(**{"null": True, **more}),
    "BooleanField": models.BooleanField,
    "CharField": lambda **more: models.CharField(**{"max_length": 100, **more}),
    "DateField": models.DateField,
    "DateTimeField": models.DateTimeField,
    "DecimalField": lambda **more: models.DecimalField(**{"max_digits": 6, "decimal_places": 2, **more}),
    "DurationField": models.DurationField,
    "EmailField": models.EmailField,
    "FileField": models.FileField,
    "FilePathField": models.FilePathField,
    "FloatField": models.FloatField,
    "ForeignKey": _reference(models.ForeignKey),
    "GeneratedField": lambda **_: models.GeneratedField(
        expression=models.F("id") + 1, output_field=models.IntegerField(), db_persist=True
    ),
    "GenericIPAddressField": models.GenericIPAddressField,
    "HStoreField": HStoreField,
    "ImageField": models.ImageField,
    "IntegerField": models.IntegerField,
    "JSONField": models.JSONField,
    "ManyToManyField": lambda to=User, **_: models.ManyToManyField(to, related_name="+"),
    "OneToOneField": _reference(models.OneToOneField),
    "PositiveBigIntegerField": models.PositiveBigIntegerField,
    "PositiveIntegerField": models.PositiveIntegerField,
    "PositiveSmallIntegerField": models.PositiveSmallIntegerField,
    "SlugField": models.SlugField,
    "SmallIntegerField": models.SmallIntegerField,
    "TextField": models.TextField,
    "TimeField": models.TimeField,
    "URLField": models.URLField,
    "UUIDField": models.UUIDField,
}
"""What makes a column of each class."""

NUMBERS = [name for name in COLUMNS if name.endswith("IntegerField")] + ["DecimalField", "FloatField"]
# A file is None in answers where there is none, whatever its column says; the others have no such choice.
NEVER_NULL = {"BinaryField", "FileField", "GeneratedField", "ImageField", "ManyToManyField"}
# What requests can't set anyway, or what has an endpoint of its own.
NEVER_EDITED = {"BinaryField", "FileField", "GeneratedField", "ImageField"}
NO_FILTERS = {"ArrayField", "FloatField", "HStoreField", "JSONField", "TextField"}
REFERENCES = {"ForeignKey", "ManyToManyField", "OneToOneField"}


def _entity(column: AnyField | None, **meta: object) -> EntitySpec:
    with isolate_apps("tests.depot", "django.contrib.auth", "django.contrib.contenttypes"):
        body: dict[str, Any] = {
            "__module__": "tests.depot.models",
            "Meta": type("Meta", (), {"app_label": "depot", **meta}),
        }
        if column is not None:
            body["value"] = column
        return adoption_of(type("Thing", (models.Model,), body)).entity


def drift(before: AnyField | None, after: AnyField | None) -> list[str]:
    """Return what has drifted where a column was one and is another, as far as the ledger keeps it."""
    old = from_data(to_data(_entity(before)))
    return list(differences(old, with_options(_entity(after), old)))


def test_every_class_of_column_is_tried() -> None:
    found = {name for name, kind in vars(models).items() if isinstance(kind, type) and issubclass(kind, models.Field)}

    assert found - _NO_COLUMNS - _KEYS - _REMOVED == COLUMNS.keys() - {"ArrayField", "HStoreField"}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_that_stays_has_not_drifted_and_one_that_comes_or_goes_has(name: str) -> None:
    make = COLUMNS[name]

    assert drift(make(), make()) == []
    if name != "BinaryField":
        assert [phrase.partition(":")[0] for phrase in drift(None, make())] == ["+ value"]
        assert drift(make(), None) == ["- value"]


@pytest.mark.parametrize("name", COLUMNS.keys() - NEVER_NULL)
def test_a_column_that_may_be_null_now_has_drifted(name: str) -> None:
    make = COLUMNS[name]

    assert drift(make(), make(null=True)) == ["~ value: null"]
    assert drift(make(null=True), make()) == ["~ value: null"]


@pytest.mark.parametrize("name", COLUMNS.keys() - NEVER_EDITED - {"ManyToManyField"})
def test_a_column_that_nobody_may_edit_any_more_has_drifted(name: str) -> None:
    make = COLUMNS[name]

    assert drift(make(null=True), make(null=True, editable=False)) == ["~ value: readonly"]


@pytest.mark.parametrize("name", COLUMNS.keys() - NEVER_EDITED - NO_FILTERS - REFERENCES)
def test_a_column_that_is_unique_or_indexed_now_has_drifted(name: str) -> None:
    make = COLUMNS[name]

    assert "~ value: unique" in drift(make(), make(unique=True))[0]
    if name != "SlugField":
        assert drift(make(), make(db_index=True)) == ["~ value: index"]


def test_a_reference_that_is_unique_now_and_one_that_leads_elsewhere_have_drifted() -> None:
    assert drift(COLUMNS["ForeignKey"](), COLUMNS["ForeignKey"](unique=True)) == ["~ value: type"]
    for name in REFERENCES:
        assert drift(COLUMNS[name](), COLUMNS[name](Group)) == ["~ value: argument"]
    for name in REFERENCES - {"ManyToManyField"}:
        make = COLUMNS[name]
        assert drift(make(), make(on_delete=models.PROTECT)) == ["~ value: on_delete"]


def test_a_column_of_another_class_has_drifted() -> None:
    unseen = set()
    for before, after in permutations(COLUMNS, 2):
        try:
            phrases = drift(COLUMNS[before](), COLUMNS[after]())
        except CannotAdopt:
            continue
        if not phrases:
            unseen.add((before, after))

    # A path of a file is a text of at most a hundred characters, and nothing else to a request.
    assert unseen == {("CharField", "FilePathField"), ("FilePathField", "CharField")}


@pytest.mark.parametrize("name", ["CharField", "EmailField", "FilePathField", "SlugField", "URLField"])
def test_a_text_of_another_length_has_drifted(name: str) -> None:
    assert len(drift(COLUMNS[name](), COLUMNS[name](max_length=33))) == 1


def test_a_decimal_of_other_digits_has_drifted() -> None:
    make = COLUMNS["DecimalField"]

    assert drift(make(), make(max_digits=7)) == ["~ value: argument"]
    assert drift(make(), make(decimal_places=3)) == ["~ value: argument"]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_with_other_bounds_has_drifted(name: str) -> None:
    make = COLUMNS[name]
    low, high = MinValueValidator(3), MaxValueValidator(9)

    assert drift(make(), make(validators=[low])) == ["~ value: min"]
    assert drift(make(validators=[low, high]), make(validators=[low])) == ["~ value: max"]


@pytest.mark.parametrize("name", ["CharField", "IntegerField", "PositiveSmallIntegerField", "SmallIntegerField"])
def test_other_choices_have_drifted(name: str) -> None:
    make = COLUMNS[name]
    values: list[Any] = ["a", "b", "c"] if name == "CharField" else [1, 2, 3]
    choices = [(value, str(value)) for value in values]

    assert drift(make(choices=choices), make(choices=choices)) == []
    assert drift(make(choices=choices), make(choices=choices[:2])) == ["~ value: argument"]
    assert "type" in drift(make(), make(choices=choices))[0]
    assert drift(make(choices=choices), make(choices=[(value, "other") for value in values])) == []


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("BooleanField", True),
        ("CharField", "x"),
        ("DateField", dt.date(2026, 1, 1)),
        ("DecimalField", 1),
        ("DurationField", dt.timedelta(hours=1)),
        ("FloatField", 1.5),
        ("IntegerField", 4),
        ("TimeField", dt.time(9)),
    ],
)
def test_another_default_has_drifted(name: str, default: object) -> None:
    assert len(drift(COLUMNS[name](), COLUMNS[name](default=default))) == 1


@pytest.mark.parametrize("name", ["DateField", "DateTimeField", "TimeField"])
def test_a_moment_that_the_model_writes_now_has_drifted(name: str) -> None:
    make = COLUMNS[name]

    assert drift(make(), make(auto_now_add=True)) == ["~ value: filled"]
    assert drift(make(), make(auto_now=True)) == ["~ value: filled"]


def test_a_default_of_the_database_has_drifted() -> None:
    make = COLUMNS["DateTimeField"]

    assert drift(make(), make(db_default=Now())) == ["~ value: filled"]


def test_what_a_model_says_of_several_columns_has_drifted() -> None:
    make = COLUMNS["IntegerField"]
    old = _entity(make())
    unique = models.UniqueConstraint(fields=["id", "value"], name="both")

    assert list(differences(old, _entity(make(), ordering=["-value"]))) == ["~ order"]
    assert list(differences(old, _entity(make(), constraints=[unique]))) == []
    least = models.CheckConstraint(condition=models.Q(value__gte=2), name="least")
    assert list(differences(old, _entity(make(), constraints=[least]))) == ["~ value: min"]
