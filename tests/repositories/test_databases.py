"""Several databases: a replica to read from, and another one to write to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from django_layers.errors import NotFound
from django_layers.repositories import OutsideUnitOfWork, database_unit_of_work
from tests.repositories import rows
from tests.shop.models import Tag
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.product import ProductQuery
from tests.shop.schemas.tag import TagChanges, TagInsert, TagQuery

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica", "second"])


class ReadsFromReplica:
    """A router that reads from the replica."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "replica"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, *models: Any, **hints: Any) -> bool:
        return True


class WritesToSecond:
    """A router that has tags in a database of their own."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "second" if model is Tag else None

    db_for_write = db_for_read


@contextmanager
def asking(alias: str, *, others: tuple[str, ...] = ()) -> Iterator[None]:
    """Show that queries go to one database, and none to the others."""
    with CaptureQueriesContext(connections[alias]) as asked:
        captures = [CaptureQueriesContext(connections[other]) for other in others]
        for capture in captures:
            capture.__enter__()
        yield
        for capture in captures:
            capture.__exit__(None, None, None)
    assert asked.captured_queries
    assert [query for capture in captures for query in capture.captured_queries] == []


class TestReplica:
    @pytest.fixture(autouse=True)
    def routed(self, settings: Any) -> None:
        settings.DATABASE_ROUTERS = [ReadsFromReplica()]

    def test_outside_of_a_transaction_the_router_decides_where_to_read(self) -> None:
        tag = rows.tag("a")
        rows.product("p", tags=(tag,))
        repository, products = DjangoTagRepository(), DjangoProductRepository()
        with asking("replica", others=("default",)):
            assert repository.get(tag.pk).name == "a"
            assert [each.name for each in repository.page(TagQuery()).items] == ["a"]
            assert len(repository.many([tag.pk])) == 1
            assert repository.count(TagQuery()) == 1
            assert repository.exists(tag.pk)
            assert [each.name for each in products.page(ProductQuery()).items[0].tags] == ["a"]

    def test_inside_of_a_unit_of_work_everything_is_read_where_it_is_written(self) -> None:
        # Also before the first write: what is read to decide on it must not be older than what it changes.
        tag = rows.tag("a")
        repository = DjangoTagRepository()
        with asking("default", others=("replica",)), database_unit_of_work()():
            assert repository.get(tag.pk).name == "a"
            repository.update(tag.pk, TagChanges(name="b"))
            assert repository.get(tag.pk).name == "b"
            assert [each.name for each in repository.page(TagQuery()).items] == ["b"]

    def test_a_write_is_read_back_from_where_it_was_written(self) -> None:
        with asking("default", others=("replica",)):
            assert DjangoTagRepository().add(TagInsert(name="a")).name == "a"

    def test_a_row_is_looked_for_where_it_is_written(self) -> None:
        tag = rows.tag("a")
        with asking("default", others=("replica",)):
            DjangoTagRepository().update(tag.pk, TagChanges(name="b"))
            DjangoTagRepository().delete(tag.pk)

    @pytest.mark.django_db(transaction=False, databases=["default"])
    def test_in_the_transaction_of_a_test_rows_are_read_where_the_test_wrote_them(self) -> None:
        # Reading from the replica would fail: the test may not.
        tag = rows.tag("a")
        assert DjangoTagRepository().get(tag.pk).name == "a"


class TestSecond:
    @pytest.fixture(autouse=True)
    def routed(self, settings: Any) -> None:
        settings.DATABASE_ROUTERS = [WritesToSecond()]

    def add_and_fail(self) -> None:
        DjangoTagRepository().add(TagInsert(name="undone"))
        raise NotFound

    def test_a_unit_of_work_is_on_the_database_that_it_is_made_for(self) -> None:
        with pytest.raises(NotFound):
            database_unit_of_work(using="second").run(self.add_and_fail)
        assert not Tag.objects.using("second").exists()

    def test_a_write_to_another_database_than_that_of_the_unit_of_work_is_refused(self) -> None:
        with pytest.raises(OutsideUnitOfWork) as caught, database_unit_of_work()():
            DjangoTagRepository().add(TagInsert(name="a"))
        assert str(caught.value).startswith(
            "A row of shop.Tag is to be written to the database 'second', and the unit of work that is open is on "
            "'default'"
        )
        assert "database_unit_of_work(using='second')" in str(caught.value)
        assert not Tag.objects.using("second").exists()

    def test_it_is_refused_inside_of_the_transaction_of_a_test_too(self) -> None:
        atomic = transaction.atomic(using="second")
        atomic._from_testcase = True  # type: ignore[attr-defined]
        with atomic, pytest.raises(OutsideUnitOfWork), database_unit_of_work()():
            DjangoTagRepository().add(TagInsert(name="a"))

    def test_where_both_have_a_block_each_is_kept_for_itself(self) -> None:
        def add_and_fail() -> None:
            with database_unit_of_work(using="second")():
                DjangoTagRepository().add(TagInsert(name="kept"))
            raise NotFound

        with pytest.raises(NotFound):
            database_unit_of_work().run(add_and_fail)
        assert [tag.name for tag in Tag.objects.using("second")] == ["kept"]

    def test_a_transaction_of_the_project_s_own_is_as_good(self) -> None:
        with database_unit_of_work()(), transaction.atomic(using="second"):
            DjangoTagRepository().add(TagInsert(name="kept"))
        assert Tag.objects.using("second").exists()

    def test_reading_from_another_database_is_nobody_s_business(self) -> None:
        Tag.objects.using("second").create(name="a")
        with database_unit_of_work()():
            assert DjangoTagRepository().count(TagQuery()) == 1

    def test_without_a_unit_of_work_a_write_goes_where_the_router_says(self) -> None:
        DjangoTagRepository().add(TagInsert(name="a"))
        assert Tag.objects.using("second").exists()
