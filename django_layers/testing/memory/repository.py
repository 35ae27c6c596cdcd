"""A repository whose rows are in memory: what a `ModelRepository` stands on, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, Self, TypeVar, cast

from django.db.models import FileField, Manager, Model, QuerySet
from pydantic import MISSING, BaseModel

from django_layers.repositories import DeclarationError, ModelRepository
from django_layers.repositories.base import ChangesT, InsertT, Key, ModelT, QueryT, ReadT, RepositoryBase
from django_layers.repositories.compiled import projection_of
from django_layers.repositories.fields import AnyField, find_field, key_name
from django_layers.repositories.pages import refuse_empty_chunks
from django_layers.repositories.projection import Projection
from django_layers.repositories.refusals import missing, null_refused, stale
from django_layers.schemas import Page, PageQuery, Upload
from django_layers.testing.memory.columns import stored
from django_layers.testing.memory.conditions import NotInMemory
from django_layers.testing.memory.files import stored_name
from django_layers.testing.memory.lists import Lists
from django_layers.testing.memory.reading import Reader
from django_layers.testing.memory.relations import target_model
from django_layers.testing.memory.scopes import Scopes
from django_layers.testing.memory.scopes import Scopes
from django_layers.testing.memory.store import Store
from django_layers.testing.memory.tables import Row

__all__ = ["InMemoryRepository"]

SchemaT = TypeVar("SchemaT", bound=BaseModel)

_VERSION = "version"


class InMemoryRepository(
    ModelRepository[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]
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

    _store: Store

    @classmethod
    def on(cls, store: Store) -> Self:
        """Return a repository on these tables.

        Raises:
            NotInMemory: the repository shows only some rows of its table, and does not say which in `_shows`.
        """
        declaration = cls.declaration()
        cls._refuse_hidden_narrowing(declaration.model)
        store.know(declaration.model)
        for alias, name in declaration.id_lists.items():
            store.name_links(declaration.model, name, alias)
        repository = cls()
        repository._store = store
        return repository

    def get_or_none(self, key: Key, /, *, visible_to: Key | None = None) -> ReadT | None:
        """Return a row, or None where there is no such row."""
        row = self._row(key, visible_to)
        return None if row is None else self._dtos([row])[0]

    def many(self, keys: Sequence[Key], /, *, visible_to: Key | None = None) -> tuple[ReadT, ...]:
        """Return the rows that have these keys, in the order of the keys; those that do not exist are left out."""
        found = (self._row(key, visible_to) for key in dict.fromkeys(keys))
        return self._dtos([row for row in found if row is not None])

    def page(self, query: QueryT, /, *, visible_to: Key | None = None) -> Page[ReadT]:
        """Return the page of rows that the query asks for."""
        rows = self._lists.filtered(self._visible_rows(visible_to), query)
        return self._page_of(rows, query, visible_to=visible_to)

    def stream(self, query: QueryT, /, *, visible_to: Key | None = None, chunk: int = 1000) -> Iterator[ReadT]:
        """Return all rows that the query asks for, one after the other, as they are now."""
        refuse_empty_chunks(chunk)
        rows = self._lists.filtered(self._visible_rows(visible_to), query)
        return iter(self._dtos(self._lists.in_order(rows, query)))

    def count(self, query: QueryT, /, *, visible_to: Key | None = None) -> int:
        """Return how many rows the query asks for on all pages together."""
        return len(self._lists.filtered(self._visible_rows(visible_to), query))

    def exists(self, key: Key, /, *, visible_to: Key | None = None) -> bool:
        """Return whether there is a row."""
        return self._row(key, visible_to) is not None

    def add(self, row: InsertT, /) -> ReadT:
        """Store a new row and return it as it is stored."""
        columns, lists = self._split(row)
        with self._store.transactions.savepoint():
            new = self._store.insert(self._table, columns)
            self._link(new, lists)
        return self._as_stored(new)

    def add_many(self, rows: Sequence[InsertT], /) -> tuple[ReadT, ...]:
        """Store new rows and return them, all or none."""
        with self._store.transactions.savepoint():
            return tuple(self.add(row) for row in rows)

    def update(self, key: Key, changes: ChangesT, /, *, version: int | None = None) -> ReadT:
        """Change a row, and return it; what is missing keeps its value."""
        columns, lists = self._split(changes)
        row = self._current(key, version)
        if columns or lists:
            with self._store.transactions.savepoint():
                row = self._changed(row, columns)
                self._link(row, lists)
        return self._as_stored(row)

    def delete(self, key: Key, /, *, version: int | None = None) -> None:
        """Delete a row with all that goes with it."""
        row = self._current(key, version)
        with self._store.transactions.savepoint():
            self._store.delete(self._table, row[key_name(self._table)])
            for field in self._table._meta.concrete_fields:
                if isinstance(field, FileField):
                    self._store.discard_file(self._table, str(row[field.attname]), field.attname)

    def _shows(self, row: Row) -> bool:
        """Return whether the repository shows a row; to be overridden where its `_queryset` or a manager narrows rows.

        Args:
            row: the columns of the row, by the names of their attributes ("recipe_id").
        """
        return True

    def _page_of(self, rows: Iterable[Row], query: PageQuery, *, visible_to: Key | None = None) -> Page[ReadT]:
        """Return a page of rows: what `_page` is for QuerySets.

        Args:
            rows: the rows of all pages, unordered.
            query: order and page.
            visible_to: whose rows they are; the cursor is bound to that as well.

        Raises:
            RuleViolated: the cursor was changed, or belongs to another list.
        """
        page = self._lists.page(rows, query, visible_to)
        return Page(
            items=self._dtos(page.rows),
            next_cursor=page.next_cursor,
            previous_cursor=page.previous_cursor,
            total=page.total,
        )

    def _rows(self) -> tuple[ReadT, ...]:
        """Return all rows that the repository shows, in the order in which they were added."""
        return self._dtos(self._visible_rows(None))

    def _rows_as(self, schema: type[SchemaT]) -> tuple[SchemaT, ...]:
        """Return all rows that the repository shows as other DTOs, in the order in which they were added."""
        projection = projection_of(type(self), schema, frozenset())
        return cast("tuple[SchemaT, ...]", self._run(projection, self._visible_rows(None)))

    def _queryset(self) -> QuerySet[ModelT]:
        name = type(self).__name__
        raise NotInMemory(
            f"{name} has a query of its own, which memory cannot run. Override the method that makes it in a subclass "
            f"for memory, and say so to the database: MemoryDatabase.use({name.removeprefix('InMemory')}, ...)."
        )

    def _require_related(self, field: str, key: Key) -> None:
        relation = find_field(self._table, field)
        target = target_model(cast("AnyField", relation))
        if not self._store.has(target, key):
            error = missing(target)
            if not self._store.knows(target):
                error.add_note(
                    f"{target._meta.label} has neither a repository nor registered rows in this MemoryDatabase: "
                    f"MemoryDatabase.register({target._meta.label!r}, {key!r})."
                )
            raise error

    def _store_file(self, key: Key, field: str, upload: Upload, *, version: int | None = None) -> ReadT:
        row = self._current(key, version)
        column = self._table._meta.get_field(field)
        assert isinstance(column, FileField)
        name = stored_name(column, self._table(**row), upload.name, self._store.files)
        self._store.files[name] = upload.content.read()
        with self._store.transactions.savepoint():
            changed = self._changed(row, {field: name})
            self._store.discard_file(self._table, str(row[field]), field)
        return self._dtos([changed])[0]

    def _remove_file(self, key: Key, field: str, *, version: int | None = None) -> ReadT:
        row = self._current(key, version)
        if row[field]:
            with self._store.transactions.savepoint():
                self._store.discard_file(self._table, str(row[field]), field)
                row = self._changed(row, {field: ""})
        return self._dtos([row])[0]

    @property
    def _table(self) -> type[Model]:
        return self._model

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self._compiled(), self._store.conditions)

    def _dtos(self, rows: Sequence[Row]) -> tuple[ReadT, ...]:
        return cast("tuple[ReadT, ...]", self._run(self._compiled().projection, rows))

    def _as_stored(self, row: Row) -> ReadT:
        """Return a row that was just written; where it shows another row that is not there, not even a join finds that."""
        if self._compiled().projection.root.nested:
            self._store.refuse_dangling(self._table, row)
        return self._dtos([row])[0]

    def _run(self, projection: Projection, rows: Sequence[Row]) -> tuple[BaseModel, ...]:
        return Reader(self._store.tables, self._store.conditions, self.expressions).read(projection, rows)

    def _visible_rows(self, visible_to: Key | None) -> list[Row]:
        if visible_to is not None:
            self._owner_column()
        return [row for row in self._store.tables.of(self._table).values() if self._is_visible(row, visible_to)]

    def _is_visible(self, row: Row, visible_to: Key | None) -> bool:
        if not (self._shows(row) and Scopes(self._store.conditions).shows(self._table, row)):
            return False
        if visible_to is None:
            return True
        column = self._owner_column()
        return row[column] == stored(cast("AnyField", find_field(self._table, column)), visible_to)

    def _owner_column(self) -> str:
        column = self._compiled().owner_column
        if column is None:
            raise DeclarationError(
                f"{type(self).__name__} was asked for the rows of one owner, and its rows have none. "
                'Declare the reference to the owner: `owner = "user"`.'
            )
        return column

    def _row(self, key: Key, visible_to: Key | None) -> Row | None:
        row = self._store.tables.of(self._table).rows.get(stored(self._key_field, key))
        return row if row is not None and self._is_visible(row, visible_to) else None

    def _current(self, key: Key, version: int | None) -> Row:
        self._check_version(version)
        row = self._row(key, None)
        if row is None:
            raise missing(self._table)
        if version is not None and version != row[_VERSION]:
            raise stale(self._table)
        return row

    def _split(self, given: BaseModel) -> tuple[dict[str, object], dict[str, object]]:
        """Return the columns and the lists of keys of what is given; a column that must not be NULL is not."""
        lists = self._compiled().declaration.id_lists
        values = {name: getattr(given, name) for name in type(given).model_fields}
        values = {name: value for name, value in values.items() if value is not MISSING}
        columns = {name: value for name, value in values.items() if name not in lists}
        for name, value in columns.items():
            field = cast("AnyField", find_field(self._table, name))
            if value is None and not field.null:
                raise null_refused(self._table, field)
        return columns, {lists[name]: value for name, value in values.items() if name in lists}

    def _changed(self, row: Row, columns: Mapping[str, object]) -> Row:
        values = dict(columns)
        if self._compiled().writer.is_versioned:
            values[_VERSION] = cast("int", row[_VERSION]) + 1
        return self._store.change(self._table, row, values)

    def _link(self, row: Row, lists: Mapping[str, object]) -> None:
        for name, keys in lists.items():
            self._store.link(self._table, row, name, cast("Sequence[object]", keys))

    @classmethod
    def _refuse_hidden_narrowing(cls, model: type[Model]) -> None:
        if cls._shows is not InMemoryRepository._shows:
            return
        own = cls._queryset not in (InMemoryRepository._queryset, RepositoryBase._queryset)
        if own or type(model._default_manager).get_queryset is not Manager.get_queryset:
            what = "its `_queryset`" if own else f"the default manager of {model.__name__}"
            raise NotInMemory(
                f"{cls.__name__} shows only some rows, by {what}, which memory cannot run. Say which rows it shows by "
                "overriding `_shows` in a subclass for memory, and pass that to MemoryDatabase.use()."
            )
