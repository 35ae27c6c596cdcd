"""What goes into and comes out of books, authors and reviews."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field

from django_layers.schemas import Int64, InternalSchema, PageQuery, RequestSchema, ResponseSchema, UpdateSchema
from tests.benchmarks.bookshop.models import Language

Name = Annotated[str, Field(min_length=1, max_length=100)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
Stars = Annotated[int, Field(ge=1, le=5)]


class BookAuthor(ResponseSchema):
    """What a book shows of its author."""

    id: int
    name: str
    email: str


class BookTag(ResponseSchema):
    """What a book shows of its tags."""

    id: int
    name: str
    slug: str


class BookRead(ResponseSchema):
    """What callers get back."""

    id: int
    uid: UUID
    isbn: str
    title: str
    language: Language
    pages: int
    price: Decimal
    rating: float
    in_print: bool
    published: dt.date
    created_at: dt.datetime
    updated_at: dt.datetime
    author: BookAuthor
    tags: tuple[BookTag, ...]


class BookInsert(InternalSchema):
    """What the service hands to the repository to store."""

    uid: UUID
    isbn: str
    title: str
    language: Language
    pages: int
    price: Decimal
    rating: float
    in_print: bool
    published: dt.date
    author_id: int


class BookChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    title: str | MISSING = MISSING
    price: Decimal | MISSING = MISSING


class BookQuery(PageQuery):
    """Filters, order and page of a list of books."""

    limit: Annotated[int, Field(ge=1, le=1_000)] = 25
    language: Language | None = None
    in_print: bool | None = None
    published_min: dt.date | None = None
    author_id: Int64 | None = None
    order_by: Literal["created_at", "-created_at", "published", "-published"] = "created_at"


class AuthorCreate(RequestSchema):
    """What a caller sends to create an author."""

    name: Name
    email: Email
    born: dt.date | None = None


class AuthorUpdate(UpdateSchema):
    """What a caller sends to change an author; a field left out keeps its value."""

    name: Name | MISSING = MISSING
    email: Email | MISSING = MISSING
    born: dt.date | MISSING | None = MISSING


class AuthorRead(ResponseSchema):
    """What callers get back."""

    id: int
    name: str
    email: str
    born: dt.date | None
    created_at: dt.datetime
    updated_at: dt.datetime


class AuthorInsert(InternalSchema):
    """What the service hands to the repository to store."""

    name: str
    email: str
    born: dt.date | None


class AuthorChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    name: str | MISSING = MISSING
    email: str | MISSING = MISSING
    born: dt.date | MISSING | None = MISSING


class AuthorQuery(PageQuery):
    """Order and page of a list of authors."""

    order_by: Literal["created_at", "-created_at"] = "-created_at"


class ReviewCreate(RequestSchema):
    """What a caller sends to create a review."""

    book_id: Int64
    stars: Stars
    comment: str = ""


class ReviewUpdate(UpdateSchema):
    """What a caller sends to change a review; a field left out keeps its value."""

    stars: Stars | MISSING = MISSING
    comment: str | MISSING = MISSING


class ReviewRead(ResponseSchema):
    """What callers get back."""

    id: int
    book_id: int
    stars: int
    comment: str
    created_at: dt.datetime
    updated_at: dt.datetime


class ReviewInsert(InternalSchema):
    """What the service hands to the repository to store."""

    book_id: int
    stars: int
    comment: str


class ReviewChanges(InternalSchema):
    """What the service hands to the repository to change; `MISSING` keeps the stored value."""

    stars: int | MISSING = MISSING
    comment: str | MISSING = MISSING


class ReviewQuery(PageQuery):
    """The page of a list of reviews."""
