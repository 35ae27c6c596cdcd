"""How a repository contract learns about the repository that it tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin

import pytest
from pydantic import BaseModel

from django_layers.schemas import PageQuery
from django_layers.services import UnitOfWork

__all__ = ["ROWS", "Changes", "ContractFixtures", "Insert", "Query", "Read"]

Read = TypeVar("Read", bound=BaseModel)
Insert = TypeVar("Insert", bound=BaseModel)
Changes = TypeVar("Changes", bound=BaseModel)
Query = TypeVar("Query", bound=PageQuery)

ROWS = 7
"""How many rows there are in each test."""


class ContractFixtures(Generic[Read, Insert, Changes, Query]):
    """What a subclass of `RepositoryContract` overrides.

    Attributes:
        query: the schema of a query; every order that its `order_by` names is tried.
        key: the name of the field that holds the key.
        automatic: the fields that change by themselves when a row does.
        owner: the field that holds the key of a row's owner, where rows are private.
        unique: the fields by which `upsert` tells a row: those in which a `duplicate` is like the stored row.
    """

    query: ClassVar[type[PageQuery]]
    key: ClassVar[str] = "id"
    automatic: ClassVar[frozenset[str]] = frozenset({"updated_at", "version"})
    owner: ClassVar[str | None] = None
    unique: ClassVar[tuple[str, ...]] = ()

    @pytest.fixture
    def repository(self) -> Any:
        """The repository to test, without any rows."""
        raise NotImplementedError("Override the fixture `repository`: it returns the repository to test.")

    @pytest.fixture
    def unit_of_work(self) -> UnitOfWork:
        """A unit of work on the database of the repository."""
        raise NotImplementedError("Override the fixture `unit_of_work`: it returns one on the repository's database.")

    @pytest.fixture
    def insert(self) -> Callable[[int], Insert]:
        """A function from 0, 1, 2, ... to rows that can all be added."""
        raise NotImplementedError("Override the fixture `insert`: it returns a function from a number to a new row.")

    @pytest.fixture
    def changes(self) -> Changes:
        """A change that makes any row of `insert` another one."""
        raise NotImplementedError("Override the fixture `changes`: it returns what to change of a row.")

    @pytest.fixture
    def missing_key(self) -> object:
        """A key that no row has."""
        return 2_000_000_000

    @pytest.fixture
    def duplicate(self) -> Callable[[Read], Insert] | None:
        """A function from a stored row to one that cannot be added beside it; None where nothing is unique."""
        return None

    @pytest.fixture
    def dangling(self) -> Insert | None:
        """A row that refers to nothing that exists; None where rows refer to nothing."""
        return None

    @pytest.fixture
    def rows(self, repository: Any, insert: Callable[[int], Insert]) -> list[Read]:
        """Some rows, added in this order."""
        return [repository.add(insert(number)) for number in range(ROWS)]

    def _key(self, row: BaseModel) -> object:
        return getattr(row, self.key)

    def _orders(self) -> tuple[str, ...]:
        annotation = self.query.model_fields["order_by"].annotation
        return get_args(annotation) if get_origin(annotation) is Literal else ()

    def _filters(self, row: BaseModel) -> Iterator[str]:
        names = set(self.query.model_fields) - set(PageQuery.model_fields) - {"order_by"}
        return iter(sorted(name for name in names if hasattr(row, name)))

    def _filtered_by(self, row: BaseModel) -> list[dict[str, object]]:
        """Return a query for each filter that has the name of a field, by the value that a row has there."""
        values = {name: getattr(row, name) for name in self._filters(row)}
        return [{name: value} for name, value in values.items() if value is not None]

    def _needs(self, repository: object, method: str) -> None:
        """Skip a test of what a repository of your own making does not offer."""
        if not hasattr(repository, method):
            pytest.skip(f"The repository has no {method}().")

    def _all(self, repository: Any, query: dict[str, object]) -> list[Any]:
        found: list[Any] = []
        limit = query.get("limit", 100)
        while True:
            page = repository.page(self.query.model_validate({"limit": 100, **query}))
            assert len(page.items) <= int(str(limit))
            assert page.items or "cursor" not in query, "A page says that there is a next one, which is empty."
            found += page.items
            assert len(found) <= 10_000, "The pages never end."
            if page.next_cursor is None:
                return found
            query = {**query, "cursor": page.next_cursor}
