"""The rows: books of a hundred authors, three of thirty tags each; the same in every run."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from tests.benchmarks.bookshop.models import Author, Book, Entry, Language, Review, Tag

BEGIN = dt.datetime(2026, 1, 1, 8, 30, tzinfo=dt.UTC)
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
            written = BEGIN + dt.timedelta(minutes=37 * number, milliseconds=number % 1000)
            Book.objects.filter(pk=row.pk).update(created_at=written, updated_at=written + dt.timedelta(days=1))
        Review.objects.create(book=rows[0], stars=4, comment="Read it twice.")
    _analyze()


def fill_entries(count: int) -> None:
    """Store so many entries, ten a second."""
    for start in range(0, count, 50_000):
        with transaction.atomic():
            Entry.objects.bulk_create(
                (
                    Entry(number=number, label=f"entry {number}", created_at=BEGIN + dt.timedelta(seconds=number // 10))
                    for number in range(start, min(start + 50_000, count))
                ),
                batch_size=5_000,
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
