"""The tables of the bookshop as SQLAlchemy maps them, on the database that Django made."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import URL, BigInteger, Column, DateTime, ForeignKey, Integer, Numeric, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload

# SQLite gives keys to INTEGER only.
Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """What the mapped classes share."""


book_tags = Table(
    "bookshop_book_tags",
    Base.metadata,
    Column("book_id", ForeignKey("bookshop_book.id"), primary_key=True),
    Column("tag_id", ForeignKey("bookshop_tag.id"), primary_key=True),
)


class AuthorRow(Base):
    """An author; the columns that a book shows."""

    __tablename__ = "bookshop_author"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


class TagRow(Base):
    """A tag."""

    __tablename__ = "bookshop_tag"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str]
    slug: Mapped[str]


class BookRow(Base):
    """A book."""

    __tablename__ = "bookshop_book"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[UUID]
    isbn: Mapped[str]
    title: Mapped[str]
    language: Mapped[str]
    pages: Mapped[int]
    price: Mapped[Decimal] = mapped_column(Numeric(8, 2))
    rating: Mapped[float]
    in_print: Mapped[bool]
    published: Mapped[dt.date]
    created_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    author_id: Mapped[int] = mapped_column(ForeignKey("bookshop_author.id"))
    author: Mapped[AuthorRow] = relationship()
    tags: Mapped[list[TagRow]] = relationship(secondary=book_tags)


LOADED = (joinedload(BookRow.author, innerjoin=True), selectinload(BookRow.tags))


def url_of(settings: dict[str, Any]) -> URL:
    """Return where a database of Django's is, in SQLAlchemy's words; by the same driver."""
    if settings["ENGINE"].endswith("sqlite3"):
        return URL.create("sqlite", database=str(settings["NAME"]))
    return URL.create(
        "postgresql+psycopg",
        username=settings["USER"],
        password=settings["PASSWORD"] or None,
        host=settings["HOST"],
        port=int(settings["PORT"]),
        database=settings["NAME"],
    )
