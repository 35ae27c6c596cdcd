"""FastAPI over SQLAlchemy, with a `response_model` that reads attributes.

The session is synchronous and used on the event loop: with one request at a time nothing is faster, since neither a
thread nor a greenlet has to be switched to.
"""

# Annotations are read by FastAPI, which does not see the names of a function's own scope: no postponed evaluation.

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import URL, create_engine, select
from sqlalchemy.orm import Session, sessionmaker

from tests.benchmarks.bookshop.caller import Caller, caller_of
from tests.benchmarks.competitors.sqlalchemy_rows import LOADED, BookRow


class FromRow(BaseModel):
    """What the schemas share."""

    model_config = ConfigDict(from_attributes=True)


class BookAuthor(FromRow):
    """What a book shows of its author."""

    id: int
    name: str
    email: str


class BookTag(FromRow):
    """What a book shows of its tags."""

    id: int
    name: str
    slug: str


class BookOut(FromRow):
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


async def known_caller(authorization: Annotated[str | None, Header()] = None) -> Caller:
    """Let in who has the token."""
    caller = caller_of(authorization)
    if caller is None:
        raise HTTPException(401)
    return caller


def make_app(url: URL) -> Any:
    """Return the app, on a database."""
    engine = create_engine(url)
    sessions = sessionmaker(engine)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        engine.dispose()

    async def session() -> AsyncIterator[Session]:
        with sessions() as opened:
            yield opened

    app = FastAPI(dependencies=[Depends(known_caller)], lifespan=lifespan)
    books = select(BookRow).options(*LOADED).order_by(BookRow.id)
    Opened = Annotated[Session, Depends(session)]

    @app.get("/everything", response_model=list[BookOut])
    async def list_everything(opened: Opened) -> Sequence[BookRow]:
        return opened.scalars(books).all()

    @app.get("/books", response_model=list[BookOut])
    async def list_books(opened: Opened, limit: int = 25) -> Sequence[BookRow]:
        return opened.scalars(books.limit(limit)).all()

    @app.get("/books/{book_id}", response_model=BookOut)
    async def get_book(opened: Opened, book_id: int) -> BookRow:
        found = opened.get(BookRow, book_id, options=LOADED)
        if found is None:
            raise HTTPException(404)
        return found

    return app
