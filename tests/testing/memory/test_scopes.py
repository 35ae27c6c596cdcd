"""Row scopes in memory hide what they hide in the database."""

from __future__ import annotations

from typing import Any

import pytest

from django_layers.errors import NotFound, RuleViolated
from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from django_layers.testing import MemoryDatabase
from tests.archive.models import Author, Book, City, Publisher, Subject
from tests.archive.tenancy import tenant

pytestmark = pytest.mark.django_db


class Named(ResponseSchema):
    name: str


class PublisherRead(ResponseSchema):
    id: int
    name: str
    city: Named


class AuthorRead(ResponseSchema):
    id: int
    name: str
    publisher: PublisherRead | None


class BookRead(ResponseSchema):
    id: int
    name: str
    author: AuthorRead | None
    editor: Named
    subjects: tuple[Named, ...]
    subject_ids: tuple[int, ...]


class BookOfWriter(ResponseSchema):
    name: str
    editor: Named


class WriterRead(ResponseSchema):
    name: str
    books: tuple[BookOfWriter, ...]


class Row(InternalSchema):
    name: str
    tenant: int
    is_deleted: bool = False


class PublisherRow(Row):
    city_id: int


class AuthorRow(Row):
    publisher_id: int | None


class BookRow(Row):
    code: str
    author_id: int | None
    editor_id: int
    subject_ids: tuple[int, ...]


class Changes(InternalSchema):
    name: str


class Keyed(ResponseSchema):
    id: int


class Cities(ModelRepository[City, Keyed, Row, Changes, PageQuery]):
    """Cities."""


class Subjects(ModelRepository[Subject, Keyed, Row, Changes, PageQuery]):
    """Subjects."""


class Publishers(ModelRepository[Publisher, PublisherRead, PublisherRow, Changes, PageQuery]):
    """Publishers."""


class Authors(ModelRepository[Author, AuthorRead, AuthorRow, Changes, PageQuery]):
    """Authors."""


class Writers(ModelRepository[Author, WriterRead, AuthorRow, Changes, PageQuery]):
    """Authors with their books."""


class Books(ModelRepository[Book, BookRead, BookRow, Changes, PageQuery]):
    """Books."""

    id_lists = {"subject_ids": "subjects"}  # noqa: RUF012  as the generator writes it


def _fill(repository: Any) -> None:
    """Store rows of two tenants, deleted ones among them, that refer to each other in every way."""
    cities = [repository(Cities).add(Row(name=f"c{n}", tenant=1 + n % 2)).id for n in range(2)]
    publishers = [
        repository(Publishers).add(PublisherRow(name=f"p{number}{of}", tenant=of, city_id=city)).id
        for number, city in enumerate(cities)
        for of in (1, 2)
    ]
    authors = [
        repository(Authors).add(AuthorRow(name=f"a{number}", tenant=of, is_deleted=gone, publisher_id=publisher)).id
        for number, publisher in enumerate([None, *publishers])
        for of, gone in ((1, False), (2, False), (1, True))
    ]
    subjects = [
        repository(Subjects).add(Row(name=f"s{of}{gone}", tenant=of, is_deleted=gone)).id
        for of in (1, 2)
        for gone in (False, True)
    ]
    for number, author in enumerate([None, *authors]):
        for editor in authors[:3]:
            repository(Books).add(
                BookRow(
                    name=f"b{number}",
                    code=f"{author}-{editor}",
                    tenant=1 + number % 2,
                    author_id=author,
                    editor_id=editor,
                    subject_ids=tuple(subjects[: number % 5]),
                )
            )


def _names(found: Any) -> Any:
    """Return what was read without its keys, which differ."""
    if isinstance(found, dict):
        return {
            name: len(value) if name == "subject_ids" else _names(value)
            for name, value in found.items()
            if name != "id"
        }
    if isinstance(found, tuple | list):
        return [_names(each) for each in found]
    return found


def test_memory_hides_what_the_database_hides() -> None:
    memory = MemoryDatabase()

    def stored(repository: Any) -> Any:
        return repository()

    for place in (stored, memory.repository):
        _fill(place)
    for repository in (Cities, Subjects, Publishers, Authors, Writers, Books):
        for number in (None, 1, 2, 3):
            results = []
            for place in (stored, memory.repository):
                if number is None:
                    page = place(repository).page(PageQuery(limit=100))
                else:
                    with tenant(number):
                        page = place(repository).page(PageQuery(limit=100))
                results.append(_names(page.model_dump()["items"]))
            assert results[0] == results[1]
            assert bool(results[0]) is (number != 3)


def test_a_row_that_is_out_of_scope_is_neither_changed_nor_deleted() -> None:
    memory = MemoryDatabase()
    city = memory.repository(Cities).add(Row(name="c", tenant=2)).id
    with tenant(1):
        for write in (
            lambda: memory.repository(Cities).update(city, Changes(name="x")),
            lambda: memory.repository(Cities).delete(city),
        ):
            with pytest.raises(NotFound):
                write()
    assert memory.repository(Cities).exists(city)


def test_a_new_row_that_cannot_do_without_one_that_is_out_of_scope_is_refused() -> None:
    memory = MemoryDatabase()

    def stored(repository: Any) -> Any:
        return repository()

    for place in (stored, memory.repository):
        city = place(Cities).add(Row(name="c", tenant=2)).id
        publisher = place(Publishers).add(PublisherRow(name="p", tenant=1, city_id=city)).id
        with tenant(1):
            with pytest.raises(RuleViolated) as caught:
                place(Publishers).add(PublisherRow(name="q", tenant=1, city_id=city))
            assert caught.value.code == "reference_missing"
            with pytest.raises(NotFound):
                place(Publishers).update(publisher, Changes(name="changed"))
            assert not place(Publishers).exists(publisher)
            author = place(Authors).add(AuthorRow(name="a", tenant=1, publisher_id=publisher))
        assert author.publisher is None
        # What was refused is undone.
        assert [each.name for each in place(Publishers).page(PageQuery()).items] == ["p"]
