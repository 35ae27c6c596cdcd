"""Whatever is done in whatever order, memory answers as the database does."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_layers.errors import DomainError
from django_layers.repositories import database_unit_of_work
from django_layers.schemas import MISSING
from django_layers.services import UnitOfWork
from django_layers.testing import InMemoryRepository, MemoryDatabase
from tests.shop.repositories.orm.category import DjangoCategoryRepository
from tests.shop.repositories.orm.product import DjangoProductRepository
from tests.shop.repositories.orm.review import DjangoReviewRepository
from tests.shop.repositories.orm.tag import DjangoTagRepository
from tests.shop.schemas.category import CategoryChanges, CategoryInsert, CategoryQuery
from tests.shop.schemas.product import ProductChanges, ProductInsert, ProductQuery
from tests.shop.schemas.review import ReviewChanges, ReviewInsert, ReviewQuery
from tests.shop.schemas.tag import TagChanges, TagInsert, TagQuery
from tests.shop.types import ProductStatus

REPOSITORIES = {
    "category": DjangoCategoryRepository,
    "product": DjangoProductRepository,
    "review": DjangoReviewRepository,
    "tag": DjangoTagRepository,
}
KEYS = st.integers(1, 4)
NAMES = st.sampled_from(["a", "b", "c"])
PRICES = st.sampled_from([Decimal("-1.00"), Decimal("0.00"), Decimal("1.50"), Decimal("2.25")])


def changed(**fields: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {name: st.just(MISSING) | values for name, values in fields.items()}


ADDITIONS = {
    "category": st.builds(
        CategoryInsert, name=NAMES, parent_id=st.none() | KEYS, position=st.none() | st.integers(0, 2)
    ),
    "product": st.builds(
        ProductInsert,
        sku=NAMES,
        name=NAMES,
        price=PRICES,
        status=st.sampled_from(ProductStatus),
        category_id=st.none() | KEYS,
        tag_ids=st.lists(KEYS, max_size=2, unique=True).map(tuple),
    ),
    "review": st.builds(
        ReviewInsert, product_id=KEYS, user_id=st.integers(1, 3), stars=st.integers(0, 6), comment=NAMES
    ),
    "tag": st.builds(TagInsert, name=NAMES),
}
CHANGES = {
    "category": st.builds(
        CategoryChanges,
        **changed(name=NAMES, parent_id=st.none() | KEYS, position=st.none() | st.integers(0, 2)),
    ),
    "product": st.builds(
        ProductChanges,
        **changed(
            sku=NAMES,
            name=NAMES,
            price=PRICES,
            category_id=st.none() | KEYS,
            tag_ids=st.lists(KEYS, max_size=2, unique=True).map(tuple),
        ),
    ),
    "review": st.builds(ReviewChanges, **changed(stars=st.integers(0, 6), comment=NAMES)),
    "tag": st.builds(TagChanges, **changed(name=NAMES)),
}
QUERIES = {
    "category": st.builds(
        CategoryQuery,
        name=st.none() | NAMES,
        parent_id=st.none() | KEYS,
        limit=st.integers(1, 3),
        order_by=st.sampled_from(["id", "-id", "name", "-name", "position", "-position"]),
    ),
    "product": st.builds(
        ProductQuery,
        sku=st.none() | NAMES,
        category_id=st.none() | KEYS,
        tag_id=st.none() | KEYS,
        name_contains=st.none() | NAMES,
        price_min=st.none() | PRICES,
        limit=st.integers(1, 3),
        order_by=st.sampled_from(["created_at", "-created_at", "name", "-name", "price", "-price", "status"]),
    ),
    "review": st.builds(ReviewQuery, product_id=st.none() | KEYS, user_id=st.none() | KEYS, limit=st.integers(1, 3)),
    "tag": st.builds(
        TagQuery, name=st.none() | NAMES, limit=st.integers(1, 3), order_by=st.sampled_from(["id", "-name"])
    ),
}


UNIQUE = {
    "category": [("name",)],
    "product": [("sku",), ("category_id", "name")],
    "review": [("product_id", "user_id")],
    "tag": [("name",)],
}


@dataclass(frozen=True)
class Step:
    """One thing that is done to a repository.

    Attributes:
        entity: which repository.
        action: which of its methods, "pages" for all pages.
        key: the place of the row among all that were ever added, from 1.
        values: what else the method takes.
        is_undone: whether the unit of work around it fails afterwards.
    """

    entity: str
    action: str
    key: int = 0
    values: Any = None
    is_undone: bool = False


def steps_of(entity: str) -> st.SearchStrategy[Step]:
    fixed: dict[str, Any] = {"entity": st.just(entity), "is_undone": st.integers(0, 5).map(lambda number: number == 0)}
    return st.one_of(
        st.builds(Step, action=st.just("add"), values=ADDITIONS[entity], **fixed),
        st.builds(Step, action=st.just("update"), key=KEYS, values=CHANGES[entity], **fixed),
        st.builds(Step, action=st.just("delete"), key=KEYS, **fixed),
        st.builds(Step, action=st.just("pages"), values=QUERIES[entity], **fixed),
        st.builds(Step, action=st.just("lock"), key=KEYS, **fixed),
        st.builds(Step, action=st.just("add_many"), values=st.lists(ADDITIONS[entity], max_size=3), **fixed),
        st.builds(Step, action=st.just("update_where"), values=st.tuples(QUERIES[entity], CHANGES[entity]), **fixed),
        st.builds(Step, action=st.just("delete_where"), values=QUERIES[entity], **fixed),
        st.builds(
            Step,
            action=st.just("upsert"),
            values=st.tuples(ADDITIONS[entity], st.sampled_from(UNIQUE[entity])),
            **fixed,
        ),
    )


class Undone(Exception):
    """What a unit of work fails with on purpose."""


class Place:
    """A database or a memory, to which the same is done."""

    def __init__(self, repository: Callable[[Any], Any], unit_of_work: UnitOfWork) -> None:
        self._repositories = {name: repository(each) for name, each in REPOSITORIES.items()}
        self._unit_of_work = unit_of_work

    def outcome(self, step: Step) -> object:
        """Return what a step returns, or what it raises, as plain data without moments."""
        try:
            with self._unit_of_work():
                result = self._result(self._repositories[step.entity], step)
                if step.is_undone:
                    raise Undone
        except Undone:
            return "undone"
        except DomainError as error:
            # Which of several broken references or unique values is told is up to the database.
            is_told = error.code not in {"reference_missing", "unique"}
            return type(error).__name__, error.code, is_told and error.fields, is_told and error.detail
        return result

    def _upserted(self, repository: Any, row: Any, unique: tuple[str, ...]) -> object:
        before = {each.id for each in repository.stream(repository.declaration().query())}
        stored = repository.upsert(row, unique=unique)
        if stored.id in before and isinstance(repository, InMemoryRepository):
            take_over_the_number(repository)
        return plain(stored)

    def _result(self, repository: Any, step: Step) -> object:
        if step.action == "add":
            return plain(repository.add(step.values))
        if step.action == "update":
            return plain(repository.update(step.key, step.values))
        if step.action in {"delete", "lock"}:
            return plain(getattr(repository, step.action)(step.key))
        if step.action == "add_many":
            return [plain(row) for row in repository.add_many(step.values)]
        if step.action == "update_where":
            return repository.update_where(*step.values)
        if step.action == "delete_where":
            return repository.delete_where(step.values)
        if step.action == "upsert":
            return self._upserted(repository, *step.values)
        return self._listed(repository, step.values)

    def _listed(self, repository: Any, query: Any) -> object:
        """Return all pages there and back, with their totals, how many rows there are, and all of them at once."""
        pages = [repository.page(query.model_copy(update={"include_total": True}))]
        for cursor in ("next_cursor", "previous_cursor"):
            while getattr(pages[-1], cursor) is not None:
                following = {"include_total": True, "cursor": getattr(pages[-1], cursor)}
                pages.append(repository.page(query.model_copy(update=following)))
        items = [([plain(item) for item in page.items], page.total) for page in pages]
        return items, repository.count(query), [plain(item) for item in repository.stream(query, chunk=2)]


def take_over_the_number(repository: Any) -> None:
    """Let a table in memory count on from where the database does: whether an upsert uses a number up is its affair."""
    table = repository.declaration().model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (number,) = cursor.fetchone()
    repository._store.tables.of(repository._table).last_number = number


def plain(item: Any) -> object:
    """Return a DTO without its moments, which are never the same."""
    return item and item.model_dump(exclude={"created_at", "updated_at"})


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the numbers that an undone insert used up are gone elsewhere"
)
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(REPOSITORIES)).flatmap(steps_of), min_size=1, max_size=25))
def test_memory_answers_every_step_as_the_database_does(steps: list[Step]) -> None:
    memory = MemoryDatabase()
    memory.register("auth.User", 1, 2)
    in_memory = Place(memory.repository, memory.unit_of_work())
    with transaction.atomic():
        User.objects.bulk_create([User(pk=key, username=f"user {key}") for key in (1, 2)])
        in_database = Place(lambda repository: repository(), database_unit_of_work())
        for number, step in enumerate(steps):
            in_it = in_database.outcome(step)
            assert (number, step, in_memory.outcome(step)) == (number, step, in_it)
        transaction.set_rollback(True)
