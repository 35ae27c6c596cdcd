"""How many rows a list has in all: counted only where somebody asks, and nothing else tells it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.repositories import rows
from tests.shop.models import Category, Note
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.schemas.category import CategoryQuery
from tests.shop.schemas.note import NoteQuery
from tests.shop.schemas.product import ProductQuery

pytestmark = pytest.mark.django_db


def test_nobody_counts_unasked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        rows.category()
    with django_assert_num_queries(1):
        assert DjangoCategoryRepository().page(CategoryQuery(limit=2)).total is None


def test_a_total_is_of_all_pages_and_the_same_on_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(5):
        rows.category()
    repository = DjangoCategoryRepository()
    with django_assert_num_queries(2):
        first = repository.page(CategoryQuery(limit=2, include_total=True))
    second = repository.page(CategoryQuery(limit=2, include_total=True, cursor=first.next_cursor))
    last = repository.page(CategoryQuery(limit=2, include_total=True, cursor=second.next_cursor))
    back = repository.page(CategoryQuery(limit=2, include_total=True, cursor=last.previous_cursor))
    assert (first.total, second.total, last.total, back.total) == (5, 5, 5, 5)


@pytest.mark.parametrize("stored", [0, 1, 2])
def test_a_list_that_is_one_page_is_not_counted(stored: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(stored):
        rows.category()
    with django_assert_num_queries(1):
        assert DjangoCategoryRepository().page(CategoryQuery(limit=2, include_total=True)).total == stored


def test_a_total_knows_filters_and_whose_rows_they_are() -> None:
    kind, tag = rows.category(), rows.tag()
    for number in range(3):
        rows.product(str(number), category=kind, tags=(tag, rows.tag()))
        rows.product(str(number))
    query = ProductQuery(limit=1, include_total=True, category_id=kind.pk, tag_id=tag.pk)
    assert DjangoProductRepository().page(query).total == 3
    alice, bob = rows.user(), rows.user()
    for owner in (alice, alice, bob):
        Note.objects.create(user=owner, title="x")
    assert DjangoNoteRepository().page(NoteQuery(limit=1, include_total=True), visible_to=alice.pk).total == 2


def test_asking_for_the_total_does_not_make_it_another_list() -> None:
    for _ in range(3):
        rows.category()
    repository = DjangoCategoryRepository()
    cursor = repository.page(CategoryQuery(limit=2)).next_cursor
    assert repository.page(CategoryQuery(limit=2, include_total=True, cursor=cursor)).total == 3


def test_pages_of_an_own_query_have_a_total_too() -> None:
    for name in "aabbb":
        rows.category(f"{name}{Category.objects.count()}")
    page = DjangoCategoryRepository()._page(
        Category.objects.filter(name__startswith="b"), CategoryQuery(limit=1, include_total=True)
    )
    assert page.total == 3
