"""Every kind of relation, and how many queries it takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from django_layers.repositories import DeclarationError
from django_layers.repositories.projection import compile_projection, read_rows
from django_layers.schemas import ResponseSchema
from tests.archive.models import (
    Author,
    Book,
    Chapter,
    City,
    Film,
    Footnote,
    Loan,
    Mark,
    Piece,
    Placement,
    Publisher,
    Screening,
    Subject,
)
from tests.archive.tenancy import tenant
from tests.repositories.projection.reading import read

pytestmark = pytest.mark.django_db


class Named(ResponseSchema):
    name: str


class FootnoteRead(ResponseSchema):
    text: str


class ChapterRead(ResponseSchema):
    title: str
    footnotes: tuple[FootnoteRead, ...]


class AuthorRead(ResponseSchema):
    name: str
    friends: tuple[Named, ...]


class BookRead(ResponseSchema):
    name: str
    author: AuthorRead | None
    subjects: tuple[Named, ...]
    chapters: tuple[ChapterRead, ...]


class SubjectsOfBook(ResponseSchema):
    subjects: tuple[Named, ...]


@pytest.mark.parametrize("count", [1, 10, 1000])
def test_queries_are_one_and_one_for_each_list_whatever_the_number_of_rows(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    editor = Author.objects.create(name="e")
    writers = Author.objects.bulk_create([Author(name=f"a{number}") for number in range(count)])
    for one, other in zip(writers[::2], writers[1::2], strict=False):
        one.friends.add(other)
    books = Book.objects.bulk_create(
        [Book(name=f"b{n}", code=str(n), author=writers[n], editor=editor) for n in range(count)]
    )
    subject = Subject.objects.create(name="s")
    subject.books.set(books)
    chapters = Chapter.objects.bulk_create([Chapter(book=book, title=f"c {book.name}") for book in books])
    Footnote.objects.bulk_create([Footnote(chapter=chapter, text=f"f {chapter.title}") for chapter in chapters])
    # Friends, subjects, chapters and their footnotes.
    with django_assert_num_queries(5):
        found = read(Book, BookRead)
    assert [each.model_dump() for each in found] == [
        {
            "name": f"b{n}",
            "author": {
                "name": f"a{n}",
                "friends": () if n ^ 1 >= count else ({"name": f"a{n ^ 1}"},),
            },
            "subjects": ({"name": "s"},),
            "chapters": ({"title": f"c b{n}", "footnotes": ({"text": f"f c b{n}"},)},),
        }
        for n in range(count)
    ]


def test_a_reference_by_another_column_than_the_key_is_followed_both_ways() -> None:
    class BookOfChapter(ResponseSchema):
        name: str

    class ChapterOfBook(ResponseSchema):
        title: str
        book_id: str
        book: BookOfChapter

    editor = Author.objects.create()
    first, second = (Book.objects.create(name=code, code=code, editor=editor) for code in ("x-1", "x-2"))
    for number, book in enumerate([second, first, second]):
        Chapter.objects.create(book=book, title=str(number))
    assert [each.model_dump() for each in read(Chapter, ChapterOfBook)] == [
        {"title": "0", "book_id": "x-2", "book": {"name": "x-2"}},
        {"title": "1", "book_id": "x-1", "book": {"name": "x-1"}},
        {"title": "2", "book_id": "x-2", "book": {"name": "x-2"}},
    ]
    assert [[chapter.title for chapter in book.chapters] for book in read(Book, BookRead)] == [["1"], ["0", "2"]]


def test_a_many_to_many_relation_of_a_table_with_itself_is_read_both_ways() -> None:
    class SubjectRead(ResponseSchema):
        name: str
        follows: tuple[Named, ...]
        leads_to: tuple[Named, ...]

    a, b, c = (Subject.objects.create(name=name) for name in "abc")
    a.follows.set([b, c])
    b.follows.set([c])
    assert [each.model_dump() for each in read(Subject, SubjectRead)] == [
        {"name": "a", "follows": ({"name": "b"}, {"name": "c"}), "leads_to": ()},
        {"name": "b", "follows": ({"name": "c"},), "leads_to": ({"name": "a"},)},
        {"name": "c", "follows": (), "leads_to": ({"name": "a"}, {"name": "b"})},
    ]
    one, other = Author.objects.create(name="one"), Author.objects.create(name="other")
    other.friends.add(one)
    assert [each.model_dump() for each in read(Author, AuthorRead)] == [
        {"name": "one", "friends": ({"name": "other"},)},
        {"name": "other", "friends": ({"name": "one"},)},
    ]


def test_a_list_of_keys_is_read_of_the_table_in_between_alone() -> None:
    class Keys(ResponseSchema):
        subject_ids: tuple[int, ...]

    book = Book.objects.create(code="1", editor=Author.objects.create())
    subjects = [Subject.objects.create(name=name) for name in "cab"]
    book.subjects.set(subjects)
    projection = compile_projection(Book, Keys, id_lists={"subject_ids": "subjects"})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        (found,) = read_rows(projection, Book.objects.all())[0]
    assert found == Keys(subject_ids=tuple(subject.pk for subject in subjects))
    assert len(queries) == 2
    assert "JOIN" not in queries[1]["sql"]
    assert "archive_subject" not in queries[1]["sql"]


def test_the_columns_of_a_parent_table_are_those_of_its_children_too(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    class PlacementRead(ResponseSchema):
        room: int

    class ScreeningRead(ResponseSchema):
        place: str

    class FilmRead(ResponseSchema):
        id: int
        piece_ptr_id: int
        title: str
        minutes: int
        placements: tuple[PlacementRead, ...]
        screenings: tuple[ScreeningRead, ...]

    class FilmOfPiece(ResponseSchema):
        minutes: int
        title: str

    class PieceRead(ResponseSchema):
        title: str
        film: FilmOfPiece | None

    class FilmOfScreening(ResponseSchema):
        title: str
        placements: tuple[PlacementRead, ...]

    class Showing(ResponseSchema):
        film: FilmOfScreening

    Piece.objects.create(title="vase")
    film = Film.objects.create(title="film", minutes=90)
    film.placements.create(room=7, number=1)
    film.screenings.create(place="hall")
    with django_assert_num_queries(3):
        (found,) = read(Film, FilmRead)
    assert found.model_dump() == {
        "id": film.pk,
        "piece_ptr_id": film.pk,
        "title": "film",
        "minutes": 90,
        "placements": ({"room": 7},),
        "screenings": ({"place": "hall"},),
    }
    assert [each.model_dump() for each in read(Piece, PieceRead)] == [
        {"title": "vase", "film": None},
        {"title": "film", "film": {"minutes": 90, "title": "film"}},
    ]
    assert [each.model_dump() for each in read(Screening, Showing)] == [
        {"film": {"title": "film", "placements": ({"room": 7},)}}
    ]


def test_references_are_followed_across_one_that_may_be_missing() -> None:
    class PublisherRead(ResponseSchema):
        name: str
        city: Named

    class AuthorOfBook(ResponseSchema):
        publisher: PublisherRead | None

    class BookOfLoan(ResponseSchema):
        author: AuthorOfBook | None
        editor: AuthorOfBook

    class LoanRead(ResponseSchema):
        book: BookOfLoan

    publisher = Publisher.objects.create(name="p", city=City.objects.create(name="c"))
    with_one, without = Author.objects.create(publisher=publisher), Author.objects.create()
    for code, author, editor in [("1", with_one, without), ("2", None, with_one), ("3", without, without)]:
        Loan.objects.create(book=Book.objects.create(code=code, author=author, editor=editor))
    there = {"publisher": {"name": "p", "city": {"name": "c"}}}
    missing = {"publisher": None}
    assert [each.model_dump()["book"] for each in read(Loan, LoanRead)] == [
        {"author": there, "editor": missing},
        {"author": None, "editor": there},
        {"author": missing, "editor": missing},
    ]


@contextmanager
def at_most(values: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a query take so many values only; SQLite refuses more, as others would."""
    if connection.vendor != "sqlite":
        monkeypatch.setattr(type(connection.features), "max_query_params", values)
        yield
        return
    connection.ensure_connection()
    before = connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, values)
    try:
        yield
    finally:
        connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, before)


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_no_query_takes_more_values_than_the_database_allows(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = Author.objects.create()
    for number in range(7):
        book = Book.objects.create(name=str(number), code=str(number), editor=editor)
        book.subjects.set([Subject.objects.create(name=f"s{number}")])
    projection = compile_projection(Book, BookRead)
    with at_most(most, monkeypatch), CaptureQueriesContext(connection) as queries:
        found = read_rows(projection, Book.objects.order_by("pk"))[0]
    assert [[subject.name for subject in each.subjects] for each in found] == [[f"s{n}"] for n in range(7)]  # type: ignore[attr-defined]
    # The books, their subjects and their chapters; no chapters, so no footnotes, and no authors, so no friends.
    assert len(queries) == 1 + 2 * -(-7 // most)


def test_what_a_query_asks_for_besides_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = Author.objects.create()
    for number in range(7):
        book = Book.objects.create(name=str(number), code=str(number), editor=editor)
        book.subjects.set([Subject.objects.create(name=f"s{number}")])
    projection = compile_projection(Book, SubjectsOfBook)
    # One of four says whose the subjects are; where false is a value, another one that they are not deleted.
    with tenant(1), at_most(4, monkeypatch), CaptureQueriesContext(connection) as queries:
        found = read_rows(projection, Book.objects.order_by("pk"))[0]
    assert len(found) == 7
    assert len(queries) in {1 + 3, 1 + 4}


def test_a_relation_to_anything_is_refused_with_the_way_out() -> None:
    class BookMarks(ResponseSchema):
        marks: tuple[FootnoteRead, ...]

    class MarkTarget(ResponseSchema):
        target: Named

    for model, schema, name in [(Book, BookMarks, "marks"), (Mark, MarkTarget, "target")]:
        with pytest.raises(DeclarationError) as caught:
            compile_projection(model, schema)
        assert str(caught.value) == (
            f"{schema.__name__}.{name} ({model._meta.label}) is a generic relation, which cannot be joined. "
            "Read it with a method of the repository: `_read` of the other model's rows, by content type and key."
        )


def test_a_composite_primary_key_is_refused_with_the_way_out() -> None:
    class PlacementRead(ResponseSchema):
        room: int

    with pytest.raises(DeclarationError) as caught:
        compile_projection(Placement, PlacementRead)
    assert str(caught.value) == (
        "archive.Placement has a composite primary key, which repositories do not read by. "
        "Give it a key of one column, and a unique constraint of the columns that it has now."
    )


def test_rows_with_a_composite_primary_key_may_be_in_a_list() -> None:
    class PlacementRead(ResponseSchema):
        room: int
        number: int

    class PieceRead(ResponseSchema):
        placements: tuple[PlacementRead, ...]

    piece = Piece.objects.create(title="x")
    piece.placements.create(room=2, number=1)
    piece.placements.create(room=1, number=9)
    assert read(Piece, PieceRead)[0].model_dump() == {
        "placements": ({"room": 1, "number": 9}, {"room": 2, "number": 1})
    }
