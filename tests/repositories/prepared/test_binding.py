"""Statements of which PostgreSQL keeps the plan, where the project lets it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from django_layers.errors import NotFound
from django_layers.repositories.prepared.binding import cursor_of
from tests.repositories import rows
from tests.repositories.prepared.kept import by_the_orm, told
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.schemas.product import ProductQuery

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL is asked to keep plans."),
]


def statements() -> list[str]:
    """Return the statements that the connection has prepared."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.fixture
def lets_prepare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the connection prepare statements at their second run, as an option of the database would."""
    connection.ensure_connection()
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"prepare_threshold": 1})
    monkeypatch.setattr(connection.connection, "prepare_threshold", 1)
    return


def test_nothing_is_prepared_unless_the_database_is_set_so() -> None:
    product, repository = rows.product(), DjangoProductRepository()
    before = statements()
    for _ in range(4):
        repository.get(product.pk)
    assert statements() == before
    with cursor_of(connection, is_typed=True) as cursor:
        assert type(cursor.cursor) is connection.connection.cursor_factory


@pytest.mark.usefixtures("lets_prepare")
def test_reads_by_keys_are_prepared() -> None:
    keys = [rows.product(f"product {number}", tags=(rows.tag(),)).pk for number in range(3)]
    repository = DjangoProductRepository()
    before = len(statements())
    for _ in range(3):
        assert [each.id for each in repository.many(keys)] == keys
    prepared = statements()[before:]
    assert prepared
    assert all("= ANY($1::bigint[])" in statement for statement in prepared)
    assert [each.id for each in repository.many(keys[1:])] == keys[1:]
    assert statements()[before:] == prepared


@pytest.mark.usefixtures("lets_prepare")
@pytest.mark.parametrize(
    "columns",
    [{}, {"status": "draft"}, {"name_contains": "1"}, {"price_min": Decimal(1)}, {"order_by": "-price", "limit": 1}],
)
def test_pages_are_those_of_the_orm(columns: dict[str, Any]) -> None:
    for number in range(3):
        rows.product(f"product {number}", price=number, tags=(rows.tag(),))
    repository = DjangoProductRepository()
    expected = by_the_orm(lambda: told(repository.page(ProductQuery(**columns))))
    for _ in range(4):
        page = repository.page(ProductQuery(**columns))
        assert told(page) == expected
        if page.next_cursor:
            repository.page(ProductQuery(**columns, cursor=page.next_cursor))


@pytest.mark.usefixtures("lets_prepare")
def test_what_is_not_there_is_not_found_by_a_prepared_statement() -> None:
    product, repository = rows.product(), DjangoProductRepository()
    for _ in range(4):
        assert repository.get(product.pk).id == product.pk
        with pytest.raises(NotFound):
            repository.get(product.pk + 1)


@pytest.mark.usefixtures("lets_prepare")
def test_wrappers_see_the_sql_and_the_parameters() -> None:
    product, repository = rows.product(), DjangoProductRepository()
    seen: list[tuple[str, Any]] = []

    def see(execute: Any, sql: str, params: Any, *arguments: Any) -> Any:
        seen.append((sql, params))
        return execute(sql, params, *arguments)

    with connection.execute_wrapper(see):
        for _ in range(3):
            repository.get(product.pk)
    assert all("= %s" in sql or "IN (%s)" in sql for sql, _ in seen)
    assert {params for _, params in seen} == {(product.pk,)}


@pytest.mark.usefixtures("lets_prepare")
def test_the_log_shows_values_as_ever() -> None:
    product, repository = rows.product(), DjangoProductRepository()
    for _ in range(3):
        repository.get(product.pk)
    with CaptureQueriesContext(connection) as captured:
        repository.get(product.pk)
    assert captured[0]["sql"].endswith(f'"shop_product"."id" = {product.pk}')


@pytest.mark.usefixtures("lets_prepare")
def test_other_queries_get_the_cursors_that_they_had() -> None:
    product, repository = rows.product(), DjangoProductRepository()
    usual = connection.connection.cursor_factory
    repository.get(product.pk)
    assert connection.connection.cursor_factory is usual
    with connection.cursor() as cursor:
        assert type(cursor.cursor) is usual


@pytest.mark.usefixtures("lets_prepare")
def test_a_cursor_of_ones_own_class_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Own(connection.connection.cursor_factory):
        """What a project gave in the options of the database."""

    monkeypatch.setattr(connection.connection, "cursor_factory", Own)
    product, repository = rows.product(), DjangoProductRepository()
    before = statements()
    for _ in range(3):
        repository.get(product.pk)
    assert statements() == before
