"""Every kind of filter that a query can declare, in the database and in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, TypeAlias

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import override

from django_layers.repositories import ModelRepository
from django_layers.schemas import InternalSchema, PageQuery, ResponseSchema
from django_layers.testing import MemoryDatabase
from tests.shop.models import Category, Product, Review, Sample, Tag
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.review import DjangoReviewRepository
from tests.shop.repositories.orm.sample import DjangoSampleRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.category import CategoryInsert
from tests.shop.schemas.product import ProductInsert
from tests.shop.schemas.review import ReviewInsert
from tests.shop.schemas.sample import SampleChanges, SampleInsert
from tests.shop.schemas.tag import TagInsert
from tests.shop.types import ProductStatus

pytestmark = pytest.mark.django_db

MakeRepository: TypeAlias = "Callable[[type[Any]], Any]"


class Named(ResponseSchema):
    """What is looked at."""

    name: str


class Nothing(InternalSchema):
    """Nothing changes here."""


class ProductSearch(PageQuery):
    """What products can be searched by."""

    status: ProductStatus | None = None
    statuses: tuple[ProductStatus, ...] | None = None
    price_between: tuple[Decimal, Decimal] | None = None
    price_above: Decimal | None = None
    price_at_most: Decimal | None = None
    category_ids: tuple[int, ...] | None = None
    has_no_category: bool | None = None
    category_name: str | None = None
    parent_name: str | None = None
    no_place: bool | None = None
    search: str | None = None
    starts: str | None = None
    tag_id: int | None = None
    tag_ids: tuple[int, ...] | None = None
    untagged: bool | None = None
    tag_name: str | None = None
    stars_min: int | None = None
    comment: str | None = None


class ProductSearchRepository(ModelRepository[Product, Named, ProductInsert, Nothing, ProductSearch]):
    """Products, searched."""

    filters = {  # noqa: RUF012  as the generator writes it
        "statuses": "status__in",
        "price_between": "price__range",
        "price_above": "price__gt",
        "price_at_most": "price__lte",
        "category_ids": "category__in",
        "has_no_category": "category__isnull",
        "category_name": "category__name",
        "parent_name": "category__parent__name__iexact",
        "no_place": "category__position__isnull",
        "search": ("name__icontains", "sku__icontains", "category__name__icontains", "tags__name__icontains"),
        "starts": "name__istartswith",
        "tag_id": "tags",
        "tag_ids": "tags__in",
        "untagged": "tags__isnull",
        "tag_name": "tags__name",
        "stars_min": "reviews__stars__gte",
        "comment": "reviews__comment__icontains",
    }
    id_lists = {"tag_ids": "tags"}  # noqa: RUF012  as the generator writes it


@pytest.fixture(params=["database", "memory"])
def make(request: pytest.FixtureRequest) -> MakeRepository:
    """Return what makes repositories of a database, or of one in memory."""
    if request.param == "database":
        User.objects.bulk_create([User(pk=key, username=f"user {key}") for key in (1, 2)])
        return lambda repository: repository()
    memory = MemoryDatabase()
    memory.register("auth.User", 1, 2)
    return memory.repository


@pytest.fixture
def products(make: MakeRepository) -> Any:
    """Return a repository of a few products."""
    categories, tags = make(DjangoCategoryRepository), make(DjangoTagRepository)
    products, reviews = make(ProductSearchRepository), make(DjangoReviewRepository)
    top = categories.add(CategoryInsert(name="Kitchen", parent_id=None, position=1))
    pots = categories.add(CategoryInsert(name="Pots", parent_id=top.id, position=None))
    red, blue = tags.add(TagInsert(name="red")), tags.add(TagInsert(name="blue"))

    def add(name: str, price: str, category: Any, *tagged: Any, status: ProductStatus = ProductStatus.DRAFT) -> None:
        products.add(
            ProductInsert(
                sku=f"sku-{name[0]}",
                name=name,
                price=Decimal(price),
                status=status,
                category_id=category and category.id,
                tag_ids=tuple(tag.id for tag in tagged),
            )
        )

    add("apple", "1.00", None, red, blue)
    add("bowl", "2.50", top, red, status=ProductStatus.ON_SALE)
    add("cup 50%", "3.00", pots, blue)
    add("dish", "4.00", pots)
    keys = dict(zip("abcd", (row.id for row in make(KeyedRepository).page(PageQuery()).items), strict=True))
    for product, user, stars, comment in [
        (keys["a"], 1, 5, "poor"),
        (keys["a"], 2, 1, "great"),
        (keys["b"], 1, 5, "great"),
    ]:
        reviews.add(ReviewInsert(product_id=product, user_id=user, stars=stars, comment=comment))
    products.found = lambda **asked: "".join(
        sorted(item.name[0] for item in products.page(ProductSearch(**asked)).items)
    )
    products.keys = {"red": red.id, "blue": blue.id, "top": top.id, "pots": pots.id}
    return products


class Keyed(ResponseSchema):
    """What is pointed at."""

    id: int


class KeyedRepository(ModelRepository[Product, Keyed, ProductInsert, Nothing, PageQuery]):
    """Products by their keys."""

    id_lists = {"tag_ids": "tags"}  # noqa: RUF012  as the generator writes it


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "abcd"),
        ({"status": ProductStatus.ON_SALE}, "b"),
        ({"statuses": (ProductStatus.ON_SALE, ProductStatus.DRAFT)}, "abcd"),
        ({"statuses": ()}, ""),
        ({"price_between": (Decimal("2.50"), Decimal("3"))}, "bc"),
        ({"price_between": (Decimal("3"), Decimal("2.50"))}, ""),
        ({"price_above": Decimal("2.50")}, "cd"),
        ({"price_above": Decimal("2.4999")}, "bcd"),
        ({"price_at_most": Decimal("2.4999")}, "a"),
        ({"price_above": Decimal("1e30")}, ""),
        ({"price_at_most": Decimal("1e30")}, "abcd"),
        ({"price_between": (Decimal("-1e30"), Decimal("1e30"))}, "abcd"),
        ({"has_no_category": True}, "a"),
        ({"has_no_category": False}, "bcd"),
        ({"category_name": "Pots"}, "cd"),
        ({"parent_name": "kitchen"}, "cd"),
        ({"no_place": True}, "acd"),
        ({"no_place": False}, "b"),
        ({"search": "AP"}, "a"),
        ({"search": "SKU-D"}, "d"),
        ({"search": "pot"}, "cd"),
        ({"search": "RED"}, "ab"),
        ({"search": "bl"}, "ac"),
        ({"search": "%"}, "c"),
        ({"search": "_"}, ""),
        ({"search": "kit", "tag_name": "red"}, "b"),
        ({"starts": "CUP"}, "c"),
        ({"starts": "up"}, ""),
        ({"untagged": True}, "d"),
        ({"untagged": False}, "abc"),
        ({"tag_name": "red"}, "ab"),
        ({"stars_min": 5}, "ab"),
        ({"stars_min": 1}, "ab"),
        # Each is asked of any review: not of the same one.
        ({"stars_min": 5, "comment": "great"}, "ab"),
        ({"tag_name": "blue", "stars_min": 4}, "a"),
    ],
    ids=str,
)
def test_a_filter_finds_what_it_says(products: Any, asked: dict[str, Any], found: str) -> None:
    # The first runs are the ORM's, or compared with it; later ones are of what was kept of them.
    for _ in range(4):
        assert products.found(**asked) == found
        assert products.count(ProductSearch(**asked)) == len(found)
    assert len(list(products.stream(ProductSearch(**asked)))) == len(found)


def test_keys_are_looked_for_one_or_several_at_once(products: Any) -> None:
    keys = products.keys
    assert products.found(category_ids=(keys["pots"],)) == "cd"
    assert products.found(category_ids=(keys["pots"], keys["top"], keys["top"])) == "bcd"
    assert products.found(tag_id=keys["red"]) == "ab"
    assert products.found(tag_ids=(keys["red"], keys["blue"])) == "abc"
    assert products.found(tag_id=keys["red"], tag_ids=(keys["blue"],)) == "a"


@pytest.mark.parametrize("far", [2**31, 2**63, -(2**63) - 1, 10**30, -(10**30)])
def test_a_number_that_no_column_holds_is_compared_as_in_arithmetic(products: Any, far: int) -> None:
    assert products.found(tag_id=far) == ""
    assert products.found(tag_ids=(far,)) == ""
    assert products.found(category_ids=(far,)) == ""
    assert products.found(category_ids=(far, products.keys["top"], -far)) == "b"
    assert products.found(stars_min=far) == ("" if far > 0 else "ab")


def test_nothing_is_found_twice_and_nothing_is_made_distinct() -> None:
    products = ProductSearchRepository()
    product = Product.objects.create(sku="a", name="a", price=1)
    product.tags.set([Tag.objects.create(name="red"), Tag.objects.create(name="dark red")])
    Review.objects.create(product=product, user=User.objects.create(username="x"), stars=5)
    with CaptureQueriesContext(connection) as queries:
        page = products.page(ProductSearch(search="red", stars_min=1))
    assert len(page.items) == 1
    (query,) = queries.captured_queries
    assert "DISTINCT" not in query["sql"]
    assert query["sql"].count("EXISTS") == 2


class Titled(ResponseSchema):
    """What is looked at of samples."""

    title: str


class SampleSearch(PageQuery):
    """What samples can be searched by."""

    big: int | None = None
    bigs: tuple[int, ...] | None = None
    big_above: int | None = None
    big_below: int | None = None
    small_between: tuple[int, int] | None = None
    longer: timedelta | None = None
    shorter: timedelta | None = None
    lengths: tuple[timedelta, ...] | None = None
    after: datetime | None = None
    before: datetime | None = None
    year: int | None = None
    years: tuple[int, ...] | None = None
    since_year: int | None = None
    before_year: int | None = None
    on_day: date | None = None
    ip: str | None = None
    ips: tuple[str, ...] | None = None
    text: str | None = None


class SampleSearchRepository(ModelRepository[Sample, Titled, SampleInsert, SampleChanges, SampleSearch]):
    """Samples, searched."""

    filters = {  # noqa: RUF012  as the generator writes it
        "bigs": "big__in",
        "big_above": "big__gt",
        "big_below": "big__lt",
        "small_between": "small__range",
        "longer": "length__gte",
        "shorter": "length__lte",
        "lengths": "length__in",
        "after": "moment__gt",
        "before": "moment__lt",
        "year": "day__year",
        "years": "day__year__in",
        "since_year": "day__year__gte",
        "before_year": "day__year__lt",
        "on_day": "moment__date",
        "ips": "ip__in",
        "text": "text__contains",
    }


EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-14))


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"big": 7}, True),
        ({"big": 2**63}, False),
        ({"bigs": (2**63, -(2**64), 7)}, True),
        ({"bigs": (2**63, -(2**64))}, False),
        ({"big_above": -(2**63) - 1}, True),
        ({"big_above": 2**63}, False),
        ({"big_below": 2**63}, True),
        ({"big_below": -(2**63) - 1}, False),
        ({"small_between": (-(10**30), 10**30)}, True),
        ({"small_between": (-(10**30), 1)}, True),
        ({"small_between": (1, 10**30)}, True),
        ({"small_between": (2, 10**30)}, False),
        ({"small_between": (10**29, 10**30)}, False),
        ({"longer": timedelta.max}, False),
        ({"longer": timedelta.min}, True),
        ({"shorter": timedelta.max}, True),
        ({"shorter": timedelta.min}, False),
        ({"lengths": (timedelta.max, timedelta(days=1))}, True),
        ({"lengths": (timedelta.max,)}, False),
        ({"after": datetime.min.replace(tzinfo=EAST)}, True),
        ({"before": datetime.min.replace(tzinfo=EAST)}, False),
        ({"after": datetime.max.replace(tzinfo=WEST)}, False),
        ({"before": datetime.max.replace(tzinfo=WEST)}, True),
        ({"year": 2026}, True),
        ({"year": 10_000}, False),
        ({"year": 0}, False),
        ({"years": (0, 2026, 10_000)}, True),
        ({"since_year": -5}, True),
        ({"since_year": 10_000}, False),
        ({"before_year": 10_000}, True),
        ({"before_year": 0}, False),
        ({"on_day": date(2026, 3, 4)}, True),
        ({"on_day": date(2026, 3, 5)}, False),
        ({"ip": "10.0.0.1"}, True),
        ({"ip": "no address"}, False),
        ({"ips": ("no address", "10.0.0.1")}, True),
        ({"text": "x%y"}, True),
        ({"text": "x_y"}, False),
    ],
    ids=str,
)
def test_values_at_the_edges_of_their_types_are_no_errors(
    make: MakeRepository, asked: dict[str, Any], is_found: bool
) -> None:
    samples = make(DjangoSampleRepository)
    samples.add(
        SampleInsert(
            title="a",
            text="x%y",
            big=7,
            small=1,
            length=timedelta(days=1),
            moment=datetime(2026, 3, 4, 12, tzinfo=UTC),
            day=date(2026, 3, 4),
            ip="10.0.0.1",
        )
    )
    samples.add(SampleInsert(title="of nothing but NULL"))
    searched = make(SampleSearchRepository)
    # MySQL knows other time zones only once they are loaded.
    with override("UTC"):
        assert searched.count(SampleSearch(**asked)) == is_found


def test_a_query_with_such_values_is_right_after_one_with_others() -> None:
    Sample.objects.create(title="a", big=7)
    samples = SampleSearchRepository()
    for value, count in [(7, 1), (2**63, 0), (7, 1), (-(2**70), 0), (8, 0)]:
        assert samples.count(SampleSearch(big=value)) == count
        assert samples.count(SampleSearch(bigs=(value, 9))) == count


class BestRepository(ProductSearchRepository):
    """Products with a way to ask for two things of the same row."""

    def praised(self, stars: int, comment: str) -> QuerySet[Product]:
        return self._queryset().filter(
            pk__in=Review.objects.filter(stars__gte=stars, comment__icontains=comment).values("product")
        )


def test_two_things_are_asked_of_the_same_row_by_an_own_query() -> None:
    kind = Category.objects.create(name="x")
    user, other = (User.objects.create(username=name) for name in "xy")
    for name, reviews in {"a": [(5, "poor"), (1, "great")], "b": [(5, "great")]}.items():
        product = Product.objects.create(sku=name, name=name, price=1, category=kind)
        for by, (stars, comment) in zip((user, other), reviews, strict=False):
            Review.objects.create(product=product, user=by, stars=stars, comment=comment)
    repository = BestRepository()
    page = repository._page(repository.praised(5, "great"), PageQuery(include_total=True))
    assert [item.name for item in page.items] == ["b"]
