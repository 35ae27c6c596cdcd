"""Every query of books, authors and reviews."""

from typing import ClassVar

from django_layers.repositories import ModelRepository
from tests.benchmarks.bookshop.models import Author, Book, Review
from tests.benchmarks.bookshop.ours.schemas import (
    AuthorChanges,
    AuthorInsert,
    AuthorQuery,
    AuthorRead,
    BookChanges,
    BookInsert,
    BookQuery,
    BookRead,
    ReviewChanges,
    ReviewInsert,
    ReviewQuery,
    ReviewRead,
)


class DjangoBookRepository(ModelRepository[Book, BookRead, BookInsert, BookChanges, BookQuery]):
    """Books in the database."""

    filters: ClassVar = {"published_min": "published__gte"}

    def everything(self) -> tuple[BookRead, ...]:
        """Return all books, the first one first."""
        return self._read(self._queryset().order_by("id"))


class DjangoAuthorRepository(ModelRepository[Author, AuthorRead, AuthorInsert, AuthorChanges, AuthorQuery]):
    """Authors in the database."""


class DjangoReviewRepository(ModelRepository[Review, ReviewRead, ReviewInsert, ReviewChanges, ReviewQuery]):
    """Reviews in the database."""
