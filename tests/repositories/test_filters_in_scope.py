"""Filters and totals of rows with scopes: nobody finds out by asking what the rows are that are not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from django_layers.testing import MemoryDatabase
from tests.archive.models import Author, Book, City, Publisher, Subject
from tests.archive.tenancy import tenant

pytestmark = pytest.mark.django_db

MakeRepository: TypeAlias = "Callable[[type[Any]], Any]"


class Row(InternalSchema):
    """Columns that all rows have."""

    name: str
    tenant: int


class Nothing(InternalSchema):
    """Nothing changes here."""


class Keyed(ResponseSchema):
    """A row."""

    id: int
    name: str


class PublisherRow(Row):
    city_id: int


class AuthorRow(Row):
    publisher_id: int | None


class BookRow(Row):
    code: str
    author_id: int | None
    editor_id: int
    subject_ids: tuple[int, ...]


class BookSearch(PageQuery):
    """What books can be searched by."""

    author_name: str | None = None
    author_unnamed: bool | None = None
    publisher_name: str | None = None
    no_author: bool | None = None
    subject_id: int | None = None
    subject_name: str | None = None
    no_subject: bool | None = None
    search: str | None = None
    order_by: str = "name"


class Cities(ModelRepository[City, Keyed, Row, Nothing, PageQuery]):
    """Cities."""


class Publishers(ModelRepository[Publisher, Keyed, PublisherRow, Nothing, PageQuery]):
    """Publishers."""


class Authors(ModelRepository[Author, Keyed, AuthorRow, Nothing, PageQuery]):
    """Authors."""


class Subjects(ModelRepository[Subject, Keyed, Row, Nothing, PageQuery]):
    """Subjects."""


class Books(ModelRepository[Book, Keyed, BookRow, Nothing, BookSearch]):
    """Books, searched."""

    filters = {  # noqa: RUF012  as the generator writes it
        "author_name": "author__name",
        "author_unnamed": "author__name__isnull",
        "publisher_name": "author__publisher__name__icontains",
        "no_author": "author__isnull",
        "subject_id": "subjects",
        "subject_name": "subjects__name",
        "no_subject": "subjects__isnull",
        "search": ("name", "author__name", "subjects__name"),
    }
    id_lists = {"subject_ids": "subjects"}  # noqa: RUF012  as the generator writes it


class EditedBook(Keyed):
    """A book that is not there without its editor."""

    editor: Keyed


class EditedBooks(ModelRepository[Book, EditedBook, BookRow, Nothing, BookSearch]):
    """Books with their editors."""

    filters = Books.filters
    id_lists = {"subject_ids": "subjects"}  # noqa: RUF012  as the generator writes it


@pytest.fixture(params=["database", "memory"])
def make(request: pytest.FixtureRequest) -> MakeRepository:
    """Return what makes repositories of a database, or of one in memory."""
    if request.param == "database":
        return lambda repository: repository()
    return MemoryDatabase().repository


@pytest.fixture
def subjects(make: MakeRepository) -> dict[str, int]:
    """Add rows of two tenants that refer to each other, and return the keys of the subjects."""
    city = make(Cities).add(Row(name="c", tenant=1)).id
    publishers = {
        number: make(Publishers).add(PublisherRow(name=f"publisher {number}", tenant=number, city_id=city)).id
        for number in (1, 2)
    }
    authors = {
        number: make(Authors).add(AuthorRow(name=f"author {number}", tenant=number, publisher_id=publishers[2])).id
        for number in (1, 2)
    }
    keys = {name: make(Subjects).add(Row(name=name, tenant=number)).id for name, number in (("open", 1), ("secret", 2))}
    for name, author, editor, about in [
        ("a", authors[1], authors[1], (keys["open"],)),
        ("b", authors[2], authors[2], (keys["secret"],)),
        ("c", None, authors[1], (keys["open"], keys["secret"])),
    ]:
        make(Books).add(BookRow(name=name, code=name, tenant=1, author_id=author, editor_id=editor, subject_ids=about))
    return keys


@pytest.mark.parametrize(
    ("asked", "all_rows", "own_rows"),
    [
        ({}, "abc", "abc"),
        ({"author_name": "author 1"}, "a", "a"),
        ({"author_name": "author 2"}, "b", ""),
        ({"author_unnamed": False}, "ab", "a"),
        ({"author_unnamed": True}, "c", "bc"),
        ({"publisher_name": "publisher"}, "ab", ""),
        ({"no_author": True}, "c", "c"),
        ({"subject_name": "open"}, "ac", "ac"),
        ({"subject_name": "secret"}, "bc", ""),
        ({"no_subject": True}, "", "b"),
        ({"no_subject": False}, "abc", "ac"),
        ({"search": "author 2"}, "b", ""),
        ({"search": "secret"}, "bc", ""),
        ({"search": "b"}, "b", "b"),
    ],
    ids=str,
)
def test_rows_that_are_not_there_answer_no_question(
    make: MakeRepository, subjects: dict[str, int], asked: dict[str, Any], all_rows: str, own_rows: str
) -> None:
    books, query = make(Books), BookSearch(**asked)
    for _ in range(2):
        assert "".join(book.name for book in books.page(query).items) == all_rows
        with tenant(1):
            assert "".join(book.name for book in books.page(query).items) == own_rows
            assert books.count(query) == len(own_rows)
        with tenant(2):
            assert books.page(query).items == ()


def test_the_key_of_a_row_in_a_list_finds_nothing_where_the_row_is_not_there(
    make: MakeRepository, subjects: dict[str, int]
) -> None:
    books = make(Books)
    with tenant(1):
        assert books.count(BookSearch(subject_id=subjects["open"])) == 2
        assert books.count(BookSearch(subject_id=subjects["secret"])) == 0


def test_what_is_counted_is_what_the_pages_hold(make: MakeRepository, subjects: dict[str, int]) -> None:
    books = make(EditedBooks)
    with tenant(1):
        first = books.page(BookSearch(limit=1, include_total=True))
        second = books.page(BookSearch(limit=1, cursor=first.next_cursor, include_total=True))
        assert [first.items[0].name, second.items[0].name] == ["a", "c"]
        assert second.next_cursor is None
        assert first.total == second.total == books.count(BookSearch()) == 2
        assert [book.name for book in books.stream(BookSearch(), chunk=1)] == ["a", "c"]
