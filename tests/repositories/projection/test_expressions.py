"""What the database works out, as a repository declares it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import Avg, Count, ExpressionWrapper, F, IntegerField, Max, Q, Sum, Value
from django.db.models.fields import BooleanField
from django.db.models.functions import Length, Upper
from pytest_django import DjangoAssertNumQueries

from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.repositories.compiled import compiled
from django_layers.repositories.projection.expressions import independent, output_fields
from django_layers.repositories.projection.hydration import Tier, tiers_of
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.archive.models import Author, Book, Chapter, City, Publisher, Subject
from tests.repositories.projection.reading import production

pytestmark = pytest.mark.django_db


class BookCounts(ResponseSchema):
    name: str
    subject_count: int
    chapter_count: int
    last_chapter: str | None
    loudly: str
    is_long: bool


class BookInsert(InternalSchema):
    name: str
    code: str
    editor_id: int


class BookChanges(InternalSchema):
    name: str


class BookQuery(PageQuery):
    name: str | None = None


class Books(ModelRepository[Book, BookCounts, BookInsert, BookChanges, BookQuery]):
    """Books with what there is of them."""

    expressions = {  # noqa: RUF012  as the generator writes it
        "subject_count": Count("subjects"),
        "chapter_count": Count("chapters"),
        "last_chapter": Max("chapters__title"),
        "loudly": Upper("name"),
        "is_long": ExpressionWrapper(Q(name__gte="m"), output_field=BooleanField()),
    }
    unscoped = ("subject_count",)


def test_aggregates_over_two_lists_do_not_multiply_each_other(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    editor = Author.objects.create()
    full = Book.objects.create(name="zoo", code="1", editor=editor)
    empty = Book.objects.create(name="ant", code="2", editor=editor)
    full.subjects.set([Subject.objects.create(name=name) for name in "abc"])
    for title in ("x", "y"):
        Chapter.objects.create(book=full, title=title)
    expected = {
        "zoo": {"subject_count": 3, "chapter_count": 2, "last_chapter": "y", "loudly": "ZOO", "is_long": True},
        "ant": {"subject_count": 0, "chapter_count": 0, "last_chapter": None, "loudly": "ANT", "is_long": False},
    }
    repository = Books()
    assert [tier for _, tier in tiers_of(compiled(Books).projection)] == [Tier.TRUSTED]
    with production(), django_assert_num_queries(1):
        items = repository.page(BookQuery()).items
    assert {each.name: each.model_dump(exclude={"name"}) for each in items} == expected
    assert repository.get(full.pk).model_dump(exclude={"name"}) == expected["zoo"]
    assert [each.name for each in repository.many([empty.pk, full.pk])] == ["ant", "zoo"]


def test_aggregates_over_one_list_are_worked_out_by_one_join() -> None:
    expressions = {"count": Count("chapters"), "last": Max("chapters__title"), "length": Length("name")}
    assert independent(Book, expressions) == expressions


def test_an_aggregate_over_a_list_in_a_list_is_apart_from_one_over_the_outer_list() -> None:
    publisher = Publisher.objects.create(city=City.objects.create(name="c"))
    for _ in range(2):
        author = Author.objects.create(publisher=publisher)
        for number in range(3):
            Book.objects.create(code=f"{author.pk}-{number}", author=author, editor=author)
    expressions = independent(Publisher, {"authors_": Count("authors"), "books": Count("authors__books")})
    assert Publisher.objects.annotate(**expressions).values_list("authors_", "books").get() == (2, 6)


def test_one_expression_over_two_lists_is_refused() -> None:
    with pytest.raises(DeclarationError) as caught:
        independent(Book, {"both": Count("subjects") + Count("chapters")})
    assert str(caught.value) == (
        "expressions['both'] aggregates over several lists at once (chapters, subjects), which multiplies the rows of "
        "one by those of the others. Declare an expression for each, or a Subquery."
    )


def test_what_an_expression_gives_is_known_from_the_model() -> None:
    found = output_fields(
        Book, {"average": Avg("chapters__id"), "total": Sum("tenant"), "loudly": Upper("name"), "one": Value(1)}
    )
    assert {name: type(field).__name__ for name, field in found.items()} == {
        "average": "FloatField",
        "total": "IntegerField",
        "loudly": "CharField",
        "one": "IntegerField",
    }


def test_every_expression_that_asks_for_what_is_not_there_is_named() -> None:
    with pytest.raises(DeclarationError) as caught:
        output_fields(Book, {"wrong": Count("chaptres"), "mixed": F("name") + F("tenant")})
    first, second = caught.value.problems
    assert first.startswith(
        "expressions['wrong'] cannot be worked out of archive.Book: Cannot resolve keyword 'chaptres'"
    )
    assert second.startswith("expressions['mixed'] cannot be worked out of archive.Book: ")
    assert "output_field" in second


def test_an_aggregate_apart_keeps_its_type() -> None:
    average = Avg("chapters__id", output_field=IntegerField()) * Value(Decimal(1))
    average.output_field = IntegerField()
    expressions = independent(Book, {"average": average, "subjects_": Count("subjects")})
    assert type(expressions["average"].output_field) is IntegerField
