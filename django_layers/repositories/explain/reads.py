"""What the reads of a repository run: the very queries that its methods make, with other values and without rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.models import Model, QuerySet
from django.db.models.sql import Query

from django_layers.repositories.base import RepositoryBase
from django_layers.repositories.compiled import Compiled, compiled
from django_layers.repositories.explain.explanation import Operation, Statement
from django_layers.repositories.explain.planning import plan_of
from django_layers.repositories.explain.samples import sample
from django_layers.repositories.ordering import Order
from django_layers.repositories.pages import page_query
from django_layers.repositories.paging import stretches
from django_layers.repositories.placeholder import NotPreparable
from django_layers.repositories.prepared import counting_query
from django_layers.repositories.projection import (
    Projection,
    Row,
    presence_columns,
    presence_query,
    row_query,
    selected_with,
)
from django_layers.repositories.projection.fetching import collection_query
from django_layers.schemas import PageQuery

__all__ = ["AnyRepository", "Reads", "Rows", "sql_of"]

AnyRepository: TypeAlias = "type[RepositoryBase[Any, Any, Any, Any, Any]]"
Rows: TypeAlias = "QuerySet[Model, Row]"


def sql_of(query: Query, using: str) -> str:
    """Return the SQL of a query, with `%s` where values are bound; nothing where Django runs none."""
    try:
        return str(query.get_compiler(using).as_sql()[0])
    except (EmptyResultSet, FullResultSet):
        return ""


@dataclass(frozen=True)
class Reads:
    """The reads of a repository.

    Attributes:
        repository: its class.
        using: the alias of the database.
        planned: whether the database is asked how it would run them.
    """

    repository: AnyRepository
    using: str
    planned: bool = False

    @property
    def compiled(self) -> Compiled:
        """Return what is worked out of the class."""
        return compiled(self.repository)

    def operations(self) -> Iterator[Operation]:
        """Give the reads, with all that they run."""
        selected = self.compiled.projection.selected
        yield self._operation("get", [self.statement("the row", selected, self._of_key())])
        yield self._operation("many", [self.statement("the rows", selected, self._of_keys())])
        yield Operation(name="require", statements=(self._presence(),))
        columns = selected_with(self.compiled.projection, tuple(term.lookup for term in self.order().terms))
        first = self.statement("the rows, and one more that tells whether there is another page", columns, self.page())
        yield self._operation("page", [first])
        purposes = ("the rows after the cursor", "where those are too few, those after them")
        further = zip(purposes, self._after_a_cursor(), strict=False)
        yield self._operation(
            "page after a cursor", [self.statement(purpose, columns, rows) for purpose, rows in further]
        )
        yield Operation(name="count", statements=(Statement(purpose="the number", columns=(), sql=self._count()),))

    def page(self, asked: Mapping[str, object] | None = None, order: Order | None = None) -> Rows:
        """Return the query of the first page.

        Args:
            asked: the values of filters by name.
            order: the order, where it is not that of a query that names none.
        """
        return next(self._parts(order or self.order(), None, asked))

    def order(self) -> Order:
        """Return the order of a query that names none."""
        return self.repository()._order(self._query())

    def statement(self, purpose: str, columns: Sequence[str], rows: Rows) -> Statement:
        """Return a query as data."""
        plan = plan_of(rows) if self.planned else ()
        return Statement(purpose=purpose, columns=tuple(columns), sql=sql_of(rows.query, self.using), plan=plan)

    def read_back(self) -> int:
        """Return how many queries it takes to read a row that was just written."""
        return 1 + len(list(self._collections(self.compiled.projection, "")))

    def _operation(self, name: str, statements: Sequence[Statement]) -> Operation:
        return Operation(name=name, statements=(*statements, *self._collections(self.compiled.projection, "")))

    def _of_key(self) -> Rows:
        instance = self.repository()
        return self._selected(instance._with_key(instance._visible(self._owner).using(self.using), self._key))

    def _of_keys(self) -> Rows:
        return self._selected(self.repository()._visible(self._owner).using(self.using).filter(pk__in=[self._key]))

    def _presence(self) -> Statement:
        rows = self.repository()._visible(self._owner).using(self.using).filter(pk__in=[self._key])
        projection = self.compiled.projection
        return self.statement(
            "which of the rows there are", presence_columns(projection), presence_query(projection, rows)
        )

    def _after_a_cursor(self) -> Iterator[Rows]:
        order = self.order()
        return self._parts(order, tuple(1 if term.field is None else sample(term.field) for term in order.terms))

    def _parts(
        self, order: Order, position: tuple[object, ...] | None, asked: Mapping[str, object] | None = None
    ) -> Iterator[Rows]:
        """Give the queries of a page, which are several around the first NULL of an order."""
        query = self._query(asked)
        for stretch in stretches(order, position):
            rows = self.repository()._filtered(query, self._owner).using(self.using)
            yield page_query(self.compiled.projection, rows, stretch.order, stretch, query.limit)

    def _count(self) -> str:
        rows = self.repository()._filtered(self._query(), self._owner).using(self.using)
        counted = row_query(self.compiled.projection, rows)
        try:
            return sql_of(counting_query(counted), self.using)
        except NotPreparable:
            return f"SELECT COUNT(*) FROM ({sql_of(counted.order_by().query, self.using)}) subquery"

    def _query(self, asked: Mapping[str, object] | None = None) -> PageQuery:
        values: dict[str, Any] = {each.name: None for each in self.compiled.filters} | dict(asked or {})
        return cast("PageQuery", self.compiled.declaration.query.model_construct(**values))

    def _selected(self, rows: QuerySet[Model]) -> Rows:
        projection = self.compiled.projection
        return row_query(projection, self.repository()._annotated(rows, projection.computed))

    def _collections(self, projection: Projection, path: str) -> Iterator[Statement]:
        for collection in projection.collections:
            name = f"{path}{collection.name}"
            rows = collection_query(collection, [sample(collection.source._meta.pk)], self.using)
            yield self.statement(f"{name}, of all of these rows", collection.selected, rows)
            if collection.projection is not None:
                yield from self._collections(collection.projection, f"{name}.")

    @property
    def _owner(self) -> Any:
        """Return the key of somebody whose rows there are; None where rows are nobody's."""
        column, model = self.compiled.owner_column, self.compiled.declaration.model
        return next((sample(field) for field in model._meta.concrete_fields if field.attname == column), None)

    @property
    def _key(self) -> Any:
        return sample(self.compiled.declaration.model._meta.pk)
