"""An app that was there before its layers: a column of every class, every kind of reference and of inheritance."""

__all__ = ["FILES", "REFUSED", "UNTESTED"]

REFUSED = {"Account": "owner is not editable", "Place": "its key is composite"}
"""The models that can't be adopted, and why."""

UNTESTED = ("Shy", "ShyChild", "Twofold")
"""The models that are adopted without tests."""

_TYPES = '''
"""Enumerations of the catalogue."""

from django.db.models import IntegerChoices, TextChoices


class Status(TextChoices):
    """How far a product is."""

    DRAFT = "draft"
    LIVE = "live"


class Level(IntegerChoices):
    """How much there is of something."""

    LOW = 1
    HIGH = 2
'''

_MODELS = '''
"""The tables of the catalogue."""

import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper
from django.utils import timezone

from catalogue.types import Level, Status


class Base(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Country(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=50)

    class Meta:
        ordering = ["name"]


class Category(Base):
    name = models.CharField(max_length=50, unique=True)
    slug = models.SlugField(blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE)
    related = models.ManyToManyField("self", blank=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self.name.lower()
        self.name = self.name.upper()
        super().save(*args, **kwargs)


class Trimmed(models.CharField):  # type: ignore[type-arg]
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = str(getattr(model_instance, self.attname)).strip()
        setattr(model_instance, self.attname, value)
        return value


class Product(Base):
    class Size(models.TextChoices):
        SMALL = "s"
        LARGE = "l"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=100, db_index=True)
    upc = models.CharField(max_length=20, null=True, blank=True, unique=True, validators=[RegexValidator(".")])
    text = models.TextField(blank=True)
    price = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("0.00"))
    stock = models.PositiveIntegerField(default=0)
    rating = models.FloatField(null=True, blank=True)
    big = models.BigIntegerField(default=5)
    small = models.SmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(9)])
    positive_small = models.PositiveSmallIntegerField(null=True)
    positive_big = models.PositiveBigIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    level = models.IntegerField(choices=Level, default=Level.LOW)
    size = models.CharField(max_length=1, choices=Size)
    colour = models.CharField(max_length=10, choices=[("red", "Red"), ("blue", "Blue")], blank=True)
    hidden = models.BooleanField(default=False)
    maybe = models.BooleanField(null=True)
    day = models.DateField(default=timezone.localdate)
    moment = models.DateTimeField(null=True, blank=True)
    at = models.TimeField(null=True)
    length = models.DurationField(null=True)
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    data = models.JSONField(default=list, blank=True)
    extra = models.JSONField(null=True, blank=True)
    mail = models.EmailField(blank=True)
    site = models.URLField(blank=True)
    ip = models.GenericIPAddressField(null=True)
    path = models.FilePathField(path="/srv", blank=True)
    raw = models.BinaryField(null=True)
    manual = models.FileField(upload_to="manuals", blank=True)
    photo = models.ImageField(upload_to="photos")
    trimmed = Trimmed(max_length=20)
    loud = models.GeneratedField(
        expression=Upper("title"), output_field=models.CharField(max_length=100), db_persist=True
    )
    stored_at = models.DateTimeField(db_default=Now())
    number = models.IntegerField(db_default=7)
    limit = models.IntegerField(default=3)
    categories = models.ManyToManyField(Category, blank=True, related_name="products")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True)
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    suppliers: "models.ManyToManyField[Supplier, Supply]" = models.ManyToManyField("Supplier", through="Supply")
    tags = GenericRelation("catalogue.Tag")

    class Meta:
        unique_together = [("title", "country")]
        constraints = [
            models.CheckConstraint(condition=Q(stock__lte=F("positive_big") + 10_000_000), name="catalogue_odd"),
            models.CheckConstraint(condition=Q(price__gte=0), name="catalogue_price"),
        ]


class Supplier(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        ordering = ["pk"]


class Supply(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE)
    price = models.DecimalField(max_digits=6, decimal_places=2)


class Book(Product):
    pages = models.IntegerField()


class Atlas(Book):
    maps = models.PositiveIntegerField(unique=True)
    editor = models.ForeignKey("Supplier", on_delete=models.PROTECT, related_name="atlases")
    regions = models.ManyToManyField(Country, blank=True, related_name="atlases")


class Mark(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="marks")
    page = models.PositiveIntegerField()

    class Meta:
        unique_together = [("book", "page")]


class Venue(models.Model):
    code = models.CharField(max_length=8, primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")


class Hall(Venue):
    seats = models.PositiveIntegerField()

    class Meta:
        ordering = ["-seats", "pk"]


class Twofold(Venue):
    venue = models.OneToOneField(Venue, on_delete=models.CASCADE, parent_link=True)
    number = models.IntegerField(primary_key=True)


class Cheap(Product):
    class Meta:
        proxy = True


class Stock(models.Model):
    product = models.OneToOneField(Product, primary_key=True, on_delete=models.CASCADE, related_name="stocked")
    amount = models.IntegerField()


class Tag(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.CharField(max_length=40)
    target = GenericForeignKey()
    text = models.CharField(max_length=10)


class Place(models.Model):
    pk = models.CompositePrimaryKey("x", "y")
    x = models.IntegerField()
    y = models.IntegerField()


class Ring(models.Model):
    other = models.ForeignKey("Bell", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=5)


class Bell(models.Model):
    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="bells")


class Account(models.Model):
    key = models.AutoField(primary_key=True)
    api_key = models.CharField(max_length=30)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, editable=False)


class Visible(models.Manager["Shy"]):
    def get_queryset(self) -> "models.QuerySet[Shy]":
        return super().get_queryset().filter(hidden=False)


class Shy(models.Model):
    hidden = models.BooleanField(default=False)
    objects = Visible()


class ShyChild(models.Model):
    shy = models.ForeignKey(Shy, on_delete=models.CASCADE)


class Phone:
    def __init__(self, number: str) -> None:
        self.number = number


class PhoneField(models.CharField):  # type: ignore[type-arg]
    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Phone | None:
        return None if value is None else Phone(value)

    def to_python(self, value: Any) -> Any:
        return value.number if isinstance(value, Phone) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(value)


class UniqueSlug(models.SlugField):  # type: ignore[type-arg]
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        slug = getattr(model_instance, "name").lower().replace(" ", "-")
        others = type(model_instance)._default_manager.filter(slug=slug).exclude(pk=model_instance.pk)
        slug = f"{slug}-{others.count()}" if others.exists() else slug
        setattr(model_instance, self.attname, slug)
        return slug


class ByName(models.Manager["Shop"]):
    def get_queryset(self) -> "models.QuerySet[Shop]":
        return super().get_queryset().order_by("name")


class Shop(models.Model):
    name = models.CharField(max_length=30)
    slug = UniqueSlug(unique=True, editable=False)
    phone = PhoneField(max_length=20, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True, db_index=True)
    ratio = models.FloatField(unique=True)
    objects = ByName()

    class Meta:
        ordering = ["-opened_at"]


class Cart(models.Model):
    key = models.CharField(max_length=32, unique=True, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)
    status = models.CharField(max_length=10, choices=[("open", "Open"), ("paid", "Paid")], default="open")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or uuid.uuid4().hex
        super().save(*args, **kwargs)


class CartLine(models.Model):
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE)
    amount = models.PositiveIntegerField(default=1)

    class Meta:
        unique_together = [("cart", "amount")]
        ordering = ["-amount", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.cart.status != "open" or self.cart.cartline_set.exclude(pk=self.pk).filter(amount=self.amount):
            raise PermissionError
        super().save(*args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:  # type: ignore[override]
        return super().delete()
'''

FILES = {
    "catalogue/__init__.py": "",
    "catalogue/migrations/__init__.py": "",
    "catalogue/models.py": _MODELS,
    "catalogue/types.py": _TYPES,
}
"""The app, by path."""
