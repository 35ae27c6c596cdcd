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
from pydantic import BaseModel

from django_layers.errors import DomainError
from django_layers.repositories import database_unit_of_work
from django_layers.schemas import MISSING
from django_layers.services import UnitOfWork
from django_layers.testing import MemoryDatabase
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


KEYS_OF = {
    "parent_id": "category",
    "category_id": "category",
    "product_id": "product",
    "tag_id": "tag",
    "tag_ids": "tag",
}
"""The fields that hold keys of a table, or lists of them."""

NESTED = {"category": "category", "tags": "tag"}
"""The fields that hold rows of a table, or lists of them."""

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


@dataclass(frozen=True)
class Refusal:
    """A step that was refused.

    Attributes:
        error: the class of the error.
        code: its code.
        told: its fields and its detail; None where every database chooses what to tell.
    """

    error: str
    code: str
    told: tuple[tuple[str, ...], str] | None

    @property
    def is_early(self) -> bool:
        """Whether MySQL refuses it before all else: it looks for what a row refers to when it writes that row.

        The others do so at the end: when the rows after it were looked at, and never in a unit of work that is undone.
        """
        return self.code == "reference_missing" and not connection.features.can_defer_constraint_checks


class Undone(Exception):
    """What a unit of work fails with on purpose."""


class Keys:
    """The keys of a table as they are, and their places among all that were ever stored, from 1.

    A database does not give a number again that an undone insert used up, and SQLite and memory do.
    """

    def __init__(self) -> None:
        self._stored: dict[str, list[int]] = {name: [] for name in REPOSITORIES}

    def key(self, entity: str, place: int) -> int:
        """Return the key at a place; one that no row has where there were not so many."""
        stored = self._stored[entity]
        return stored[place - 1] if place <= len(stored) else NOBODYS_KEY + place

    def place(self, entity: str, key: int) -> int:
        """Return the place of the key of a row, which is the next one for a new row."""
        stored = self._stored[entity]
        if key not in stored:
            stored.append(key)
        return stored.index(key) + 1

    def how_many(self) -> dict[str, int]:
        """Return how many keys of each table are known."""
        return {name: len(stored) for name, stored in self._stored.items()}

    def forget(self, known: dict[str, int]) -> None:
        """Forget the keys of rows that were undone."""
        for name, number in known.items():
            del self._stored[name][number:]


NOBODYS_KEY = 1_000_000


class Place:
    """A database or a memory, to which the same is done."""

    def __init__(self, repository: Callable[[Any], Any], unit_of_work: UnitOfWork) -> None:
        self._repositories = {name: repository(each) for name, each in REPOSITORIES.items()}
        self._unit_of_work = unit_of_work
        self._keys = Keys()

    def outcome(self, step: Step) -> object:
        """Return what a step returns, or what it raises, as plain data without moments, with places for keys."""
        known = self._keys.how_many()
        try:
            with self._unit_of_work():
                result = self._result(self._repositories[step.entity], step)
                if step.is_undone:
                    raise Undone
        except Undone:
            self._keys.forget(known)
            return "undone"
        except DomainError as error:
            self._keys.forget(known)
            # Which of several broken references or unique values is told is up to the database.
            is_told = error.code not in {"reference_missing", "unique"}
            told = (error.fields, error.detail) if is_told else None
            return Refusal(type(error).__name__, error.code, told)
        return result

    def _result(self, repository: Any, step: Step) -> object:
        entity, values = step.entity, self._with_keys(step.values)
        if step.action == "add":
            return self._plain(entity, repository.add(values))
        if step.action == "update":
            return self._plain(entity, repository.update(self._keys.key(entity, step.key), values))
        if step.action in {"delete", "lock"}:
            return self._plain(entity, getattr(repository, step.action)(self._keys.key(entity, step.key)))
        if step.action == "add_many":
            return [self._plain(entity, row) for row in repository.add_many(values)]
        if step.action == "update_where":
            return repository.update_where(*values)
        if step.action == "delete_where":
            return repository.delete_where(values)
        if step.action == "upsert":
            return self._plain(entity, repository.upsert(values[0], unique=values[1]))
        return self._listed(entity, repository, values)

    def _listed(self, entity: str, repository: Any, query: Any) -> object:
        """Return all pages there and back, with their totals, how many rows there are, and all of them at once."""
        pages = [repository.page(query.model_copy(update={"include_total": True}))]
        for cursor in ("next_cursor", "previous_cursor"):
            while getattr(pages[-1], cursor) is not None:
                following = {"include_total": True, "cursor": getattr(pages[-1], cursor)}
                pages.append(repository.page(query.model_copy(update=following)))
        items = [([self._plain(entity, item) for item in page.items], page.total) for page in pages]
        streamed = [self._plain(entity, item) for item in repository.stream(query, chunk=2)]
        return items, repository.count(query), streamed

    def _with_keys(self, values: Any) -> Any:
        """Return what a method takes, with keys in place of places."""
        if isinstance(values, list):
            return [self._with_keys(each) for each in values]
        if isinstance(values, tuple):
            return tuple(self._with_keys(each) for each in values)
        if not isinstance(values, BaseModel):
            return values
        return values.model_copy(
            update={
                name: each_of(held, lambda place, of=KEYS_OF[name]: self._keys.key(of, place))
                for name, held in values
                if name in KEYS_OF and held is not MISSING
            }
        )

    def _plain(self, entity: str, item: Any) -> object:
        """Return a DTO without its moments, which are never the same, and with places in place of keys."""
        return item and self._with_places(entity, item.model_dump(exclude={"created_at", "updated_at"}))

    def _with_places(self, entity: str, row: dict[str, Any]) -> dict[str, Any]:
        found = {**row, "id": self._keys.place(entity, row["id"])}
        for name in row.keys() & KEYS_OF.keys():
            found[name] = each_of(row[name], lambda key, of=KEYS_OF[name]: self._keys.place(of, key))
        for name in row.keys() & NESTED.keys():
            found[name] = each_of(row[name], lambda inner, of=NESTED[name]: self._with_places(of, inner))
        return found


def each_of(held: Any, change: Callable[[Any], Any]) -> Any:
    """Return something changed, or each of many; nothing stays nothing."""
    if isinstance(held, tuple):
        return tuple(map(change, held))
    return None if held is None else change(held)


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
            here, there = in_memory.outcome(step), in_database.outcome(step)
            if isinstance(there, Refusal) and there.is_early:
                assert isinstance(here, Refusal) or step.is_undone, (number, step, here)
            else:
                assert (number, step, here) == (number, step, there)
        transaction.set_rollback(True)
