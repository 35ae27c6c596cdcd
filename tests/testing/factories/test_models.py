"""Factories that are worked out from models."""

# ruff: noqa: DJ008, RUF012

import uuid
from decimal import Decimal

import pytest
from django.contrib.auth.models import AbstractUser, User
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Model, Q
from django.test.utils import isolate_apps, override_settings
from factory.django import DjangoModelFactory

from django_layers.testing import UserFactory, factory_for
from django_layers.testing.factories.models import _derived_user_factory
from tests.shop.models import Category, Details, Document, Product, Review, Sample, Supply, Tag


class AdminFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = "admin"


@pytest.mark.django_db
@pytest.mark.parametrize("label", ["shop.Product", "shop.Review", "shop.Supply", "shop.Note", "shop.Details"])
def test_many_rows_of_a_model_are_stored_without_a_collision(label: str) -> None:
    made = factory_for(label).create_batch(30)

    assert len({row.pk for row in made}) == 30


@pytest.mark.django_db
def test_a_required_reference_makes_the_row_it_refers_to() -> None:
    review = factory_for(Review).create()

    assert Product.objects.get() == review.product
    assert User.objects.get() == review.user


def test_what_is_optional_stays_empty() -> None:
    assert factory_for(Category).build().parent is None
    assert factory_for(Document).build().file.name == ""
    assert factory_for(Sample).build().number is None
    assert factory_for(Details).build(product=None).origin == ""


def test_a_default_of_the_model_is_left_to_the_model() -> None:
    assert factory_for(Product).build().status == "draft"


def test_values_that_are_given_win() -> None:
    assert factory_for(Tag).build(name="mine").name == "mine"


def test_a_model_and_its_label_have_one_factory_so_its_values_go_on_counting() -> None:
    assert factory_for("shop.Tag") is factory_for(Tag)
    assert factory_for("shop.Tag").build().name != factory_for(Tag).build().name  # type: ignore[attr-defined]


def test_an_unknown_label_is_refused() -> None:
    with pytest.raises(LookupError, match="Nothing"):
        factory_for("shop.Nothing")


@isolate_apps("tests.shop")
def test_values_keep_to_length_choices_validators_and_check_constraints() -> None:
    class Fussy(Model):
        code = models.CharField(max_length=2, unique=True)
        size = models.CharField(max_length=1, choices=[("s", "small"), ("l", "large")])
        stars = models.IntegerField()
        share = models.DecimalField(
            max_digits=3,
            decimal_places=2,
            validators=[MinValueValidator(Decimal("0.50")), MaxValueValidator(Decimal("0.60"))],
        )
        weight = models.SmallIntegerField()

        class Meta:
            app_label = "shop"
            constraints = [
                models.CheckConstraint(condition=Q(stars__gte=2) & Q(stars__lte=4), name="stars"),
                models.CheckConstraint(condition=Q(weight__lt=0), name="weight"),
            ]

    made = factory_for(Fussy).build_batch(200)

    assert len({row.code for row in made}) == 200
    assert max(len(row.code) for row in made) == 2
    assert {row.size for row in made} == {"s", "l"}
    assert {row.stars for row in made} == {2, 3, 4}
    assert {row.share for row in made} <= {Decimal(f"0.{number}") for number in range(50, 61)}
    assert all(-32768 <= row.weight < 0 for row in made)


@isolate_apps("tests.shop")
def test_every_type_of_column_has_values_that_its_field_accepts() -> None:
    class Everything(Model):
        big = models.BigIntegerField()
        data = models.JSONField()
        day = models.DateField()
        email = models.EmailField(unique=True)
        flag = models.BooleanField()
        four = models.GenericIPAddressField(protocol="IPv4")
        length = models.DurationField()
        moment = models.DateTimeField()
        number = models.PositiveIntegerField()
        raw = models.BinaryField()
        ratio = models.FloatField()
        six = models.GenericIPAddressField(protocol="IPv6")
        slug = models.SlugField(max_length=10, unique=True)
        text = models.TextField()
        time = models.TimeField()
        url = models.URLField()
        code = models.UUIDField()

        class Meta:
            app_label = "shop"

    for row in factory_for(Everything).build_batch(40):
        row.clean_fields()
        assert row.data
        assert row.raw


@isolate_apps("tests.shop")
def test_a_type_that_nothing_is_known_about_is_refused_with_the_way_out() -> None:
    class Point(models.Field):  # type: ignore[type-arg]
        pass

    class Place(Model):
        where = Point()

        class Meta:
            app_label = "shop"

    with pytest.raises(TypeError, match=r"shop\.Place\.where is a Point.*Declare a factory of Place yourself"):
        factory_for(Place)


@isolate_apps("tests.shop")
def test_required_references_that_lead_in_a_circle_are_refused() -> None:
    class Hen(Model):
        egg = models.ForeignKey("shop.Egg", on_delete=models.CASCADE)

        class Meta:
            app_label = "shop"

    class Egg(Model):
        hen = models.ForeignKey(Hen, on_delete=models.CASCADE)

        class Meta:
            app_label = "shop"

    with pytest.raises(TypeError, match="Hen -> Egg -> Hen"):
        factory_for(Hen)
    with pytest.raises(TypeError, match="Egg -> Hen -> Egg"):
        factory_for(Egg)


@pytest.mark.django_db
def test_users_can_sign_in_only_with_a_password_that_was_given() -> None:
    assert not UserFactory().has_usable_password()
    assert UserFactory(password="secret").check_password("secret")
    assert UserFactory().is_active


@pytest.mark.django_db
def test_a_factory_of_users_can_be_extended() -> None:
    class StaffFactory(UserFactory):
        is_staff = True

    assert StaffFactory().is_staff


@isolate_apps("tests.shop")
def test_users_with_a_uuid_key_who_sign_in_by_email_are_made_too() -> None:
    class Member(AbstractUser):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        username = None  # type: ignore[assignment]
        email = models.EmailField(unique=True)
        groups = None  # type: ignore[assignment]
        user_permissions = None  # type: ignore[assignment]
        is_active = models.BooleanField(default=False)

        USERNAME_FIELD = "email"
        REQUIRED_FIELDS = []

        class Meta:
            app_label = "shop"

    first, second = _derived_user_factory(Member).build_batch(2)

    assert isinstance(first, Member)
    assert first.email != second.email  # type: ignore[attr-defined]
    assert first.pk != second.pk
    assert first.is_active


@override_settings(DJANGO_LAYERS={"USER_FACTORY": f"{__name__}.AdminFactory"})
def test_the_projects_own_factory_of_users_is_used_everywhere() -> None:
    from django_layers.testing import UserFactory as Configured

    assert Configured is AdminFactory
    assert factory_for("auth.User") is AdminFactory
    assert factory_for(User) is AdminFactory


@pytest.mark.parametrize(
    ("path", "message"),
    [("nowhere.Factory", "cannot be imported"), (f"{__name__}.pytest", "not a subclass")],
)
def test_a_setting_that_names_no_factory_is_refused(path: str, message: str) -> None:
    with override_settings(DJANGO_LAYERS={"USER_FACTORY": path}), pytest.raises(ImproperlyConfigured, match=message):
        factory_for(User)


def test_models_with_two_references_get_both(db: None) -> None:
    supply = factory_for(Supply).create()

    assert supply.supplier.pk
    assert supply.product.pk
