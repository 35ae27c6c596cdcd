"""What is read from models that exist."""

import uuid
from dataclasses import replace

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test.utils import isolate_apps

from django_layers.scaffold.project.introspect import ModelsFacts, field_type_name, key_type, may_query, model_facts
from django_layers.scaffold.project.layout import KeyType
from tests.shop.models import Product, Sample


def test_key_of_the_user_model_is_an_integer() -> None:
    assert key_type(User) == KeyType("int")


@isolate_apps("django.contrib.auth", "django.contrib.contenttypes")
def test_key_of_a_user_model_with_uuid_keys_is_a_uuid() -> None:
    class Account(AbstractBaseUser):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)

        class Meta:
            app_label = "auth"

    assert key_type(Account) == KeyType("UUID", "uuid")


@isolate_apps("django.contrib.auth")
def test_key_that_is_text_is_text_and_one_that_is_a_reference_is_that_of_its_target() -> None:
    class Country(models.Model):
        code = models.CharField(max_length=2, primary_key=True)

        class Meta:
            app_label = "auth"

        def __str__(self) -> str:
            return self.code

    class Capital(models.Model):
        country = models.OneToOneField(Country, on_delete=models.CASCADE, primary_key=True)

        class Meta:
            app_label = "auth"

        def __str__(self) -> str:
            return "capital"

    assert key_type(Country) == KeyType("str")
    assert key_type(Capital) == KeyType("str")


@isolate_apps("django.contrib.auth")
def test_key_without_a_type_in_python_is_refused_and_its_model_left_out() -> None:
    class Blob(models.Model):
        content = models.BinaryField(primary_key=True)

        class Meta:
            app_label = "auth"

        def __str__(self) -> str:
            return "blob"

    with pytest.raises(ValueError, match=r"auth\.Blob is a BinaryField"):
        key_type(Blob)
    assert set(ModelsFacts([Blob, Group])) == {"auth.Group"}


def test_every_scalar_field_of_the_sample_has_its_type() -> None:
    found = {field.name: field_type_name(field) for field in Sample._meta.fields}
    assert found == {
        "id": "bigint",
        "title": "str",
        "text": "text",
        "number": "int",
        "big": "bigint",
        "small": "smallint",
        "ratio": "float",
        "amount": "decimal",
        "flag": "bool",
        "day": "date",
        "moment": "datetime",
        "time": "time",
        "length": "duration",
        "code": "uuid",
        "email": "email",
        "url": "url",
        "slug": "slug",
        "ip": "ip",
        "data": "json",
    }


def test_field_of_a_class_of_ones_own_has_the_type_of_its_parent() -> None:
    class Shouting(models.CharField):  # type: ignore[type-arg]  # subscripting fails at run time
        pass

    assert field_type_name(Shouting(max_length=5)) == "str"
    assert field_type_name(models.CharField(max_length=5, choices=[("a", "A")])) == "choice"
    assert field_type_name(models.BinaryField()) == ""


def test_facts_of_a_model_name_its_fields_its_references_and_the_ways_back() -> None:
    facts = model_facts(Group)
    assert facts.label == "auth.Group"
    assert facts.fields["name"].type == "str"
    assert str(facts.fields["name"].annotation) == "str"
    assert facts.fields["permissions"].type == "m2m"
    assert facts.fields["permissions"].annotation is None
    assert "user_set" in facts.reverse_accessors
    assert model_facts(ContentType).reverse_accessors >= {"permission_set"}


def test_a_project_without_a_model_has_no_ways_back_from_it() -> None:
    models = ModelsFacts([Group, Permission, User])
    assert models["auth.User"].label == "auth.User"

    without = models.without("auth.User")

    assert "user_set" in models["auth.Group"].reverse_accessors
    assert set(without) == {"auth.Group", "auth.Permission"}
    assert without.get("auth.User") is None
    assert without["auth.Group"].reverse_accessors == models["auth.Group"].reverse_accessors - {"user_set"}
    assert models.without("auth.Unheard") == models


def test_facts_that_are_changed_are_those_of_the_models_said() -> None:
    models = ModelsFacts([Group, Permission])
    changed = models.with_changes({"auth.Group": replace(models["auth.Group"], private=True)})

    assert (changed["auth.Group"].private, models["auth.Group"].private) == (True, False)
    assert changed["auth.Permission"] == models["auth.Permission"]


def test_nullable_fields_are_known() -> None:
    fields = model_facts(Sample).fields
    assert fields["number"].nullable
    assert not fields["title"].nullable


def test_references_to_one_row_are_told_apart_from_scalars() -> None:
    kinds = {name: field.type for name, field in model_facts(Product).fields.items()}
    assert "fk" in kinds.values()
    assert "m2m" in kinds.values()


@isolate_apps("tests.shop")
def test_a_field_class_that_works_out_what_it_stores_may_query() -> None:
    class Slug(models.SlugField):  # type: ignore[type-arg]
        def pre_save(self, model_instance: models.Model, add: bool) -> str:
            return "slug"

    class Page(models.Model):
        slug = Slug()

        class Meta:
            app_label = "shop"

        def __str__(self) -> str:
            return self.slug

    assert may_query(Page)
    assert not may_query(Product)
    assert not may_query(Sample)
