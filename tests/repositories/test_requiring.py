"""Keys are refused that no row has, before anything refers to them."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from django_layers.errors import NotFound
from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from tests.repositories import rows
from tests.shop.models import Category
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery, CategoryRead

pytestmark = pytest.mark.django_db


class SizedRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, CategoryQuery]):
    """Categories, with what the database works out for each."""

    expressions = {"size": Count("products")}  # noqa: RUF012  as the generator writes it


class SessionRead(ResponseSchema):
    """A session: its key is a text."""

    session_key: str


class SessionWrite(InternalSchema):
    """Nothing of a session is written."""


class SessionRepository(ModelRepository[Session, SessionRead, SessionWrite, SessionWrite, PageQuery]):
    """Sessions."""


class FilledRepository(ModelRepository[Category, CategoryRead, CategoryInsert, CategoryChanges, CategoryQuery]):
    """Categories with products, each as often as it has some."""

    def _queryset(self) -> QuerySet[Category]:
        return super()._queryset().filter(products__isnull=False)


def test_rows_that_show_many_others_take_one_query(
    django_assert_num_queries: Callable[[int], CaptureQueriesContext],
) -> None:
    tag = rows.tag()
    products = [rows.product(name, category=rows.category(name)) for name in ("a", "b", "c")]
    for product in products:
        product.tags.add(tag)
    repository = DjangoProductRepository()
    for _ in range(4):
        with django_assert_num_queries(1):
            repository.require(*(product.pk for product in products))


def test_nothing_is_asked_of_the_database_for_no_key(
    django_assert_num_queries: Callable[[int], CaptureQueriesContext],
) -> None:
    with django_assert_num_queries(0):
        DjangoCategoryRepository().require()


def test_one_key_that_no_row_has_is_refused_among_others() -> None:
    repository, category = DjangoCategoryRepository(), rows.category()
    for missing in (category.pk + 1, 10**30):
        with pytest.raises(NotFound, match="There is no such category"):
            repository.require(category.pk, missing)


def test_a_key_that_is_asked_for_twice_or_as_text_is_one() -> None:
    category = rows.category()
    DjangoCategoryRepository().require(category.pk, category.pk, str(category.pk))


def test_what_the_database_works_out_does_not_matter() -> None:
    category, repository = rows.category(), SizedRepository()
    repository.require(category.pk)
    assert repository.exists(category.pk)
    assert not repository.exists(category.pk + 1)
    with pytest.raises(NotFound):
        repository.require(category.pk + 1)


def test_a_row_that_a_query_finds_twice_does_not_stand_for_another() -> None:
    filled, empty = rows.category("filled"), rows.category("empty")
    for name in ("a", "b"):
        rows.product(name, category=filled)
    repository = FilledRepository()
    repository.require(filled.pk)
    with pytest.raises(NotFound):
        repository.require(filled.pk, empty.pk)


def test_a_text_is_the_key_of_a_row_where_reading_finds_one_by_it() -> None:
    # To MariaDB "abc" and "ABC" are one key, to the others they are two.
    Session.objects.create(session_key="abc", expire_date=datetime(2030, 1, 1, tzinfo=UTC))
    repository = SessionRepository()
    for key in ("abc", "ABC", "x"):
        with nullcontext() if repository.get_or_none(key) else pytest.raises(NotFound):
            repository.require(key)


def test_related_rows_without_a_service_are_required_in_one_query(
    django_assert_num_queries: Callable[[int], CaptureQueriesContext],
) -> None:
    repository, tags = DjangoProductRepository(), [rows.tag(name).pk for name in ("a", "b")]
    with django_assert_num_queries(1):
        repository._require_related("tags", *tags, str(tags[0]))
    with pytest.raises(NotFound, match="There is no such tag"):
        repository._require_related("tags", *tags, max(tags) + 1)
    repository._require_related("tags")
