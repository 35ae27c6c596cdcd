"""What is said about the filters and the orders of repositories."""

from typing import ClassVar

import pytest

from django_layers.repositories import ModelRepository
from django_layers.repositories.explain import Explanation, explain
from django_layers.repositories.explain.explanation import IndexUse
from django_layers.schemas import PageQuery
from tests.shop.models import Product
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.schemas.product import ProductChanges, ProductInsert, ProductRead


class SearchQuery(PageQuery):
    """What is asked through relations, of several columns and of parts of them."""

    category_name: str | None = None
    category_position: int | None = None
    q: str | None = None
    either: str | None = None
    year: int | None = None
    month: int | None = None
    reviewed_with: int | None = None
    reviewed: int | None = None
    supplier: str | None = None
    order_by: str = "-created_at"


class SearchRepository(ModelRepository[Product, ProductRead, ProductInsert, ProductChanges, SearchQuery]):
    """Products as they are searched for."""

    filters: ClassVar = {
        "category_name": "category__name",
        "category_position": "category__position",
        "q": ("name__icontains", "sku"),
        "either": ("sku", "category__name"),
        "year": "created_at__year",
        "month": "created_at__month",
        "reviewed_with": "reviews__stars",
        "reviewed": "reviews",
        "supplier": "suppliers__name",
    }
    id_lists: ClassVar = {"tag_ids": "tags"}


@pytest.fixture
def search(db: None) -> Explanation:
    return explain(SearchRepository)


def use(explanation: Explanation, name: str) -> IndexUse:
    """Return what serves a filter or an order."""
    (found,) = [each for each in (*explanation.filters, *explanation.orders) if each.name == name]
    return found.use


@pytest.mark.django_db
def test_a_filter_takes_the_index_that_begins_with_its_column() -> None:
    explanation = explain(DjangoProductRepository)

    assert use(explanation, "sku") == IndexUse(serves="full", index="unique (sku)", says="finds the rows.")
    assert use(explanation, "category_id").index == "reference (category_id)"
    assert use(explanation, "tag_id").index == "reference (tag_id) of shop.Product_tags"


@pytest.mark.django_db
def test_a_filter_without_an_index_is_told_which_would_serve_it() -> None:
    found = use(explain(DjangoProductRepository), "price_min")

    assert found.serves == "none"
    assert found.says == 'every row is looked at. Where there are many: models.Index(fields=["price"]).'


def test_a_filter_through_a_reference_takes_an_index_of_the_other_table(search: Explanation) -> None:
    assert use(search, "category_name").index == "unique (name) of shop.Category"
    assert use(search, "category_position").serves == "none"
    assert 'models.Index(fields=["position"])' in use(search, "category_position").says
    assert "of shop.Category" in use(search, "category_position").says


def test_a_filter_through_many_rows_takes_an_index_of_theirs(search: Explanation) -> None:
    assert use(search, "reviewed").index == "primary key (id) of shop.Review"
    assert use(search, "reviewed_with").serves == "none"
    assert "of shop.Review" in use(search, "reviewed_with").says


def test_a_filter_of_several_columns_is_as_slow_as_the_slowest(search: Explanation) -> None:
    assert use(search, "q").serves == "none"
    assert "icontains" in use(search, "q").says
    assert use(search, "either").serves == "full"
    assert use(search, "either").index == "unique (sku); unique (name) of shop.Category"


def test_a_year_is_a_range_and_a_month_is_not(search: Explanation) -> None:
    assert use(search, "year").index == "index shop_product_newest (-created_at, -id)"
    assert use(search, "month").says.startswith("asks for the month of each row.")


@pytest.mark.django_db
def test_an_order_takes_the_index_that_has_all_of_it() -> None:
    explanation = explain(DjangoProductRepository)

    assert use(explanation, "created_at").serves == use(explanation, "-created_at").serves == "full"
    assert use(explanation, "-name").serves == "none"
    assert 'models.Index(fields=["name", "id"])' in use(explanation, "-name").says
    assert use(explanation, "-name") == use(explanation, "name")


@pytest.mark.django_db
def test_the_order_of_private_rows_needs_an_index_that_begins_with_the_owner() -> None:
    found = use(explain(DjangoNoteRepository), "-created_at")

    assert (found.serves, found.index) == ("full", "index shop_note_newest (user_id, -created_at, -id)")


@pytest.mark.django_db
def test_an_order_that_may_meet_null_is_told_why_no_index_serves_it() -> None:
    says = [each.use.says for each in explain(DjangoCategoryRepository).orders if "position" in each.terms[0]]

    assert says
    assert all("NULL of position comes last here" in each for each in says if each)
