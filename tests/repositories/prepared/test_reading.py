"""The reads of a repository once their queries are kept."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from django_layers.errors import NotFound
from tests.repositories import rows
from tests.repositories.prepared.kept import by_the_orm, compilations, is_kept, told
from tests.shop.models import Note, Product
from tests.shop.repositories.orm.note import DjangoNoteRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.schemas.note import NoteQuery
from tests.shop.schemas.product import ProductQuery
from tests.shop.types import ProductStatus

pytestmark = pytest.mark.django_db

Ask = Callable[[DjangoProductRepository], object]
HARD_TEXTS = ["'; DROP TABLE shop_product; --", '"', "\\", "%", "%s", "%(a)s", "_", "?", "\n", "\u2028", "é"]


@pytest.fixture
def products() -> list[Product]:
    """Store a few products with categories and tags."""
    red, blue = rows.tag("red"), rows.tag("blue")
    kind = rows.category("kind")
    return [
        rows.product(f"product {number}", price=number, category=kind if number % 2 else None, tags=(red, blue))
        for number in range(6)
    ]


def first_key() -> int:
    return Product.objects.order_by("pk").values_list("pk", flat=True)[0]


READS: dict[str, Ask] = {
    "get": lambda repository: repository.get(first_key()),
    "get_or_none": lambda repository: repository.get_or_none(0),
    "many": lambda repository: repository.many([first_key() + 1, first_key(), 0]),
    "exists": lambda repository: repository.exists(first_key()),
    "count": lambda repository: repository.count(ProductQuery(price_min=Decimal(2))),
    "page": lambda repository: repository.page(ProductQuery(limit=2)),
    "page by filters": lambda repository: repository.page(
        ProductQuery(
            limit=4, name_contains="prod", price_min=Decimal(1), status=ProductStatus.DRAFT, tag_id=tag_key("blue")
        )
    ),
    "next page": lambda repository: repository.page(
        ProductQuery(limit=2, order_by="-price", cursor=_cursor(repository))
    ),
}


def tag_key(name: str) -> int:
    return rows.Tag.objects.get(name=name).pk


def _cursor(repository: DjangoProductRepository) -> str | None:
    return by_the_orm(lambda: repository.page(ProductQuery(limit=2, order_by="-price"))).next_cursor


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_read_finds_what_the_orm_finds(read: Ask, products: list[Product]) -> None:
    repository = DjangoProductRepository()
    expected = told(by_the_orm(lambda: read(repository)))
    for _ in range(4):
        assert told(read(repository)) == expected


@pytest.mark.parametrize(
    "ask",
    [
        lambda repository, key: repository.get(key),
        lambda repository, key: repository.many([key, key + 1]),
        lambda repository, key: repository.exists(key),
        lambda repository, key: repository.count(ProductQuery(price_min=Decimal(2), name_contains="a")),
        lambda repository, key: repository.page(ProductQuery(limit=2)),
        lambda repository, key: repository.page(ProductQuery(limit=2, category_id=key, name_contains="a")),
        lambda repository, key: repository._read_stored([key], "default"),
    ],
    ids=["get", "many", "exists", "count", "page", "page by filters", "read after a write"],
)
def test_nothing_is_compiled_for_a_read_that_was_made_before(
    ask: Callable[[DjangoProductRepository, int], object], products: list[Product]
) -> None:
    assert is_kept(lambda: ask(DjangoProductRepository(), products[0].pk))


def test_nothing_is_compiled_for_further_pages_in_either_direction(products: list[Product]) -> None:
    repository = DjangoProductRepository()

    def there_and_back() -> list[str]:
        there = repository.page(ProductQuery(limit=2, order_by="-price"))
        further = repository.page(ProductQuery(limit=2, order_by="-price", cursor=there.next_cursor))
        back = repository.page(ProductQuery(limit=2, order_by="-price", cursor=further.previous_cursor))
        return [product.name for page in (there, further, back) for product in page.items]

    assert is_kept(there_and_back)
    expected = [5, 4, 3, 2, 5, 4]
    assert there_and_back() == [f"product {number}" for number in expected]


def test_what_was_not_asked_for_before_is_compiled(products: list[Product]) -> None:
    repository = DjangoProductRepository()
    assert is_kept(lambda: repository.page(ProductQuery(limit=2)))
    for query in (ProductQuery(limit=3), ProductQuery(limit=2, sku="a"), ProductQuery(limit=2, order_by="name")):
        with compilations() as compiled:
            found = told(repository.page(query))
        assert compiled
        assert found == told(by_the_orm(lambda query=query: repository.page(query)))


def test_rows_come_with_new_values_each_time(products: list[Product]) -> None:
    repository = DjangoProductRepository()
    assert [repository.get(product.pk).name for product in products] == [product.name for product in products]
    for product in products:
        assert repository.many([product.pk])[0].price == product.price
    assert [repository.count(ProductQuery(price_min=Decimal(least))) for least in range(6)] == [6, 5, 4, 3, 2, 1]
    with pytest.raises(NotFound):
        repository.get(0)


def test_rows_are_one_owners_each_time() -> None:
    owners = [rows.user() for _ in range(4)]
    for owner in owners:
        Note.objects.create(user=owner, title=f"of {owner.pk}")
    repository = DjangoNoteRepository()

    def titles(owner: User | None) -> list[str]:
        page = repository.page(NoteQuery(), visible_to=None if owner is None else owner.pk)
        return sorted(note.title for note in page.items)

    for owner in owners:
        assert titles(owner) == [f"of {owner.pk}"]
        assert not any(repository.exists(note.pk, visible_to=owner.pk) for note in Note.objects.exclude(user=owner))
    assert titles(None) == sorted(f"of {owner.pk}" for owner in owners)


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_a_value_is_bound_and_never_part_of_the_sql(text: str) -> None:
    rows.product(f"a{text}b")
    rows.product("ab")
    repository, seen = DjangoProductRepository(), _Seen()
    for _ in range(4):
        with connection.execute_wrapper(seen):
            page = repository.page(ProductQuery(name_contains=f"a{text}b"))
        assert [product.name for product in page.items] == [f"a{text}b"]
    asked = [sql for sql, _ in seen.queries if "LIKE" in sql]
    assert len(asked) == 4
    assert len(set(asked)) == 1
    assert "DROP" not in asked[0]


class _Seen:
    """A wrapper of queries that notes them down."""

    def __init__(self) -> None:
        self.queries: list[tuple[str, Any]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Note a query down, and run it."""
        self.queries.append((sql, params))
        return execute(sql, params, many, context)


def test_wrappers_of_queries_see_them_with_their_values(products: list[Product]) -> None:
    repository, seen = DjangoProductRepository(), _Seen()
    for product in products:
        with connection.execute_wrapper(seen):
            repository.get(product.pk)
    of_products = [params for sql, params in seen.queries if "price" in sql]
    assert of_products == [(product.pk,) for product in products]


def test_a_wrapper_can_forbid_queries(products: list[Product]) -> None:
    repository = DjangoProductRepository()
    assert is_kept(lambda: repository.get(products[0].pk))

    def forbidden(*args: object) -> None:
        raise AssertionError("No query here.")

    with connection.execute_wrapper(forbidden), pytest.raises(AssertionError, match="No query here"):
        repository.get(products[0].pk)


def test_the_log_of_queries_shows_what_the_orm_would_run(products: list[Product]) -> None:
    repository = DjangoProductRepository()
    ask = lambda: repository.page(ProductQuery(limit=2, name_contains="50%", price_min=Decimal(1)))  # noqa: E731
    with CaptureQueriesContext(connection) as expected:
        by_the_orm(ask)
    assert is_kept(ask)
    with CaptureQueriesContext(connection) as captured:
        ask()
    assert [each["sql"] for each in captured] == [each["sql"] for each in expected]


def test_queries_are_counted(products: list[Product], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    repository = DjangoProductRepository()
    for _ in range(4):
        # The rows, and one more query for each of their two lists: also when they are prepared.
        with django_assert_num_queries(3):
            repository.page(ProductQuery(limit=2))
        with django_assert_num_queries(1):
            repository.count(ProductQuery())


def test_a_setting_switches_it_off(products: list[Product], settings: Settings) -> None:
    repository = DjangoProductRepository()
    settings.DJANGO_LAYERS = {"PREPARED_QUERIES": False}
    assert not is_kept(lambda: repository.get(products[0].pk))
    assert not is_kept(lambda: repository.exists(products[0].pk))
    settings.DJANGO_LAYERS = {}
    assert is_kept(lambda: repository.get(products[0].pk))


def test_a_key_that_no_column_holds_is_no_key(products: list[Product]) -> None:
    repository = DjangoProductRepository()
    for key in (products[0].pk, 2**63, products[0].pk, -(2**70), 2**63):
        assert (repository.get_or_none(key) is None) == (key != products[0].pk)
        assert repository.exists(key) == (key == products[0].pk)
        assert len(repository.many([key])) == (key == products[0].pk)
