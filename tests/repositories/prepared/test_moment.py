"""What holds now, and did not hold when a query was compiled: tenants, and time zones."""

from datetime import UTC, date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from django_layers.errors import NotFound
from django_layers.repositories import ModelRepository
from django_layers.repositories.placeholder import NotPreparable
from django_layers.repositories.scopes import as_said, scope_of
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.archive.models import Author, Book, City, Loan, Publisher, Specimen, Subject
from tests.archive.tenancy import tenant
from tests.repositories.prepared.kept import by_the_orm, compilations, is_kept

pytestmark = pytest.mark.django_db


class NoChanges(InternalSchema):
    """Nothing is written here."""


class NamedRead(ResponseSchema):
    name: str


class AuthorRead(ResponseSchema):
    name: str
    publisher: NamedRead | None


class BookRead(ResponseSchema):
    id: int
    name: str
    author: AuthorRead | None
    editor: NamedRead
    subjects: tuple[NamedRead, ...]


class BookQuery(PageQuery):
    name: str | None = None


class BookRepository(ModelRepository[Book, BookRead, NoChanges, NoChanges, BookQuery]):
    """Books of the tenant."""


class LoanRead(ResponseSchema):
    reader: str


class LoanRepository(ModelRepository[Loan, LoanRead, NoChanges, NoChanges, PageQuery]):
    """Loans, whose scope is a subquery."""


@pytest.fixture
def books() -> list[Book]:
    """Store a book of each of three tenants, with all that belongs to it."""
    found = []
    for number in (1, 2, 3):
        city = City.objects.create(tenant=number, name="city")
        publisher = Publisher.objects.create(tenant=number, name=f"publisher {number}", city=city)
        author = Author.objects.create(tenant=number, name=f"author {number}", publisher=publisher)
        stranger = Author.objects.create(tenant=number + 1, name="stranger")
        found.append(Book.objects.create(tenant=number, name="book", code=str(number), author=author, editor=author))
        found.append(
            Book.objects.create(tenant=number, name="other", code=f"{number}a", author=stranger, editor=author)
        )
        found[-2].subjects.add(
            Subject.objects.create(tenant=number, name=f"subject {number}"), Subject.objects.create(tenant=9, name="x")
        )
    return found


def test_rows_are_those_of_the_tenant_of_the_moment(books: list[Book]) -> None:
    repository = BookRepository()
    for number in (1, 2, 3, 1, 2, 3):
        with tenant(number):
            page = repository.page(BookQuery(name="book"))
            assert [book.author and book.author.name for book in page.items] == [f"author {number}"]
            assert [subject.name for subject in page.items[0].subjects] == [f"subject {number}"]
            assert repository.page(BookQuery(name="other")).items[0].author is None
            assert repository.count(BookQuery()) == 2
            assert [repository.exists(book.pk) for book in books] == [book.tenant == number for book in books]
            with pytest.raises(NotFound):
                repository.get(books[2 * (number % 3)].pk)
    assert repository.count(BookQuery()) == 6


def test_queries_of_a_tenant_are_kept_for_all_of_them(books: list[Book]) -> None:
    class FreshRepository(BookRepository):
        """Books that were not asked for before."""

    repository = FreshRepository()

    def ask() -> object:
        return repository.page(BookQuery(name="book")), repository.count(BookQuery()), repository.exists(1)

    with tenant(1):
        assert is_kept(ask)
    with tenant(2), compilations() as compiled:
        assert ask() != ()
        assert not compiled
    with tenant(2):
        assert ask() == by_the_orm(ask)


def test_a_tenant_is_bound_and_not_part_of_the_sql(books: list[Book]) -> None:
    repository = BookRepository()
    seen: list[tuple[str, object]] = []

    def see(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        seen.append((sql, params))
        return execute(sql, params, many, context)

    for number in (1, 2, 3, 3):
        with tenant(number), connection.execute_wrapper(see):
            repository.count(BookQuery())
    assert len({sql for sql, _ in seen}) == 1
    assert [params[0] for _, params in seen] == [1, 2, 3, 3]


def test_rows_without_a_scope_of_the_moment_are_all_there(books: list[Book]) -> None:
    repository = BookRepository()
    with tenant(1):
        assert repository.count(BookQuery()) == 2
    assert repository.count(BookQuery()) == 6
    with tenant(1):
        assert repository.count(BookQuery()) == 2


def test_a_scope_that_is_a_subquery_is_left_to_the_orm(books: list[Book]) -> None:
    loan = Loan.objects.create(book=books[0], reader="reader")
    repository = LoanRepository()
    with tenant(1):
        assert not is_kept(lambda: repository.get(loan.pk))
        Book.objects.filter(pk=books[0].pk).update(is_deleted=True)
        assert repository.get_or_none(loan.pk) is None


def test_no_scope_of_the_moment_becomes_part_of_what_is_compiled() -> None:
    with tenant(1), as_said({Book: Q(tenant=2)}):
        assert scope_of(Book) == Q(tenant=2)
        with pytest.raises(NotPreparable):
            scope_of(Author)
    assert scope_of(Author) == Q()


class SpecimenRead(ResponseSchema):
    id: int
    moment: datetime | None


class SpecimenQuery(PageQuery):
    on_day: date | None = None
    hour: int | None = None
    year: int | None = None


class SpecimenRepository(ModelRepository[Specimen, SpecimenRead, NoChanges, NoChanges, SpecimenQuery]):
    """Specimens by parts of moments, which depend on the time zone."""

    filters: ClassVar = {"on_day": "moment__date", "hour": "moment__hour", "year": "moment__year"}


needs_zones = pytest.mark.skipif(
    connection.vendor == "mysql", reason="MySQL knows time zones by name only after mysql_tzinfo_to_sql"
)


@needs_zones
@pytest.mark.parametrize(
    ("query", "utc", "tokyo"),
    [
        (SpecimenQuery(on_day=date(2026, 1, 1)), True, False),
        (SpecimenQuery(on_day=date(2026, 1, 2)), False, True),
        (SpecimenQuery(hour=20), True, False),
        (SpecimenQuery(hour=5), False, True),
    ],
)
def test_a_day_is_that_of_the_time_zone_of_the_moment(query: SpecimenQuery, utc: bool, tokyo: bool) -> None:
    specimen = Specimen.objects.create(moment=datetime(2026, 1, 1, 20, tzinfo=UTC))
    repository = SpecimenRepository()
    for _ in range(4):
        for zone, expected in {"UTC": utc, "Asia/Tokyo": tokyo}.items():
            with timezone.override(ZoneInfo(zone)):
                found = repository.page(query).items
            assert [each.id for each in found] == [specimen.pk] * expected
    for zone in ("UTC", "Asia/Tokyo"):
        with timezone.override(ZoneInfo(zone)):
            assert is_kept(lambda: repository.page(query))


def test_a_year_begins_in_the_time_zone_of_the_moment() -> None:
    specimen = Specimen.objects.create(moment=datetime(2025, 12, 31, 20, tzinfo=UTC))
    repository = SpecimenRepository()
    for _ in range(4):
        for zone, year in {"UTC": 2025, "Asia/Tokyo": 2026}.items():
            with timezone.override(ZoneInfo(zone)):
                assert [each.id for each in repository.page(SpecimenQuery(year=year)).items] == [specimen.pk]
                assert repository.count(SpecimenQuery(year=4051 - year)) == 0


def test_moments_come_in_the_time_zone_that_django_gives_them() -> None:
    specimen = Specimen.objects.create(moment=datetime(2026, 1, 1, 20, tzinfo=UTC))
    repository = SpecimenRepository()
    for _ in range(4):
        (found,) = repository.page(SpecimenQuery()).items
        (expected,) = Specimen.objects.filter(pk=specimen.pk).values_list("moment", flat=True)
        assert (found.moment, found.moment and found.moment.tzinfo) == (expected, expected.tzinfo)
