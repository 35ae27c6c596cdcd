"""Models to adopt, each with what it is about."""

import uuid
from decimal import Decimal

from django.contrib.auth.models import User
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper
from django.test.utils import isolate_apps

from tests.scaffold.adoption.enumerations import Level, Status

# ruff: noqa: DJ001, DJ008 (a model that somebody else wrote is as it is)

__all__ = ["MODELS"]


class Trimmed(models.CharField):  # type: ignore[type-arg]  # Django's class is generic for type checkers only
    """Text that is stored without spaces around it."""

    default_validators = [RegexValidator(".")]  # noqa: RUF012  # as Django declares it

    def get_prep_value(self, value: object) -> object:
        """Return the text without spaces."""
        return str(value).strip()


class ByCode(models.Manager[models.Model]):
    """Rows in the order of their codes."""

    def get_queryset(self) -> models.QuerySet[models.Model]:
        """Return the rows in order."""
        return super().get_queryset().order_by("code")


class Shown(models.Manager[models.Model]):
    """Rows that are shown."""

    def get_queryset(self) -> models.QuerySet[models.Model]:
        """Return the rows that are shown."""
        return super().get_queryset().filter(shown=True)


def _make() -> dict[str, type[models.Model]]:
    class Country(models.Model):
        code = models.CharField(max_length=2, primary_key=True)
        name = models.CharField(max_length=50)
        objects = ByCode()

        class Meta:
            app_label = "depot"
            ordering = ("-name",)

    class Hidden(models.Model):
        shown = models.BooleanField()
        objects = Shown()

        class Meta:
            app_label = "depot"

    class Article(models.Model):
        class Size(models.TextChoices):
            SMALL = "s"
            LARGE = "l"

        id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
        title = models.CharField(max_length=100, db_index=True)
        code = models.CharField(max_length=20, null=True, unique=True, validators=[RegexValidator(".")])
        text = models.TextField(blank=True)
        price = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("1.5"))
        stock = models.PositiveIntegerField(default=0)
        rank = models.SmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(9)])
        status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
        level = models.IntegerField(choices=Level)
        size = models.CharField(max_length=1, choices=Size)
        colour = models.CharField(max_length=10, choices=[("red", "Red"), ("blue", "Blue")], blank=True)
        data = models.JSONField(default=list)
        raw = models.BinaryField(null=True)
        photo = models.ImageField(upload_to="photos")
        trimmed = Trimmed(max_length=20)
        loud = models.GeneratedField(
            expression=Upper("title"), output_field=models.CharField(max_length=100), db_persist=True
        )
        stored_at = models.DateTimeField(db_default=Now())
        changed_at = models.DateTimeField(auto_now=True)
        limit = models.IntegerField(default=3)
        token = models.CharField(max_length=40)
        internal = models.IntegerField(default=3, editable=False)
        found_by = models.TextField(editable=False)
        country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True)
        keeper = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
        parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True)
        countries = models.ManyToManyField(Country, related_name="+")
        suppliers = models.ManyToManyField(Country, through="Supply", related_name="+")

        class Meta:
            app_label = "depot"
            unique_together = (("title", "country"),)
            ordering = ("title",)
            constraints = (
                models.CheckConstraint(condition=Q(stock__lte=F("rank")), name="odd"),
                models.CheckConstraint(condition=Q(price__gte=0) & Q(price__lte=100), name="fair"),
            )

        def save(self, *args: object, **kwargs: object) -> None:
            super().save()

    class Supply(models.Model):
        article = models.ForeignKey(Article, on_delete=models.CASCADE)
        country = models.ForeignKey(Country, on_delete=models.CASCADE)

        class Meta:
            app_label = "depot"

    class Place(models.Model):
        pk = models.CompositePrimaryKey("x", "y")
        x = models.IntegerField()
        y = models.IntegerField()

        class Meta:
            app_label = "depot"

    class Stored(models.Model):
        article = models.OneToOneField(Article, primary_key=True, on_delete=models.CASCADE)
        amount = models.IntegerField()

        class Meta:
            app_label = "depot"

    class Note(models.Model):
        content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
        object_id = models.PositiveIntegerField()
        target = GenericForeignKey()

        class Meta:
            app_label = "depot"

    class Account(models.Model):
        number = models.AutoField(primary_key=True)
        owner = models.ForeignKey(User, on_delete=models.CASCADE, editable=False)

        class Meta:
            app_label = "depot"

    class Blob(models.Model):
        content = models.BinaryField()

        class Meta:
            app_label = "depot"

    class Node(models.Model):
        above = models.ForeignKey("self", on_delete=models.CASCADE)

        class Meta:
            app_label = "depot"

    found = (Account, Article, Blob, Country, Hidden, Node, Note, Place, Stored, Supply)
    return {model.__name__: model for model in found}


with isolate_apps("django.contrib.auth", "django.contrib.contenttypes"):
    MODELS = _make()
