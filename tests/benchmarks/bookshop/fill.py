"""The rows: books of a hundred authors, three of thirty tags each; the same in every run."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import DurationField, F, Value
from django.db.models.functions import Concat, Substr

from tests.benchmarks.bookshop.models import Author, Book, Language, Review, Tag

BEGIN = dt.datetime(2026, 1, 1, 8, 30, tzinfo=dt.UTC)
APART = dt.timedelta(minutes=37)
WORDS = (
    "the",
    "sea",
    "of",
    "winter",
    "letters",
    "from",
    "a",
    "garden",
    "at",
    "night",
    "and",
    "stories",
    "about",
    "people",
)


def fill(books: int) -> None:
    """Store so many books and a review."""
    draw = random.Random(2026)
    with transaction.atomic():
        authors = Author.objects.bulk_create(
            Author(name=f"{_words(draw, 3)} {number}", email=f"author{number}@example.org", born=dt.date(1960, 5, 17))
            for number in range(100)
        )
        tags = Tag.objects.bulk_create(
            Tag(name=f"{_words(draw, 2)} {number}", slug=f"tag-number-{number}") for number in range(30)
        )
        rows = Book.objects.bulk_create(_book(draw, number, draw.choice(authors)) for number in range(books))
        through = Book.tags.through
        through.objects.bulk_create(
            through(book_id=row.pk, tag_id=tag.pk) for row in rows for tag in draw.sample(tags, 3)
        )
        # Milliseconds only, since that is what Django's encoder writes; and not now, which `auto_now` would say.
        for number, row in enumerate(rows):
            written = BEGIN + number * APART + dt.timedelta(milliseconds=number % 1000)
            Book.objects.filter(pk=row.pk).update(created_at=written, updated_at=written + dt.timedelta(days=1))
        Review.objects.create(book=rows[0], stars=4, comment="Read it twice.")
    _analyze()


def copy_books(copies: int) -> None:
    """Store each book so many times more, later each time, with its tags; the books that there are have the first keys."""
    books = Book.objects.count()
    columns = [field.column for field in Book._meta.local_concrete_fields if not field.primary_key]
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(1, copies + 1):
            later = Value(number * books * APART, output_field=DurationField())
            copied = (
                Book.objects.filter(pk__lte=books)
                .order_by("pk")
                .annotate(
                    new_isbn=Concat(Value(f"{number:03x}"), Substr("isbn", 4)),
                    new_created_at=F("created_at") + later,
                )
            )
            names = [f"new_{name}" if name in {"isbn", "created_at"} else name for name in columns]
            sql, params = copied.values_list(*names).query.sql_with_params()
            cursor.execute(f"INSERT INTO bookshop_book ({', '.join(columns)}) {sql}", params)
        cursor.execute(
            "INSERT INTO bookshop_book_tags (book_id, tag_id) SELECT book.id, of_first.tag_id FROM bookshop_book book"
            " JOIN bookshop_book_tags of_first ON of_first.book_id = ((book.id - 1) %% %s) + 1 WHERE book.id > %s",
            [books, books],
        )
    _analyze()


def _book(draw: random.Random, number: int, author: Author) -> Book:
    return Book(
        uid=UUID(int=draw.getrandbits(128)),
        isbn=f"978{number:010d}",
        title=_words(draw, 10),
        language=draw.choice(Language.values),
        pages=draw.randint(80, 900),
        price=Decimal(draw.randint(500, 9_999)) / 100,
        rating=draw.randint(10, 50) / 10,
        in_print=draw.random() < 0.7,
        published=dt.date(1980, 1, 1) + dt.timedelta(days=draw.randint(0, 16_000)),
        author=author,
    )


def _words(draw: random.Random, count: int) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(count)).capitalize()


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
