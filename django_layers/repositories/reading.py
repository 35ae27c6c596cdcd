"""The reads of a repository, by queries that were compiled before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Generic, cast

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql import Query

from django_layers.repositories.base import ChangesT, InsertT, Key, ModelT, QueryT, ReadT, RepositoryBase
from django_layers.repositories.capacity import fits
from django_layers.repositories.fields import key_name, target_field
from django_layers.repositories.filtering import asked_values, asking
from django_layers.repositories.ordering import Order
from django_layers.repositories.pages import PageRows, page_query, position_of, read_on, refuse_empty_chunks
from django_layers.repositories.paging import Stretch
from django_layers.repositories.prepared import counting_query
from django_layers.repositories.projection import Row, dtos_of, presence_query, row_query, selected_with
from django_layers.repositories.refusals import missing
from django_layers.schemas import Page

__all__ = ["ReadingRepository"]


class ReadingRepository(
    RepositoryBase[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]
):
    """What `ModelRepository` reads; see there for what a subclass declares.

    Each of these queries is described once, by a function of the values that it asks for. With the values themselves it
    is a QuerySet that the ORM runs; with placeholders it is what is compiled and kept.
    """

    def get(self, key: Key, /, *, visible_to: Key | None = None) -> ReadT:
        """Return a row.

        Args:
            key: the primary key.
            visible_to: whose rows there are; None stands for everybody's.

        Raises:
            NotFound: there is no such row.
        """
        found = self.get_or_none(key, visible_to=visible_to)
        if found is None:
            raise missing(self._model)
        return found

    def get_or_none(self, key: Key, /, *, visible_to: Key | None = None) -> ReadT | None:
        """Return a row, or None where there is no such row.

        Args:
            key: the primary key.
            visible_to: whose rows there are; None stands for everybody's.
        """
        using = self._database_for_reads()
        if not fits(self._key_field, key, using):
            return None

        def query(owner: Key | None, key: Key) -> QuerySet[Model, Row]:
            rows = self._with_key(self._visible(owner).using(using), key)
            projection = self._compiled().projection
            return row_query(projection, self._annotated(rows, projection.computed))

        found = self._fetched(("get",), (visible_to, key), query, using)
        return self._built(found, using)[0] if found else None

    def many(self, keys: Sequence[Key], /, *, visible_to: Key | None = None) -> tuple[ReadT, ...]:
        """Return the rows that have these keys, in the order of the keys; those that do not exist are left out.

        Args:
            keys: the primary keys.
            visible_to: whose rows there are; None stands for everybody's.
        """
        using = self._database_for_reads()
        wanted = [key for key in dict.fromkeys(keys) if fits(self._key_field, key, using)]

        def rows(owner: Key | None) -> QuerySet[ModelT]:
            return self._visible(owner).using(using)

        return self._by_keys("many", (visible_to,), rows, wanted, using) if wanted else ()

    def page(self, query: QueryT, /, *, visible_to: Key | None = None) -> Page[ReadT]:
        """Return the page of rows that the query asks for.

        A page goes on after the last row of the one before, so rows that come and go meanwhile make no row appear twice
        or not at all, and the hundredth page costs what the first does. NULL is last in every order.

        Args:
            query: filters, order and page.
            visible_to: whose rows there are; None stands for everybody's.

        Raises:
            RuleViolated: the cursor was changed, or belongs to a list with other filters or another order.
        """
        using = self._database_for_reads()
        rows = PageRows(
            self._reader(query, visible_to, query.limit, using),
            lambda: self.count(query, visible_to=visible_to),
            lambda: self._annotated(self._queryset()),
            using,
        )
        return self._paged(rows, query, visible_to)

    def stream(self, query: QueryT, /, *, visible_to: Key | None = None, chunk: int = 1000) -> Iterator[ReadT]:
        """Return all rows that the query asks for, one after the other, in as little memory as one chunk takes.

        They are read as pages are, chunk by chunk, so no transaction stays open and every database can do it. A row that
        is there all the time, and keeps its place in the order, is given exactly once; of one that comes, goes or moves
        meanwhile, it depends. For all rows as they are at one moment, read in a unit of work of a database that keeps
        such a moment (`REPEATABLE READ`).

        Args:
            query: filters and order; its page does not matter.
            visible_to: whose rows there are; None stands for everybody's.
            chunk: how many rows a query reads.

        Raises:
            ValueError: a chunk is to hold no row.
        """
        refuse_empty_chunks(chunk)
        order = self._order(query)
        # What is wrong with the question is told now, and not when the first row is taken.
        self._visible(visible_to)
        return self._streamed(query, order, visible_to, chunk)

    def _streamed(self, query: QueryT, order: Order, visible_to: Key | None, chunk: int) -> Iterator[ReadT]:
        position = None
        found: Sequence[Row] = ()
        while position is None or len(found) == chunk:
            using = self._database_for_reads()
            found = read_on(self._reader(query, visible_to, chunk - 1, using), order, position, chunk)
            if not found:
                return
            position = position_of(self._compiled().projection, order, found[-1])
            yield from self._built(found, using)

    def _reader(self, query: QueryT, visible_to: Key | None, limit: int, using: str) -> Callable[[Stretch], list[Row]]:
        """Return what gives rows that the query asks for: of a part of the list, as many as the limit and one more."""
        order = self._order(query)
        asked = asked_values(self._compiled().filters, query, using)

        def rows(stretch: Stretch) -> list[Row]:
            position = stretch.position or ()

            def of_page(owner: Key | None, *values: object) -> QuerySet[Model, Row]:
                queryset = self._asking(query, values[len(position) :], owner, using)
                at = None if stretch.position is None else values[: len(position)]
                part = replace(stretch, position=at)
                return page_query(self._compiled().projection, queryset, order, part, limit)

            operation = ("page", order.name, stretch.shape, limit)
            return self._fetched(operation, (visible_to, *position, *asked), of_page, using)

        return rows

    def count(self, query: QueryT, /, *, visible_to: Key | None = None) -> int:
        """Return how many rows the query asks for on all pages together.

        Args:
            query: the filters; its order and page do not matter.
            visible_to: whose rows there are; None stands for everybody's.
        """
        using = self._database_for_reads()
        asked = asked_values(self._compiled().filters, query, using)

        def rows(owner: Key | None, *asked: object) -> QuerySet[Model, Row]:
            # A row that refers to one that is not there is on no page.
            return row_query(self._compiled().projection, self._asking(query, asked, owner, using))

        found = self._fetched_or_none(
            ("count",), (visible_to, *asked), lambda *slots: counting_query(rows(*slots)), using
        )
        return rows(visible_to, *asked).count() if found is None else cast("int", found[0][0])

    def exists(self, key: Key, /, *, visible_to: Key | None = None) -> bool:
        """Return whether there is a row.

        Args:
            key: the primary key.
            visible_to: whose rows there are; None stands for everybody's.
        """
        using = self._database_for_reads()
        if not fits(self._key_field, key, using):
            return False

        def rows(owner: Key | None, key: Key) -> QuerySet[Model, Row]:
            return presence_query(self._compiled().projection, self._with_key(self._visible(owner).using(using), key))

        found = self._fetched_or_none(("exists",), (visible_to, key), lambda *slots: rows(*slots).query.exists(), using)
        return rows(visible_to, key).exists() if found is None else bool(found)

    def require(self, *keys: Key, visible_to: Key | None = None) -> None:
        """Refuse keys that no row has, in one query for all of them, whatever their rows show of others.

        Args:
            keys: the primary keys.
            visible_to: whose rows there are; None stands for everybody's.

        Raises:
            NotFound: there is no such row for one of them.
        """
        using = self._database_for_reads()
        if not all(fits(self._key_field, key, using) for key in keys):
            raise missing(self._model)
        # As the column has them: 5 and "5" are one key.
        wanted = set(map(target_field(self._key_field).to_python, keys))
        # How many there are, since a column may say another text for the same key: some hold "A" and "a" for equal.
        if len(self._present(list(wanted), visible_to, using)) < len(wanted):
            raise missing(self._model)

    def _present(self, keys: Sequence[Key], visible_to: Key | None, using: str) -> set[object]:
        """Return the keys, as they are stored, of the rows that have one of these and that a read gives."""
        if not keys:
            return set()

        def query(owner: Key | None, keys: Sequence[Key]) -> QuerySet[Model, Row]:
            return presence_query(self._compiled().projection, self._visible(owner).using(using).filter(pk__in=keys))

        return {row[0] for row in self._fetched(("present",), (visible_to, keys), query, using)}

    def _read_stored(self, keys: Sequence[object], using: str) -> tuple[ReadT, ...]:
        """Return rows that were just written, in the order of the keys; those that are not there are left out."""
        return self._by_keys("stored", (), lambda: self._stored(using), keys, using)

    def _by_keys(
        self,
        operation: str,
        arguments: tuple[object, ...],
        rows: Callable[..., QuerySet[ModelT]],
        keys: Sequence[object],
        using: str,
    ) -> tuple[ReadT, ...]:
        projection, key = self._compiled().projection, key_name(self._model)

        def query(*values: object) -> QuerySet[Model, Row]:
            queryset = rows(*values[:-1]).filter(pk__in=values[-1])
            return row_query(projection, self._annotated(queryset, projection.computed), extra=(key,))

        found = self._fetched((operation,), (*arguments, keys), query, using)
        place = selected_with(projection, (key,)).index(key)
        by_key = {row[place]: dto for row, dto in zip(found, self._built(found, using), strict=True)}
        # As the column has them: 5 and "5" are one key.
        wanted = dict.fromkeys(map(target_field(self._key_field).to_python, keys))
        return tuple(by_key[key] for key in wanted if key in by_key)

    def _asking(self, query: QueryT, asked: Sequence[object], owner: Key | None, using: str) -> QuerySet[ModelT]:
        return self._filtered(asking(self._compiled().filters, query, asked), owner).using(using)

    def _fetched(
        self,
        operation: tuple[object, ...],
        arguments: Sequence[object],
        query: Callable[..., QuerySet[Model, Row]],
        using: str,
    ) -> list[Row]:
        """Return the rows of a query of these arguments."""
        found = self._fetched_or_none(operation, arguments, lambda *slots: query(*slots).query, using)
        return list(query(*arguments)) if found is None else found

    def _fetched_or_none(
        self, operation: tuple[object, ...], arguments: Sequence[object], query: Callable[..., Query], using: str
    ) -> list[Row] | None:
        return self._compiled().prepared.rows(operation, arguments, query, connections[using])

    def _built(self, rows: Sequence[Row], using: str) -> tuple[ReadT, ...]:
        return cast("tuple[ReadT, ...]", dtos_of(self._compiled().projection, rows, using))
