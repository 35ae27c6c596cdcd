"""The tables: books of authors, with tags; and their reviews."""

from django.db import models


class Language(models.TextChoices):
    """The languages that books are in."""

    ENGLISH = "en", "English"
    GERMAN = "de", "German"
    FRENCH = "fr", "French"


class Author(models.Model):
    """An author."""

    name = models.CharField(max_length=100)
    email = models.EmailField()
    born = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = (models.Index(fields=["-created_at", "-id"], name="bookshop_author_newest"),)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A tag."""

    name = models.CharField(max_length=50)
    slug = models.SlugField()

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    """A book: twelve columns, an author and tags."""

    uid = models.UUIDField()
    isbn = models.CharField(max_length=13, unique=True)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=20, choices=Language)
    pages = models.IntegerField()
    price = models.DecimalField(max_digits=8, decimal_places=2)
    rating = models.FloatField()
    in_print = models.BooleanField()
    published = models.DateField()
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="books")
    tags = models.ManyToManyField(Tag, related_name="books", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = (models.Index(fields=["-created_at", "-id"], name="bookshop_book_newest"),)

    def __str__(self) -> str:
        return self.title


class Review(models.Model):
    """A review of a book."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="reviews")
    stars = models.IntegerField()
    comment = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"review {self.pk}"
