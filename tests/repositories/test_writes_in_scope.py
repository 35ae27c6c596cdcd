"""Writes see what reads see: no row behind a hidden one, no hidden row in a list, in the database and in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from django_layers.errors import Conflict, NotFound, RuleViolated
from django_layers.repositories import ModelRepository, database_unit_of_work
from django_layers.schemas import MISSING, InternalSchema, PageQuery, ResponseSchema
from django_layers.services import UnitOfWork
from django_layers.testing import MemoryDatabase
from tests.archive.models import Author, Book, City, Publisher, Subject
from tests.archive.tenancy import tenant

pytestmark = pytest.mark.django_db


class IdRead(ResponseSchema):
    id: int


class Named(ResponseSchema):
    name: str


class PublisherRead(ResponseSchema):
    id: int
    name: str
    city: Named


class BookRead(ResponseSchema):
    id: int
    name: str
    subject_ids: tuple[int, ...]


class Row(InternalSchema):
    name: str
    tenant: int = 1


class PublisherRow(Row):
    city_id: int


class KeyedPublisher(PublisherRow):
    id: int


class BookRow(Row):
    code: str
    editor_id: int
    subject_ids: tuple[Any, ...] = ()


class Changes(InternalSchema):
    name: str | MISSING = MISSING


class BookChanges(Changes):
    subject_ids: tuple[Any, ...] | MISSING = MISSING


class Query(PageQuery):
    name: str | None = None


class Cities(ModelRepository[City, IdRead, Row, Changes, Query]):
    """Cities."""


class Subjects(ModelRepository[Subject, IdRead, Row, Changes, Query]):
    """Subjects."""


class Authors(ModelRepository[Author, IdRead, Row, Changes, Query]):
    """Authors."""


class Publishers(ModelRepository[Publisher, PublisherRead, PublisherRow, Changes, Query]):
    """Publishers with the city that each of them has."""


class KeyedPublishers(ModelRepository[Publisher, PublisherRead, KeyedPublisher, Changes, Query]):
    """Publishers whose keys are given."""


class Books(ModelRepository[Book, BookRead, BookRow, BookChanges, Query]):
    """Books."""

    id_lists = {"subject_ids": "subjects"}  # noqa: RUF012  as the generator writes it


class Place:
    """Where the rows are."""

    def __init__(self, memory: MemoryDatabase | None) -> None:
        self._memory = memory
        self.unit_of_work: UnitOfWork = memory.unit_of_work() if memory else database_unit_of_work()

    def __call__(self, repository: Any) -> Any:
        """Return a repository of rows here."""
        return self._memory.repository(repository) if self._memory else repository()

    def names(self, repository: Any) -> list[str]:
        """Return the names of all rows, of all tenants."""
        return sorted(each.name for each in self(repository).page(Query()).items)


@pytest.fixture(params=["database", "memory"])
def place(request: pytest.FixtureRequest) -> Place:
    return Place(MemoryDatabase() if request.param == "memory" else None)


@pytest.fixture
def publishers(place: Place) -> tuple[int, int]:
    """Return a publisher that the first tenant sees, and one that it does not, for its city is another tenant's."""
    cities = [place(Cities).add(Row(name=f"c{of}", tenant=of)).id for of in (1, 2)]
    seen, hidden = (place(Publishers).add(PublisherRow(name=f"p{city}", city_id=city)).id for city in cities)
    return seen, hidden


WRITES: dict[str, Callable[[Any, int], object]] = {
    "update": lambda publishers, key: publishers.update(key, Changes(name="x")),
    "update of nothing": lambda publishers, key: publishers.update(key, Changes()),
    "delete": lambda publishers, key: publishers.delete(key),
    "lock": lambda publishers, key: publishers.lock(key),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_row_that_reads_leave_out_is_not_there_for_a_write(
    place: Place, publishers: tuple[int, int], write: Callable[[Any, int], object]
) -> None:
    before = place.names(Publishers)
    with tenant(1), place.unit_of_work():
        assert place(Publishers).get_or_none(publishers[1]) is None
        with pytest.raises(NotFound):
            write(place(Publishers), publishers[1])
    assert place.names(Publishers) == before


def test_writes_of_sets_leave_it_alone(place: Place, publishers: tuple[int, int]) -> None:
    _, hidden = publishers
    kept = place(Publishers).get(hidden).name
    with tenant(1):
        assert place(Publishers).update_where(Query(), Changes(name="x")) == 1
        assert place(Publishers).update_where(Query(name=kept), Changes(name="x")) == 0
        assert place(Publishers).delete_where(Query()) == 1
    assert place.names(Publishers) == [kept]


def test_an_upsert_neither_changes_nor_tells_it(place: Place, publishers: tuple[int, int]) -> None:
    _, hidden = publishers
    before = place(Publishers).get(hidden)
    with tenant(1):
        seen = place(Cities).page(Query()).items[0].id
        with pytest.raises(Conflict):
            place(KeyedPublishers).upsert(KeyedPublisher(id=hidden, name="x", city_id=seen), unique=("id",))
    assert place(Publishers).get(hidden) == before


@pytest.fixture
def book(place: Place) -> BookRead:
    """Return a book with one subject."""
    subject = place(Subjects).add(Row(name="s")).id
    editor = place(Authors).add(Row(name="a")).id
    stored: BookRead = place(Books).add(BookRow(name="b", code="b", editor_id=editor, subject_ids=(subject,)))
    return stored


def new_book(book: BookRead, place: Place, *subjects: Any) -> BookRow:
    """Return a further book with these subjects."""
    editor = place(Authors).page(Query()).items[0].id
    return BookRow(name="n", code="n", editor_id=editor, subject_ids=(*book.subject_ids, *subjects))


LINKS: dict[str, Callable[[Place, BookRead, Any], object]] = {
    "add": lambda place, book, key: place(Books).add(new_book(book, place, key)),
    "add_many": lambda place, book, key: place(Books).add_many([new_book(book, place, key)]),
    "update": lambda place, book, key: place(Books).update(book.id, BookChanges(subject_ids=(key,))),
    "update_where": lambda place, book, key: place(Books).update_where(Query(), BookChanges(subject_ids=(key,))),
    "upsert": lambda place, book, key: place(Books).upsert(new_book(book, place, key), unique=("code",)),
}


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
@pytest.mark.parametrize("wrong", ["hidden", "none", "too large", "no number"])
def test_a_row_that_is_not_there_is_refused_in_a_list_of_keys_at_once(
    place: Place, book: BookRead, link: Callable[[Place, BookRead, Any], object], wrong: str
) -> None:
    hidden = place(Subjects).add(Row(name="h", tenant=2)).id
    key = {"hidden": hidden, "none": 10**8, "too large": 10**30, "no number": "x"}[wrong]
    with tenant(1), place.unit_of_work():
        with pytest.raises(RuleViolated) as caught:
            link(place, book, key)
        assert (caught.value.code, caught.value.fields) == ("reference_missing", ("subject_ids",))
    assert list(place(Books).page(Query()).items) == [book]


def test_a_key_counts_as_the_column_has_it(place: Place, book: BookRead) -> None:
    (subject,) = book.subject_ids
    changed = place(Books).update(book.id, BookChanges(subject_ids=(str(subject), subject)))
    assert changed == book
    assert place(Books).get(str(book.id)) == book
    assert place(Books).many([str(book.id), book.id]) == (book,)
    assert place(Books).update(str(book.id), BookChanges(name="b")) == book


@pytest.mark.parametrize("key", ["x", "1.5", "", "9" * 40, "9" * 5000, 10**30, "\x00"])
def test_what_cannot_be_a_key_is_the_key_of_no_row(place: Place, book: BookRead, key: Any) -> None:
    books = place(Books)
    assert books.get_or_none(key) is None
    assert not books.exists(key)
    assert books.many([key, book.id]) == (book,)
    with place.unit_of_work():
        for write in (books.get, books.lock, books.delete, lambda key: books.update(key, BookChanges(name="x"))):
            with pytest.raises(NotFound):
                write(key)
