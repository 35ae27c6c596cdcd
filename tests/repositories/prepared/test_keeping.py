"""How queries are kept: bounded, for all threads, and without what belongs to one of them."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any, TypeVar
from weakref import ref

import pytest
from django.db import connections
from pytest_django import Settings

from django_layers.repositories.prepared.cache import Cache
from tests.repositories import rows
from tests.repositories.prepared.kept import compilations, is_kept
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.schemas.category import CategoryQuery
from tests.shop.schemas.product import ProductQuery

ResultT = TypeVar("ResultT")


def fresh() -> DjangoProductRepository:
    """Return a repository of a class that nothing was asked of before."""

    class FreshRepository(DjangoProductRepository):
        """Products."""

    return FreshRepository()


def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache: Cache[str] = Cache(most=2)
    cache.put("a", "A")
    cache.put("b", "B")
    assert cache.get("a") == "A"
    cache.put("c", "C")
    assert [cache.get(key) for key in "abc"] == ["A", None, "C"]
    assert len(cache) == 2


def test_a_value_takes_the_place_of_the_one_before() -> None:
    cache: Cache[str] = Cache(most=2)
    for value in "abc":
        cache.put("key", value)
    assert (len(cache), cache.get("key")) == (1, "c")


@pytest.mark.django_db
def test_callers_do_not_choose_how_much_is_kept() -> None:
    repository = fresh()
    rows.product()
    for name_contains in (None, "a"):
        for status in (None, "draft"):
            for limit in range(1, 101):
                repository.page(ProductQuery(limit=limit, name_contains=name_contains, status=status))
    kept = repository._compiled().prepared._queries._kept
    assert len(kept) == 256
    assert is_kept(lambda: repository.page(ProductQuery(limit=1)))
    assert len(kept) == 256


@pytest.mark.django_db
def test_a_changed_setting_forgets_what_was_compiled(settings: Settings) -> None:
    repository, product = fresh(), rows.product()
    assert is_kept(lambda: repository.get(product.pk))
    settings.TIME_ZONE = "Asia/Tokyo"
    with compilations() as compiled:
        found = repository.get(product.pk)
    assert compiled
    assert found.created_at == product.created_at


@pytest.mark.django_db
def test_repositories_keep_their_queries_apart() -> None:
    first, second, product = fresh(), fresh(), rows.product()
    assert is_kept(lambda: first.get(product.pk))
    with compilations() as compiled:
        second.get(product.pk)
    assert compiled


def in_threads(tasks: list[Callable[[], ResultT]]) -> list[ResultT]:
    """Run tasks at once, each in a thread with connections of its own."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], ResultT]) -> ResultT:
        try:
            barrier.wait()
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_the_same_at_once_are_answered_each() -> None:
    products = [rows.product(f"product {number}", tags=(rows.tag(),)) for number in range(8)]
    for _ in range(5):
        repository = fresh()

        def names(key: int, repository: DjangoProductRepository = repository) -> list[str]:
            return [repository.get(key).name for _ in range(5)]

        tasks = [partial(names, product.pk) for product in products]
        assert in_threads(tasks) == [[product.name] * 5 for product in products]


@pytest.mark.django_db(transaction=True)
def test_what_one_thread_compiled_serves_the_others() -> None:
    repository, product, other = fresh(), rows.product("a"), rows.product("b")
    (first,) = in_threads([lambda: is_kept(lambda: (repository.get(product.pk), repository.page(ProductQuery())))])
    assert first
    with compilations() as compiled:
        assert repository.get(other.pk).name == "b"
        assert len(repository.page(ProductQuery()).items) == 2
    assert not compiled


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_kept_alive() -> None:
    repository, product = fresh(), rows.product()

    def compile_here() -> Any:
        repository.page(ProductQuery(name_contains="a", price_min=1))
        repository.get(product.pk)
        return ref(connections["default"])

    (of_thread,) = in_threads([compile_here])
    gc.collect()
    assert of_thread() is None


@pytest.mark.django_db
def test_pages_of_every_size_and_order_are_compiled_each() -> None:
    repository = DjangoCategoryRepository()
    for number in range(4):
        rows.category(f"c{number}", position=3 - number)
    for order_by in ("name", "-name", "position", "-position"):
        for limit in (1, 2, 4):
            for _ in range(3):
                page = repository.page(CategoryQuery(limit=limit, order_by=order_by))
                names = sorted(["c0", "c1", "c2", "c3"], reverse=order_by in ("-name", "position"))
                assert [category.name for category in page.items] == names[:limit]
