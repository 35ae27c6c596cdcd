"""The composition root: which implementation each service gets."""

from django_layers.repositories import database_unit_of_work
from tests.benchmarks.bookshop.ours.repositories import (
    DjangoAuthorRepository,
    DjangoBookRepository,
    DjangoReviewRepository,
)
from tests.benchmarks.bookshop.ours.services import AuthorService, BookService, ReviewService


def book_service() -> BookService:
    """Return the service of books, on the database."""
    return BookService(books=DjangoBookRepository())


def author_service() -> AuthorService:
    """Return the service of authors, on the database."""
    return AuthorService(authors=DjangoAuthorRepository(), unit_of_work=database_unit_of_work())


def review_service() -> ReviewService:
    """Return the service of reviews, on the database."""
    return ReviewService(reviews=DjangoReviewRepository(), books=book_service(), unit_of_work=database_unit_of_work())
