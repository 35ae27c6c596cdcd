"""Row scopes: rows that are not there, now, come in nowhere."""

from __future__ import annotations

import pytest
from django.db.models import Model, Q
from pytest_django import DjangoAssertNumQueries

from django_layers.errors import Conflict, NotFound, RuleViolated
from django_layers.repositories import DeclarationError, ModelRepository, row_scope, scopes
from django_layers.repositories.projection import compile_projection, read_rows
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.archive.models import Author, Book, City, Loan, Piece, Publisher, Subject, Tenanted
from tests.archive.tenancy import tenant
from tests.repositories.projection.reading import read

pytestmark = pytest.mark.django_db


class CityRead(ResponseSchema):
    id: int
    name: str


class PublisherRead(ResponseSchema):
    name: str
    city: CityRead


class SubjectRead(ResponseSchema):
    name: str


class AuthorRead(ResponseSchema):
    name: str
    publisher: PublisherRead | None
    mentor: NameRead | None


class NameRead(ResponseSchema):
    name: str


class LoanRead(ResponseSchema):
    reader: str


class BookRead(ResponseSchema):
    name: str
    author: AuthorRead | None
    editor: NameRead
    subjects: tuple[SubjectRead, ...]
    loan: LoanRead | None


class BookSubjects(ResponseSchema):
    subject_ids: tuple[int, ...]


class AuthorBooks(ResponseSchema):
    name: str
    books: tuple[BookOfAuthor, ...]


class BookOfAuthor(ResponseSchema):
    name: str
    editor: AuthorOfBook


class AuthorOfBook(ResponseSchema):
    name: str
    publisher: PublisherRead | None


AuthorRead.model_rebuild()
AuthorBooks.model_rebuild()
BookOfAuthor.model_rebuild()


class CityInsert(InternalSchema):
    name: str
    tenant: int = 1


class CityChanges(InternalSchema):
    name: str


class CityQuery(PageQuery):
    name: str | None = None


class Cities(ModelRepository[City, CityRead, CityInsert, CityChanges, CityQuery]):
    """Cities of the tenant."""


class PublisherInsert(InternalSchema):
    name: str
    city_id: int


class Publishers(ModelRepository[Publisher, PublisherRead, PublisherInsert, CityChanges, CityQuery]):
    """Publishers of the tenant."""

    def require_city(self, key: int) -> None:
        self._require_related("city", key)


class PublisherWithKey(PublisherInsert):
    id: int


class PublishersWithKeys(ModelRepository[Publisher, PublisherRead, PublisherWithKey, CityChanges, CityQuery]):
    """Publishers of the tenant, under keys that are given."""


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes, "_scopes", dict(scopes._scopes))


def author(name: str, of: int = 1, **columns: object) -> Author:
    return Author.objects.create(name=name, tenant=of, **columns)


def book(name: str, of: int = 1, **columns: object) -> Book:
    columns = {"code": name, "editor": Author.objects.get_or_create(name="editor")[0], **columns}
    return Book.objects.create(name=name, tenant=of, **columns)


def rows(model: type[Model], schema: type[ResponseSchema]) -> list[dict[str, object]]:
    projection = compile_projection(model, schema)
    return [each.model_dump() for each in read_rows(projection, model._base_manager.order_by("pk"))[0]]


def test_a_repository_shows_rows_of_the_scope_only_and_asks_each_time() -> None:
    mine, other = City.objects.create(name="a"), City.objects.create(name="b", tenant=2)
    City.objects.create(name="gone", is_deleted=True)
    repository = Cities()
    with tenant(1):
        assert [each.name for each in repository.page(CityQuery()).items] == ["a"]
        assert repository.count(CityQuery()) == 1
        assert repository.many([other.pk, mine.pk]) == (CityRead(id=mine.pk, name="a"),)
        assert not repository.exists(other.pk)
        with pytest.raises(NotFound):
            repository.get(other.pk)
    with tenant(2):
        assert [each.name for each in repository.page(CityQuery()).items] == ["b"]
        assert repository.get(other.pk).name == "b"
    assert len(repository.page(CityQuery()).items) == 3


def test_a_row_that_is_out_of_scope_is_neither_changed_nor_deleted() -> None:
    other = City.objects.create(name="b", tenant=2)
    with tenant(1):
        with pytest.raises(NotFound):
            Cities().update(other.pk, CityChanges(name="x"))
        with pytest.raises(NotFound):
            Cities().delete(other.pk)
    other.refresh_from_db()
    assert other.name == "b"


def test_a_row_that_is_out_of_scope_is_no_reference() -> None:
    other = City.objects.create(name="b", tenant=2)
    with tenant(2):
        Publishers().require_city(other.pk)
    with tenant(1), pytest.raises(NotFound):
        Publishers().require_city(other.pk)


def test_a_row_whose_city_is_out_of_scope_is_not_there_for_any_read() -> None:
    publisher = Publisher.objects.create(name="p", city=City.objects.create(name="b", tenant=2))
    with tenant(1):
        assert Publishers().get_or_none(publisher.pk) is None
        assert Publishers().count(CityQuery()) == 0
        assert not Publishers().exists(publisher.pk)
    assert Publishers().exists(publisher.pk)


def test_a_write_that_is_refused_when_it_is_read_back_leaves_nothing_behind() -> None:
    other = City.objects.create(name="b", tenant=2)
    publisher = Publisher.objects.create(name="before", city=other)
    new = PublisherInsert(name="new", city_id=other.pk)
    keyed = PublisherWithKey(id=publisher.pk, name="upserted", city_id=other.pk)
    with tenant(1):
        with pytest.raises(RuleViolated):
            Publishers().add(new)
        with pytest.raises(RuleViolated):
            Publishers().add_many([new, new])
        with pytest.raises(NotFound):
            Publishers().update(publisher.pk, CityChanges(name="after"))
        with pytest.raises(Conflict):
            PublishersWithKeys().upsert(keyed, unique=("id",))
    assert list(Publisher.objects.values_list("name", flat=True)) == ["before"]


def test_a_joined_row_that_may_be_missing_is_none_and_one_that_may_not_takes_the_row_with_it(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    mine, other, gone = author("mine"), author("other", of=2), author("gone", is_deleted=True)
    book("1", author=mine, editor=mine)
    book("2", author=other, editor=mine)
    book("3", author=gone, editor=mine)
    book("4", author=mine, editor=other)
    book("5", author=None, editor=mine)
    projection = compile_projection(Book, BookRead)
    with tenant(1), django_assert_num_queries(2):
        found = read_rows(projection, Book.objects.order_by("pk"))[0]
    names = [(each.name, each.author and each.author.name) for each in found]  # type: ignore[attr-defined]
    assert names == [("1", "mine"), ("2", None), ("3", None), ("5", None)]
    with tenant(2):
        assert [each["name"] for each in rows(Book, BookRead)] == ["4"]
        assert rows(Book, BookRead)[0]["author"] is None
    assert [each["name"] for each in rows(Book, BookRead)] == ["1", "2", "3", "4", "5"]


def test_a_row_that_cannot_do_without_another_is_not_there_without_it() -> None:
    here, there = City.objects.create(name="here"), City.objects.create(name="there", tenant=2)
    in_sight = Publisher.objects.create(name="in sight", city=here)
    beyond = Publisher.objects.create(name="beyond", city=there)
    foreign = Publisher.objects.create(name="foreign", city=here, tenant=2)
    for number, publisher in enumerate([in_sight, beyond, foreign, None]):
        book(str(number), author=author("a", publisher=publisher, mentor=author("m", of=2)))
    with tenant(1):
        found = rows(Book, BookRead)
        assert [each["author"] for each in found] == [
            {
                "name": "a",
                "publisher": {"name": "in sight", "city": {"id": here.pk, "name": "here"}},
                "mentor": None,
            },
            *[{"name": "a", "publisher": None, "mentor": None}] * 3,
        ]
        # Seen from itself, the publisher is left out where its city is.
        assert [each["name"] for each in rows(Publisher, PublisherRead)] == ["in sight", "foreign"]


def test_lists_hold_rows_of_the_scope_only() -> None:
    stored = book("1")
    stored.subjects.set(
        [
            Subject.objects.create(name="mine"),
            Subject.objects.create(name="other", tenant=2),
            Subject.objects.create(name="gone", is_deleted=True),
        ]
    )
    ids = compile_projection(Book, BookSubjects, id_lists={"subject_ids": "subjects"})
    for number, names in {1: ["mine"], 2: ["other"]}.items():
        Book.objects.update(tenant=number)
        Author.objects.update(tenant=number)
        with tenant(number):
            (found,) = read(Book, BookRead)
            assert [each.name for each in found.subjects] == names
            (keys,) = read_rows(ids, Book.objects.all())[0]
            assert keys == BookSubjects(subject_ids=(Subject.objects.get(name=names[0]).pk,))


def test_what_is_joined_inside_of_a_list_is_of_the_scope_too() -> None:
    writer = author("w")
    there = Publisher.objects.create(name="p", city=City.objects.create(name="c", tenant=2))
    book("1", author=writer, editor=author("e", publisher=there))
    book("2", author=writer, editor=author("foreign", of=2))
    book("3", of=2, author=writer)
    with tenant(1):
        (found,) = [each for each in rows(Author, AuthorBooks) if each["name"] == "w"]
    assert found["books"] == ({"name": "1", "editor": {"name": "e", "publisher": None}},)


def test_a_scope_may_be_any_condition() -> None:
    borrowed, deleted = book("1"), book("2")
    Loan.objects.create(book=borrowed, reader="r")
    Loan.objects.create(book=deleted, reader="s")
    Book.objects.filter(pk=deleted.pk).update(is_deleted=True)
    with tenant(1):
        assert [each["loan"] for each in rows(Book, BookRead)] == [{"reader": "r"}, None]
        assert rows(Loan, LoanRead) == [{"reader": "r"}, {"reader": "s"}]
        assert [loan.reader for loan in scopes.in_scope(Loan.objects.all())] == ["r"]


def test_a_scope_through_many_rows_repeats_none() -> None:
    @row_scope(Piece)
    def pieces_that_stand_somewhere() -> Q:
        return Q(placements__room__gte=1)

    stored = Piece.objects.create(title="a")
    Piece.objects.create(title="b")
    stored.placements.create(room=1, number=1)
    stored.placements.create(room=1, number=2)
    assert [each.title for each in scopes.in_scope(Piece.objects.all())] == ["a"]


def test_a_page_is_cut_off_after_the_scope() -> None:
    other = author("other", of=2)
    for number in range(6):
        book(str(number), **({"editor": other} if number < 3 else {}))
    projection = compile_projection(Book, BookRead)
    with tenant(1):
        found = read_rows(projection, Book.objects.order_by("pk")[:2])[0]
        assert [each.name for each in found] == ["3", "4"]  # type: ignore[attr-defined]
        assert [each.name for each in read_rows(projection, Book.objects.order_by("pk")[1:])[0]] == ["4", "5"]  # type: ignore[attr-defined]


def test_conditions_are_seen_from_where_a_path_begins() -> None:
    condition = Q(a=1) & ~(Q(b__gt=2) | Q(c=None))
    moved = Q(x__y__a=1) & ~(Q(x__y__b__gt=2) | Q(x__y__c=None))
    assert scopes.prefixed(condition, "x__y") == moved


def test_a_model_has_one_scope() -> None:
    with pytest.raises(DeclarationError, match=r"archive\.Tenanted has a row scope already, .*rows_of_the_tenant"):
        row_scope(Tenanted)(lambda: Q())


def test_a_scope_of_a_base_and_one_of_its_own_hold_both() -> None:
    @row_scope(City)
    def cities_in_a() -> Q:
        return Q(name__startswith="a")

    City.objects.create(name="a")
    City.objects.create(name="b")
    City.objects.create(name="a", tenant=2)
    with tenant(1):
        assert [(each.name, each.tenant) for each in scopes.in_scope(City.objects.all())] == [("a", 1)]


def test_a_scope_that_is_no_condition_is_refused() -> None:
    row_scope(Piece)(lambda: None)  # type: ignore[arg-type,return-value]
    with pytest.raises(DeclarationError, match=r"The row scope of archive\.Piece, .* returned a NoneType; it must"):
        scopes.in_scope(Piece.objects.all())


def test_a_scope_that_names_no_field_says_so() -> None:
    row_scope(Piece)(lambda: Q(titel="x"))
    with pytest.raises(DeclarationError, match=r"'titel' is not a field of archive\.Piece\. Did you mean 'title'"):
        scopes.in_scope(Piece.objects.all())


def test_what_is_not_scoped_costs_nothing() -> None:
    class PieceRead(ResponseSchema):
        title: str

    query = Piece.objects.all()
    assert scopes.in_scope(query) is query
