"""Litestar with advanced-alchemy as its documentation has it: a service, and `to_schema` to msgspec structs or Pydantic.

The session is synchronous and used on the event loop: with one request at a time nothing is faster, since neither a
thread nor a greenlet has to be switched to.
"""

# Annotations are read by Litestar, which does not see the names of a function's own scope: no postponed evaluation.

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from advanced_alchemy.extensions.litestar import SQLAlchemyPlugin, SQLAlchemySyncConfig
from advanced_alchemy.extensions.litestar.providers import create_service_provider
from advanced_alchemy.filters import LimitOffset
from advanced_alchemy.repository import SQLAlchemySyncRepository
from advanced_alchemy.service import OffsetPagination, SQLAlchemySyncRepositoryService
from litestar import Litestar, get
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.exceptions import NotAuthorizedException
from litestar.handlers.base import BaseRouteHandler
from sqlalchemy import URL

from tests.benchmarks.bookshop.caller import caller_of
from tests.benchmarks.competitors import fastapi_sqlalchemy as pydantic_schemas
from tests.benchmarks.competitors.sqlalchemy_rows import LOADED, BookRow


class BookAuthor(msgspec.Struct):
    """What a book shows of its author."""

    id: int
    name: str
    email: str


class BookTag(msgspec.Struct):
    """What a book shows of its tags."""

    id: int
    name: str
    slug: str


class BookOut(msgspec.Struct):
    """A book."""

    id: int
    uid: UUID
    isbn: str
    title: str
    language: str
    pages: int
    price: Decimal
    rating: float
    in_print: bool
    published: dt.date
    created_at: dt.datetime
    updated_at: dt.datetime
    author: BookAuthor
    tags: list[BookTag]


class BookService(SQLAlchemySyncRepositoryService[BookRow]):
    """The service of books."""

    class Repo(SQLAlchemySyncRepository[BookRow]):
        """Books in the database."""

        model_type = BookRow

    repository_type = Repo


def known_caller(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let in who has the token."""
    if caller_of(connection.headers.get("authorization")) is None:
        raise NotAuthorizedException


def make_msgspec_app(url: URL) -> Any:
    """Return the app with msgspec structs, on a database."""
    return _make_app(url, BookOut)


def make_pydantic_app(url: URL) -> Any:
    """Return the app with Pydantic models, on a database."""
    return _make_app(url, pydantic_schemas.BookOut)


def _make_app(url: URL, schema: Any) -> Any:
    first = BookRow.id.asc()

    @get("/everything", sync_to_thread=False)
    def list_everything(books: BookService) -> OffsetPagination[schema]:
        return books.to_schema(books.list(order_by=first), schema_type=schema)

    @get("/books", sync_to_thread=False)
    def list_books(books: BookService, limit: int = 25) -> OffsetPagination[schema]:
        return books.to_schema(books.list(LimitOffset(limit, 0), order_by=first), schema_type=schema)

    @get("/books/{book_id:int}", sync_to_thread=False)
    def get_book(books: BookService, book_id: int) -> schema:
        return books.to_schema(books.get(book_id), schema_type=schema)

    config = SQLAlchemySyncConfig(connection_string=url.render_as_string(hide_password=False))
    return Litestar(
        [list_everything, list_books, get_book],
        plugins=[SQLAlchemyPlugin(config)],
        dependencies={"books": Provide(create_service_provider(BookService, load=list(LOADED)))},
        guards=[known_caller],
        openapi_config=None,
        logging_config=None,
    )
