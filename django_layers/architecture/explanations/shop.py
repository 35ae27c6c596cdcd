"""The project that the examples of the pages are part of: it breaks no rule itself."""

from collections.abc import Mapping

__all__ = ["SHOP"]

SHOP: Mapping[str, str] = {
    "common/__init__.py": "",
    "depot/__init__.py": "",
    "depot/models.py": """\
from django.db import models


class Shelf(models.Model):
    name = models.CharField(max_length=50)
""",
    "depot/schemas.py": """\
from pydantic import BaseModel


class ShelfRead(BaseModel):
    id: int
    name: str
""",
    "depot/services.py": """\
from depot.schemas import ShelfRead


class ShelfService:
    def get(self, shelf_id: int) -> ShelfRead:
        raise NotImplementedError
""",
    "shop/__init__.py": "",
    "shop/models/__init__.py": "",
    "shop/models/book.py": """\
from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=200)
    shelf = models.ForeignKey("depot.Shelf", on_delete=models.PROTECT, related_name="books")
""",
    "shop/models/page.py": """\
from django.db import models


class Page(models.Model):
    book = models.ForeignKey("shop.Book", on_delete=models.CASCADE, related_name="pages")
    text = models.TextField()
""",
    "shop/schemas/__init__.py": "",
    "shop/schemas/book.py": """\
from pydantic import BaseModel


class BookRead(BaseModel):
    id: int
    title: str
    shelf_id: int
""",
    "shop/repositories/__init__.py": "",
    "shop/repositories/book.py": """\
from typing import Protocol

from shop.schemas.book import BookRead


class BookRepository(Protocol):
    def get(self, book_id: int, /) -> BookRead: ...
    def add(self, title: str, /) -> BookRead: ...
    def delete(self, book_id: int, /) -> None: ...
""",
    "shop/repositories/orm/__init__.py": "",
    "shop/repositories/orm/book.py": """\
from shop.models.book import Book
from shop.schemas.book import BookRead


class DjangoBookRepository:
    def get(self, book_id: int, /) -> BookRead:
        book = Book.objects.get(pk=book_id)
        return BookRead(id=book.pk, title=book.title, shelf_id=book.shelf_id)

    def add(self, title: str, /) -> BookRead:
        book = Book.objects.create(title=title)
        return BookRead(id=book.pk, title=book.title, shelf_id=book.shelf_id)

    def delete(self, book_id: int, /) -> None:
        Book.objects.filter(pk=book_id).delete()
""",
    "shop/services/__init__.py": "",
    "shop/services/book.py": """\
from shop.repositories.book import BookRepository
from shop.schemas.book import BookRead


class BookService:
    def __init__(self, books: BookRepository) -> None:
        self._books = books

    def get(self, book_id: int) -> BookRead:
        return self._books.get(book_id)
""",
    "shop/dependencies.py": """\
from shop.repositories.orm.book import DjangoBookRepository
from shop.services.book import BookService


def book_service() -> BookService:
    return BookService(DjangoBookRepository())
""",
}
"""Its files, by their paths."""
