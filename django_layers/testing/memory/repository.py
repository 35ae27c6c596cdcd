"""A repository whose rows are in memory: what a `ModelRepository` stands on, without a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic

from django.db.models import FileField

from django_layers.repositories.base import ChangesT, InsertT, Key, ModelT, QueryT, ReadT
from django_layers.repositories.fields import key_name
from django_layers.repositories.locking import lock_outside
from django_layers.repositories.pages import refuse_empty_chunks
from django_layers.repositories.refusals import missing
from django_layers.schemas import Page, Upload
from django_layers.testing.memory.files import stored_name
from django_layers.testing.memory.sets import InMemorySets

__all__ = ["InMemoryRepository"]


class InMemoryRepository(
    InMemorySets[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]
):
    """The rows of a model in a `MemoryDatabase`, which makes these out of the repositories of apps.

    It stands below a repository's own class in the order of inheritance, so methods of that class that call `add`,
    `page` or `_require_related` run as they are. Those that build a QuerySet are to be overridden::

        class InMemoryRatingRepository(
            DjangoRatingRepository,
            InMemoryRepository[Rating, RatingRead, RatingInsert, RatingChanges, RatingQuery],
        ):
            def best(self) -> tuple[RatingRead, ...]:
                return tuple(rating for rating in self._rows() if rating.stars == 5)
    """

    def get_or_none(self, key: Key, /, *, visible_to: Key | None = None) -> ReadT | None:
        """Return a row, or None where there is no such row."""
        return next(iter(self.many([key], visible_to=visible_to)), None)

    def many(self, keys: Sequence[Key], /, *, visible_to: Key | None = None) -> tuple[ReadT, ...]:
        """Return the rows that have these keys, in the order of the keys; those that do not exist are left out."""
        found = (self._row(key, visible_to) for key in dict.fromkeys(keys))
        name = key_name(self._table)
        return self._dtos(list({row[name]: row for row in found if row is not None}.values()))

    def page(self, query: QueryT, /, *, visible_to: Key | None = None) -> Page[ReadT]:
        """Return the page of rows that the query asks for."""
        rows = self._lists.filtered(self._visible_rows(visible_to), query)
        return self._paged_rows(rows, query, visible_to)

    def stream(self, query: QueryT, /, *, visible_to: Key | None = None, chunk: int = 1000) -> Iterator[ReadT]:
        """Return all rows that the query asks for, one after the other, as they are now."""
        refuse_empty_chunks(chunk)
        rows = self._lists.filtered(self._visible_rows(visible_to), query)
        return iter(self._dtos(self._lists.in_order(rows, query)))

    def count(self, query: QueryT, /, *, visible_to: Key | None = None) -> int:
        """Return how many rows the query asks for on all pages together."""
        return len(self._lists.listed(self._lists.filtered(self._visible_rows(visible_to), query)))

    def exists(self, key: Key, /, *, visible_to: Key | None = None) -> bool:
        """Return whether there is a row."""
        row = self._row(key, visible_to)
        return row is not None and self._is_read(row)

    def require(self, *keys: Key, visible_to: Key | None = None) -> None:
        """Refuse keys that no row has."""
        if not all(self.exists(key, visible_to=visible_to) for key in keys):
            raise missing(self._table)

    def add(self, row: InsertT, /) -> ReadT:
        """Store a new row and return it as it is stored."""
        columns, lists = self._split(row)
        with self._store.transactions.savepoint():
            new = self._store.insert(self._table, columns)
            self._link(new, lists)
            return self._as_stored(new)

    def update(self, key: Key, changes: ChangesT, /, *, version: int | None = None) -> ReadT:
        """Change a row, and return it; what is missing keeps its value."""
        columns, lists = self._split(changes)
        row = self._current(key, version)
        with self._store.transactions.savepoint():
            if columns or lists:
                row = self._changed(row, columns)
                self._link(row, lists)
            return self._as_stored(row)

    def lock(self, key: Key, /, *, visible_to: Key | None = None) -> ReadT:
        """Return a row; nobody else could change it meanwhile."""
        if not self._store.transactions.is_open:
            raise lock_outside(self._table)
        return self.get(key, visible_to=visible_to)

    def delete(self, key: Key, /, *, version: int | None = None) -> None:
        """Delete a row with all that goes with it."""
        row = self._current(key, version)
        with self._store.transactions.savepoint():
            self._store.delete(self._table, [row[key_name(self._table)]])
            self._discard_files([row])

    def _store_file(self, key: Key, field: str, upload: Upload, *, version: int | None = None) -> ReadT:
        row = self._current(key, version)
        column = self._table._meta.get_field(field)
        assert isinstance(column, FileField)
        name = stored_name(column, self._table(**row), upload.name, self._store.files)
        self._store.files[name] = upload.content.read()
        with self._store.transactions.savepoint():
            changed = self._changed(row, {field: name})
            self._store.discard_file(self._table, str(row[field]), field)
        return self._dto(changed)

    def _remove_file(self, key: Key, field: str, *, version: int | None = None) -> ReadT:
        row = self._current(key, version)
        if row[field]:
            with self._store.transactions.savepoint():
                self._store.discard_file(self._table, str(row[field]), field)
                row = self._changed(row, {field: ""})
        return self._dtos([row])[0]
