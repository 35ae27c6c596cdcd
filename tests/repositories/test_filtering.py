"""Filters of a list."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Count
from pytest_django import DjangoAssertNumQueries

from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.repositories.compiled import compiled
from django_layers.schemas import MISSING, PageQuery
from tests.repositories import rows
from tests.shop.models import Category, Sample
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery, CategoryRead
from tests.shop.schemas.product import ProductQuery
from tests.shop.schemas.sample import SampleQuery
from tests.shop.types import ProductStatus

pytestmark = pytest.mark.django_db


def names(**asked: Any) -> list[str]:
    page = DjangoProductRepository().page(ProductQuery(order_by="name", **asked))
    return [product.name for product in page.items]


def test_a_filter_that_is_none_is_not_asked_for() -> None:
    rows.product("a", category=rows.category())
    rows.product("b")
    assert names(category_id=None) == ["a", "b"]


def test_a_filter_compares_the_field_of_its_name() -> None:
    kind = rows.category()
    rows.product("a", category=kind, status=ProductStatus.DRAFT)
    rows.product("b", category=kind, status=ProductStatus.ON_SALE)
    rows.product("c", status=ProductStatus.ON_SALE)
    assert names(category_id=kind.pk) == ["a", "b"]
    assert names(status=ProductStatus.ON_SALE) == ["b", "c"]
    assert names(category_id=kind.pk, status=ProductStatus.ON_SALE) == ["b"]


def test_a_filter_asks_what_the_repository_says() -> None:
    for name, price in {"apple": 1, "pear": 2, "pineapple": 3}.items():
        rows.product(name, price=price)
    assert names(price_min=Decimal(2)) == ["pear", "pineapple"]
    assert names(price_min=Decimal(2), price_max=Decimal(2)) == ["pear"]
    assert names(name_contains="APPLE") == ["apple", "pineapple"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"'])
def test_a_text_filter_means_what_it_says(text: str) -> None:
    rows.product(f"a{text}b")
    rows.product("axb")
    assert names(name_contains=text) == [f"a{text}b"]


def test_a_filter_of_false_is_asked_for() -> None:
    Sample.objects.create(title="yes", flag=True)
    Sample.objects.create(title="no", flag=False)
    Sample.objects.create(title="unknown")
    page = DjangoSampleRepository().page(SampleQuery(flag=False))
    assert [sample.title for sample in page.items] == ["no"]


def test_a_filter_on_many_rows_finds_no_row_twice(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    red, blue = rows.tag("red"), rows.tag("blue")
    rows.product("a", tags=(red, blue))
    rows.product("b", tags=(blue,))

    class SearchQuery(PageQuery):
        tag_names: tuple[str, ...] | None = None

    class SearchRepository(
        ModelRepository[
            DjangoProductRepository.declaration().model,  # type: ignore[misc]
            DjangoProductRepository.declaration().read,
            DjangoProductRepository.declaration().insert,
            DjangoProductRepository.declaration().changes,
            SearchQuery,
        ]
    ):
        filters = {"tag_names": "tags__name__in"}  # noqa: RUF012  as the generator writes it
        id_lists = {"tag_ids": "tags"}  # noqa: RUF012

    repository = SearchRepository()
    with django_assert_num_queries(3):
        page = repository.page(SearchQuery(tag_names=("red", "blue")))
    assert [product.name for product in page.items] == ["a", "b"]
    assert repository.count(SearchQuery(tag_names=("red", "blue"))) == 2
    assert repository.count(SearchQuery(tag_names=())) == 0
    assert names(tag_id=blue.pk) == ["a", "b"]
    assert names(tag_id=red.pk) == ["a"]


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_column_holds_finds_nothing(value: int) -> None:
    kind = rows.category()
    rows.product("a", category=kind, tags=(rows.tag(),))
    Sample.objects.create(title="a", number=1)
    assert names(category_id=value) == names(tag_id=value) == []
    assert DjangoSampleRepository().count(SampleQuery(number=value)) == 0
    assert DjangoCategoryRepository().count(CategoryQuery(parent_id=value)) == 0


def test_moments_are_compared_as_moments() -> None:
    for hour in (1, 2, 3):
        Sample.objects.create(title=str(hour), moment=datetime(2026, 1, 1, hour, tzinfo=UTC))
    page = DjangoSampleRepository().page(
        SampleQuery.model_validate({"moment_min": "2026-01-01T03:00:00+01:00", "moment_max": "2026-01-01T02:00:00Z"})
    )
    assert [sample.title for sample in page.items] == ["2"]


def test_a_missing_filter_is_not_asked_for() -> None:
    class MaybeQuery(PageQuery):
        parent_id: int | MISSING | None = MISSING

    class MaybeRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, MaybeQuery]):
        """Categories."""

    rows.category()
    assert MaybeRepository().count(MaybeQuery()) == 1


def test_what_the_database_works_out_can_be_asked_for() -> None:
    class SizedQuery(PageQuery):
        size_min: int | None = None
        order_by: str = "-size"

    class SizedRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, SizedQuery]):
        expressions = {"size": Count("products")}  # noqa: RUF012
        filters = {"size_min": "size__gte"}  # noqa: RUF012

    for name, size in {"one": 1, "none": 0, "two": 2, "other": 1}.items():
        kind = rows.category(name)
        for number in range(size):
            rows.product(str(number), category=kind)
    repository = SizedRepository()
    assert repository.count(SizedQuery(size_min=1)) == 3
    query = SizedQuery(size_min=1, limit=1)
    found = []
    while True:
        page = repository.page(query)
        found.extend(category.name for category in page.items)
        if page.next_cursor is None:
            break
        query = SizedQuery(size_min=1, limit=1, cursor=page.next_cursor)
    assert found == ["two", "other", "one"]


def test_rows_of_an_owner_are_only_hers() -> None:
    alice, bob = rows.user(), rows.user()
    notes = DjangoNoteRepository()
    declaration = DjangoNoteRepository.declaration()
    hers = notes.add(declaration.insert.model_validate({"user_id": alice.pk, "title": "hers"}))  # type: ignore[arg-type]
    his = notes.add(declaration.insert.model_validate({"user_id": bob.pk, "title": "his"}))  # type: ignore[arg-type]
    query = declaration.query()
    assert [note.title for note in notes.page(query, visible_to=alice.pk).items] == ["hers"]  # type: ignore[arg-type]
    assert notes.count(query) == 2  # type: ignore[arg-type]
    assert notes.count(query, visible_to=alice.pk) == 1  # type: ignore[arg-type]
    assert notes.get(hers.id, visible_to=alice.pk) == hers
    assert notes.get_or_none(his.id, visible_to=alice.pk) is None
    assert not notes.exists(his.id, visible_to=alice.pk)
    assert notes.many([his.id, hers.id], visible_to=alice.pk) == (hers,)
    assert notes.many([his.id, hers.id]) == (his, hers)


def test_asking_for_an_owner_s_rows_where_rows_have_none_is_a_mistake() -> None:
    with pytest.raises(DeclarationError, match="DjangoCategoryRepository was asked for the rows of one owner"):
        DjangoCategoryRepository().get(1, visible_to=1)


def test_mistakes_in_filters_are_named_with_the_way_out() -> None:
    class WrongQuery(PageQuery):
        title: str | None = None
        name_like: str | None = None
        parent_id: int | None = None

    class WrongRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, WrongQuery]):
        filters = {"name_like": "name__like", "nam": "name"}  # noqa: RUF012

    with pytest.raises(DeclarationError) as caught:
        compiled(WrongRepository)
    title, like, unknown = caught.value.problems
    assert title.startswith("WrongQuery.title: 'title' is not a field of shop.Category.")
    assert title.endswith('`filters = {"title": "field__lookup"}`.')
    assert "'like' is neither a field behind nor a lookup of shop.Category.name" in like
    assert unknown == "WrongRepository.filters: WrongQuery has no filter 'nam'."
