"""What repositories in memory stand on: the rows that they show, and how rows become DTOs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, Self, TypeVar, cast
from weakref import WeakKeyDictionary

from django.db.models import FileField, ManyToManyField, Model, QuerySet
from pydantic import BaseModel

from django_layers.errors import NotFound
from django_layers.managers import chooses_rows
from django_layers.repositories import Declaration, DeclarationError, ModelRepository
from django_layers.repositories.base import ChangesT, InsertT, Key, ModelT, QueryT, ReadT, RepositoryBase
from django_layers.repositories.compiled import projection_of
from django_layers.repositories.fields import AnyField, find_field
from django_layers.repositories.linking import far_reference
from django_layers.repositories.projection import Projection
from django_layers.repositories.refusals import missing, reference_refused, stale
from django_layers.repositories.writing import VERSION
from django_layers.schemas import Page, PageQuery
from django_layers.testing.memory.columns import stored
from django_layers.testing.memory.conditions import NotInMemory
from django_layers.testing.memory.lists import Lists
from django_layers.testing.memory.reading import Reader
from django_layers.testing.memory.relations import target_model
from django_layers.testing.memory.scopes import Scopes
from django_layers.testing.memory.store import Store
from django_layers.testing.memory.tables import Row

__all__ = ["InMemoryBase"]

SchemaT = TypeVar("SchemaT", bound=BaseModel)

# By repository class: each test asks for its repositories anew. Weak, so that a class of one test goes with it.
_declarations: WeakKeyDictionary[type[object], Declaration] = WeakKeyDictionary()


class InMemoryBase(
    ModelRepository[ModelT, ReadT, InsertT, ChangesT, QueryT], Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]
):
    """What `InMemoryRepository` stands on; see there."""

    _store: Store

    @classmethod
    def on(cls, store: Store) -> Self:
        """Return a repository on these tables.

        Raises:
            NotInMemory: the repository shows only some rows of its table, and does not say which in `_shows`.
        """
        declaration = _declarations.get(cls)
        if declaration is None:
            declaration = _declarations[cls] = cls.declaration()
        cls._refuse_hidden_narrowing(declaration.model)
        store.know(declaration.model)
        for alias, name in declaration.id_lists.items():
            store.name_links(declaration.model, name, alias)
        repository = cls()
        repository._store = store
        return repository

    def _shows(self, row: Row) -> bool:
        """Return whether the repository shows a row; to be overridden where its `_queryset` or a manager narrows rows.

        Args:
            row: the columns of the row, by the names of their attributes ("recipe_id").
        """
        return True

    def _page_of(self, keys: Iterable[Key], query: PageQuery, *, visible_to: Key | None = None) -> Page[ReadT]:
        """Return a page of rows that a query of one's own has found: what `_page` is for QuerySets.

        Args:
            keys: the primary keys of the rows of all pages, in any order; those that do not exist are left out.
            query: order and page; its filters are the caller's.
            visible_to: whose rows they are; the cursor is bound to that as well.

        Raises:
            RuleViolated: the cursor was changed, or belongs to another list.
        """
        found = (self._row(key, visible_to) for key in dict.fromkeys(keys))
        return self._paged_rows([row for row in found if row is not None], query, visible_to)

    def _paged_rows(self, rows: Iterable[Row], query: PageQuery, visible_to: Key | None) -> Page[ReadT]:
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

    def _row_as(self, key: Key, schema: type[SchemaT]) -> SchemaT:
        """Return a row as another DTO.

        Raises:
            NotFound: the repository shows no such row.
        """
        row = self._row(key, None)
        if row is None:
            raise missing(self._table)
        return cast("SchemaT", self._run(projection_of(type(self), schema, frozenset()), [row])[0])

    def _queryset(self) -> QuerySet[ModelT]:
        name = type(self).__name__
        raise NotInMemory(
            f"{name} has a query of its own, which memory cannot run. Override the method that makes it in a subclass "
            f"for memory, and say so to the database: MemoryDatabase.use({name.removeprefix('InMemory')}, ...)."
        )

    def _require_related(self, field: str, *keys: Key) -> None:
        relation = find_field(self._table, field)
        target = target_model(cast("AnyField", relation))
        for key in keys:
            if not self._store.has(target, key):
                raise self._missing_related(target, key)

    def _missing_related(self, target: type[Model], key: Key) -> NotFound:
        error = missing(target)
        if not self._store.knows(target):
            error.add_note(
                f"{target._meta.label} has neither a repository nor registered rows in this MemoryDatabase: "
                f"MemoryDatabase.register({target._meta.label!r}, {key!r})."
            )
        return error

    @cached_property
    def _table(self) -> type[Model]:
        return self._model

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self._compiled(), self._store.conditions)

    @cached_property
    def _scopes(self) -> Scopes:
        return Scopes(self._store.conditions)

    def _dtos(self, rows: Sequence[Row]) -> tuple[ReadT, ...]:
        return cast("tuple[ReadT, ...]", self._run(self._compiled().projection, rows))

    def _as_stored(self, row: Row) -> ReadT:
        """Return a row that was just written; where it shows another row that is not there, not even a join finds that."""
        if self._compiled().projection.root.nested:
            self._store.refuse_dangling(self._table, row)
        return self._dto(row)

    def _dto(self, row: Row) -> ReadT:
        found = self._dtos([row])
        if not found:
            # What it refers to is there, and out of its scope.
            raise reference_refused(self._table, None)
        return found[0]

    def _run(self, projection: Projection, rows: Sequence[Row]) -> tuple[BaseModel, ...]:
        return Reader(self._store.tables, self._store.conditions, self.expressions).read(projection, rows)

    def _visible_rows(self, visible_to: Key | None) -> list[Row]:
        if visible_to is not None:
            self._owner_column()
        return [row for row in self._store.tables.of(self._table).values() if self._is_visible(row, visible_to)]

    def _is_visible(self, row: Row, visible_to: Key | None) -> bool:
        if not (self._shows(row) and self._scopes.shows(self._table, row)):
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
        row = self._store.find(self._table, key)
        return row if row is not None and self._is_visible(row, visible_to) else None

    def _is_read(self, row: Row) -> bool:
        """Return whether a read gives a row: every row that it must be joined with is there."""
        return bool(self._lists.listed([row]))

    def _current(self, key: Key, version: int | None) -> Row:
        self._check_version(version)
        row = self._row(key, None)
        if row is None or not self._is_read(row):
            raise missing(self._table)
        if version is not None and version != row[VERSION]:
            raise stale(self._table)
        return row

    def _split(self, given: BaseModel) -> tuple[dict[str, object], dict[str, object]]:
        """Return the columns and the lists of keys of what is given; a column that must not be NULL is not."""
        return self._compiled().writer.split(given)

    def _changed(self, row: Row, columns: Mapping[str, object]) -> Row:
        return self._all_changed([row], columns)[0]

    def _all_changed(self, rows: Sequence[Row], columns: Mapping[str, object]) -> list[Row]:
        """Change rows by the same values; what is automatic becomes the same in all of them."""
        counts = self._compiled().writer.is_versioned
        automatic = self._store.automatic(self._table)
        values = {**columns, **automatic}
        versions = ({VERSION: cast("int", row[VERSION]) + 1} if counts else {} for row in rows)
        return [
            self._store.change(self._table, row, {**values, **version})
            for row, version in zip(rows, versions, strict=True)
        ]

    def _discard_files(self, rows: Iterable[Row]) -> None:
        fields = [field.attname for field in self._table._meta.concrete_fields if isinstance(field, FileField)]
        for row in rows:
            for name in fields:
                self._store.discard_file(self._table, str(row[name]), name)

    def _link(self, row: Row, lists: Mapping[str, object]) -> None:
        fields = self._compiled().declaration.id_lists
        for name, keys in lists.items():
            self._refuse_unseen(fields[name], cast("Sequence[Key]", keys), alias=name)
            self._store.link(self._table, row, fields[name], cast("Sequence[object]", keys))

    def _refuse_unseen(self, name: str, keys: Iterable[Key], *, alias: str) -> None:
        """Refuse to link a row with others that do not exist, or that their scope hides."""
        reference = far_reference(cast("ManyToManyField[Any, Any]", self._table._meta.get_field(name)))
        target = target_model(reference)
        for key in keys:
            row = self._store.find(target, key)
            is_there = self._store.takes_for_granted(target) if row is None else self._scopes.shows(target, row)
            if not is_there:
                raise reference_refused(reference.model, reference, alias=alias)

    @classmethod
    def _refuse_hidden_narrowing(cls, model: type[Model]) -> None:
        if cls._shows is not InMemoryBase._shows:
            return
        own = cls._queryset not in (InMemoryBase._queryset, RepositoryBase._queryset)
        if own or chooses_rows(model):
            what = "its `_queryset`" if own else f"the default manager of {model.__name__}"
            raise NotInMemory(
                f"{cls.__name__} shows only some rows, by {what}, which memory cannot run. Say which rows it shows by "
                "overriding `_shows` in a subclass for memory, and pass that to MemoryDatabase.use()."
            )
