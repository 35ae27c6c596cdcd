"""The tables of the archive."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q

from django_layers.repositories import row_scope
from tests.archive.tenancy import current_tenant


class Genre(models.TextChoices):
    """Kinds of books."""

    NOVEL = "novel"
    ESSAY = "essay"


class Grade(models.IntegerChoices):
    """How well something is kept."""

    POOR = 1
    GOOD = 2


class Tenanted(models.Model):
    """A row of a tenant."""

    tenant = models.IntegerField(default=1)
    is_deleted = models.BooleanField(default=False)
    name = models.CharField(max_length=50)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


@row_scope(Tenanted)
def rows_of_the_tenant() -> Q:
    """Return what the rows of the tenant meet."""
    tenant = current_tenant()
    return Q() if tenant is None else Q(tenant=tenant) & ~Q(is_deleted=True)


class City(Tenanted):
    """A city."""


class Publisher(Tenanted):
    """A publisher, which always has a city."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="publishers")


class Author(Tenanted):
    """An author, who may have a publisher, a mentor and friends."""

    publisher = models.ForeignKey(Publisher, on_delete=models.SET_NULL, null=True, related_name="authors")
    mentor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="pupils")
    friends = models.ManyToManyField("self")


class Subject(Tenanted):
    """What books are about."""

    follows = models.ManyToManyField("self", symmetrical=False, related_name="leads_to")


class Book(Tenanted):
    """A book, which may have an author and always has an editor."""

    code = models.CharField(max_length=20, unique=True)
    author = models.ForeignKey(Author, on_delete=models.SET_NULL, null=True, related_name="books")
    editor = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="edited")
    subjects = models.ManyToManyField(Subject, related_name="books")
    marks = GenericRelation("archive.Mark")


class Chapter(models.Model):
    """A chapter, which refers to its book by its code."""

    book = models.ForeignKey(Book, on_delete=models.CASCADE, to_field="code", related_name="chapters")
    title = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.title


class Footnote(models.Model):
    """A footnote of a chapter."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="footnotes")
    text = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.text


class Loan(models.Model):
    """A loan of a book; those of closed counters are out of scope, which takes a subquery to say."""

    book = models.OneToOneField(Book, on_delete=models.CASCADE, related_name="loan")
    reader = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.reader


@row_scope(Loan)
def loans_of_books_that_are_there() -> Q:
    """Return what loans meet whose book is not deleted."""
    if current_tenant() is None:
        return Q()
    return Q(Exists(Book.objects.filter(pk=OuterRef("book_id"), is_deleted=False)))


class Piece(models.Model):
    """Something that is kept."""

    title = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.title


class Film(Piece):
    """A piece that can be shown."""

    minutes = models.IntegerField()


class Screening(models.Model):
    """A showing of a film."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="screenings")
    place = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.place


class Mark(models.Model):
    """A mark on anything."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    text = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.text


class Placement(models.Model):
    """Where a piece stands; its key is composite."""

    pk = models.CompositePrimaryKey("room", "number")
    room = models.IntegerField()
    number = models.IntegerField()
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="placements")

    def __str__(self) -> str:
        return f"{self.room}/{self.number}"


class Reversed(models.CharField):
    """Text that is stored backwards."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Return the text the right way round."""
        return None if value is None else value[::-1]

    def get_prep_value(self, value: str | None) -> str | None:
        """Return the text backwards."""
        return None if value is None else value[::-1]


class Specimen(models.Model):
    """A column of every type; each of them may be NULL."""

    text = models.TextField(null=True)
    chars = models.CharField(max_length=50, null=True)
    slug = models.SlugField(null=True)
    email = models.EmailField(null=True)
    url = models.URLField(null=True)
    ip = models.GenericIPAddressField(null=True)
    path = models.FilePathField(path="/srv", null=True)
    number = models.IntegerField(null=True)
    big = models.BigIntegerField(null=True)
    small = models.SmallIntegerField(null=True)
    positive = models.PositiveIntegerField(null=True)
    positive_big = models.PositiveBigIntegerField(null=True)
    positive_small = models.PositiveSmallIntegerField(null=True)
    ratio = models.FloatField(null=True)
    amount = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    flag = models.BooleanField(null=True)
    day = models.DateField(null=True)
    moment = models.DateTimeField(null=True)
    time = models.TimeField(null=True)
    length = models.DurationField(null=True)
    code = models.UUIDField(null=True)
    data = models.JSONField(null=True)
    raw = models.BinaryField(null=True)
    file = models.FileField(upload_to="archive", null=True)
    genre = models.CharField(max_length=20, choices=Genre, null=True)
    grade = models.IntegerField(choices=Grade, null=True)
    reversed = Reversed(max_length=50, null=True)
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, null=True)

    def __str__(self) -> str:
        return f"specimen {self.pk}"
