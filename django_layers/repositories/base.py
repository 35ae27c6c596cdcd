"""What repositories stand on: what they declare, and the reading of QuerySets into DTOs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import ClassVar, Generic, TypeAlias, TypeVar, cast, overload
from uuid import UUID

from django.db import router, transaction
from django.db.models import Model, QuerySet
from django.db.models.expressions import BaseExpression
from pydantic import BaseModel

from django_layers.repositories.capacity import fits
from django_layers.repositories.compiled import Compiled, compiled, projection_of
from django_layers.repositories.cursor import decode_cursor, encode_cursor, fingerprint
from django_layers.repositories.declaration import (
    Declaration,
    DeclarationError,
    checked_arguments,
    is_open,
    type_arguments,
)
from django_layers.repositories.fields import AnyField, find_field
from django_layers.repositories.filtering import filtered
from django_layers.repositories.ordering import Order, order_of
from django_layers.repositories.pages import PageRows, page_query, position_of, read_on
from django_layers.repositories.paging import Stretch
from django_layers.repositories.places import FIRST, Place, cut, known_total, reading_order
from django_layers.repositories.projection import Row, dtos_of, read_rows, row_query, there_for_reads
from django_layers.repositories.refusals import missing
from django_layers.repositories.scopes import in_scope
from django_layers.schemas import Page, PageQuery

__all__ = ["ChangesT", "InsertT", "Key", "ModelT", "QueryT", "ReadT", "RepositoryBase"]

ModelT = TypeVar("ModelT", bound=Model)
ReadT = TypeVar("ReadT", bound=BaseModel)
InsertT = TypeVar("InsertT", bound=BaseModel)
ChangesT = TypeVar("ChangesT", bound=BaseModel)
QueryT = TypeVar("QueryT", bound=PageQuery)
SchemaT = TypeVar("SchemaT", bound=BaseModel)

Key: TypeAlias = int | str | UUID
"""A primary key."""


class RepositoryBase(Generic[ModelT, ReadT, InsertT, ChangesT, QueryT]):
    """What `ModelRepository` stands on; see there for what a subclass declares."""

    owner: ClassVar[str | None] = None
    filters: ClassVar[Mapping[str, str | tuple[str, ...]]] = {}
    orders: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    id_lists: ClassVar[Mapping[str, str]] = {}
    expressions: ClassVar[Mapping[str, BaseExpression]] = {}
    unscoped: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        arguments = type_arguments(cls, RepositoryBase)
        if not is_open(arguments):
            checked_arguments(cls.__name__, arguments)

    @classmethod
    def is_base(cls) -> bool:
        """Return whether the class leaves its model or a schema open, as a base for others does."""
        return is_open(type_arguments(cls, RepositoryBase))

    @classmethod
    def declaration(cls) -> Declaration:
        """Return what the class declares.

        Raises:
            DeclarationError: the class is a base for others, which leaves its model or a schema open.
        """
        arguments = type_arguments(cls, RepositoryBase)
        if is_open(arguments):
            raise DeclarationError(
                f"{cls.__name__} leaves its model or a schema open: inherit from "
                f"{cls.__name__}[Model, Read, Insert, Changes, Query]."
            )
        model, (read, insert, changes, query) = checked_arguments(cls.__name__, arguments)
        return Declaration(
            name=cls.__name__,
            model=model,
            read=read,
            insert=insert,
            changes=changes,
            query=query,
            owner=cls.owner,
            filters=cls.filters,
            orders=cls.orders,
            id_lists=cls.id_lists,
            expressions=cls.expressions,
            unscoped=cls.unscoped,
        )

    @classmethod
    def _compiled(cls) -> Compiled:
        return compiled(cls)

    @property
    def _model(self) -> type[ModelT]:
        return cast("type[ModelT]", self._compiled().declaration.model)

    @property
    def _key_field(self) -> AnyField:
        return self._model._meta.pk

    def _queryset(self) -> QuerySet[ModelT]:
        """Return the rows that there are for this repository; to be narrowed by a subclass, or queried."""
        return in_scope(self._model._default_manager.using(self._database_for_reads()))

    @overload
    def _read(self, queryset: QuerySet[ModelT]) -> tuple[ReadT, ...]: ...
    @overload
    def _read(self, queryset: QuerySet[ModelT], schema: type[SchemaT]) -> tuple[SchemaT, ...]: ...
    def _read(
        self, queryset: QuerySet[ModelT], schema: type[SchemaT] | None = None
    ) -> tuple[ReadT, ...] | tuple[SchemaT, ...]:
        """Return the rows of a QuerySet as DTOs, without making objects of them.

        Args:
            queryset: which rows, in which order; what it is annotated with can be read too.
            schema: the DTO, where it is not the repository's own.

        Raises:
            DeclarationError: the schema asks for something that is not to be had.
            UnreadableRow: a row does not fit the schema.
        """
        schema_read = schema or self._compiled().declaration.read
        projection = projection_of(type(self), schema_read, frozenset(queryset.query.annotations))
        return cast("tuple[ReadT, ...]", read_rows(projection, self._annotated(queryset, projection.computed))[0])

    @overload
    def _read_one(self, queryset: QuerySet[ModelT]) -> ReadT: ...
    @overload
    def _read_one(self, queryset: QuerySet[ModelT], schema: type[SchemaT]) -> SchemaT: ...
    def _read_one(self, queryset: QuerySet[ModelT], schema: type[SchemaT] | None = None) -> ReadT | SchemaT:
        """Return the first row of a QuerySet as a DTO.

        Raises:
            NotFound: there is none.
        """
        found = self._read(queryset[:1], schema) if schema else self._read(queryset[:1])
        if not found:
            raise missing(self._model)
        return found[0]

    def _page(self, queryset: QuerySet[ModelT], query: PageQuery, *, visible_to: Key | None = None) -> Page[ReadT]:
        """Return a page of a QuerySet; its filters are the caller's, its order and place are the query's.

        Args:
            queryset: the rows of all pages, unordered.
            query: order and page; the cursor is bound to all of its fields but the size of the page.
            visible_to: whose rows they are; the cursor is bound to that as well.

        Raises:
            RuleViolated: the cursor was changed, or belongs to another list.
        """
        queryset = self._annotated(queryset)
        projection, order = self._compiled().projection, self._order(query)

        def rows(stretch: Stretch) -> list[Row]:
            return list(page_query(projection, queryset, order, stretch, query.limit))

        def count() -> int:
            return row_query(projection, queryset).count()

        return self._paged(PageRows(rows, count, lambda: queryset, queryset.db), query, visible_to)

    def _paged(self, rows: PageRows, query: PageQuery, visible_to: Key | None) -> Page[ReadT]:
        """Return a page of rows that are still to be fetched.

        Args:
            rows: where they come from.
            query: order and page.
            visible_to: whose rows they are.
        """
        projection, order = self._compiled().projection, self._order(query)

        @cache
        def list_of() -> str:
            return fingerprint(self._model._meta.label, query, order, visible_to)

        place = FIRST if query.cursor is None else self._place(query.cursor, order, rows, list_of())
        # One more than asked for tells whether there is a further page, without counting.
        found = read_on(rows.read, reading_order(order, place), place.position, query.limit + 1)
        held = cut(found, query.limit, place)
        ends = tuple(position_of(projection, order, row) for row in (*held.rows[:1], *held.rows[-1:]))
        next_cursor, previous_cursor = (
            None if each is None else encode_cursor(each, list_of()) for each in held.neighbours(place, ends)
        )
        total = None
        if query.include_total:
            total = known_total(place, held)
            total = rows.count() if total is None else total
        # Exactly the class that an endpoint declares, which is written to JSON without being validated again.
        page = cast("type[Page[ReadT]]", Page.__class_getitem__(self._compiled().declaration.read))
        items = cast("tuple[ReadT, ...]", dtos_of(projection, held.rows, rows.using))
        return page(items=items, next_cursor=next_cursor, previous_cursor=previous_cursor, total=total)

    def _place(self, cursor: str, order: Order, rows: PageRows, list_fingerprint: str) -> Place:
        fields = [term.field or rows.queryset().query.annotations[term.lookup].output_field for term in order.terms]
        return decode_cursor(cursor, fields, list_fingerprint)

    def _order(self, query: PageQuery) -> Order:
        name = getattr(query, "order_by", None)
        if name is None:
            return self._compiled().default_order
        return self._compiled().orders.get(name) or order_of(self._compiled().declaration, name)

    def _filtered(self, query: PageQuery, visible_to: Key | None) -> QuerySet[ModelT]:
        filters = self._compiled().filters
        return filtered(self._annotated(self._visible(visible_to)), filters, query)

    def _visible(self, owner: Key | None) -> QuerySet[ModelT]:
        queryset = self._queryset()
        if owner is None:
            return queryset
        column = self._compiled().owner_column
        if column is None:
            raise DeclarationError(
                f"{type(self).__name__} was asked for the rows of one owner, and its rows have none. "
                'Declare the reference to the owner: `owner = "user"`.'
            )
        return queryset.filter(**{column: owner})

    def _annotated(self, queryset: QuerySet[ModelT], names: Collection[str] | None = None) -> QuerySet[ModelT]:
        """Return the rows with what the database works out: what has one of the names, or all that is declared."""
        expressions = self._compiled().declaration.expressions
        wanted = expressions if names is None else names
        new = {name: expressions[name] for name in wanted if name not in queryset.query.annotations}
        return queryset.annotate(**new) if new else queryset

    def _with_key(self, queryset: QuerySet[ModelT], key: Key) -> QuerySet[ModelT]:
        return queryset.filter(pk=key) if fits(self._key_field, key, queryset.db) else queryset.none()

    def _writable(self, queryset: QuerySet[ModelT], using: str) -> QuerySet[ModelT]:
        """Return the rows of a query that may be written: those that a read gives."""
        return there_for_reads(self._compiled().projection, queryset.using(using))

    def _stored(self, using: str) -> QuerySet[ModelT]:
        """Return all rows of the table, also those that the repository does not show: it may have just written one."""
        return self._model._base_manager.using(using)

    def _require_related(self, field: str, *keys: Key) -> None:
        """Refuse references to rows that do not exist, of a model that has no service to ask; in one query for all.

        Args:
            field: the name of the reference.
            keys: the keys that it is to have.

        Raises:
            NotFound: there is no such row for one of them.
            DeclarationError: there is no such reference.
        """
        reference = find_field(self._model, field)
        target = reference.related_model if reference is not None else None
        if reference is None or not isinstance(target, type):
            raise DeclarationError(f"{type(self).__name__}: {field!r} is not a reference of {self._model._meta.label}.")
        referred = cast("AnyField", reference.target_field) if reference.many_to_one else target._meta.pk  # type: ignore[union-attr]
        rows = in_scope(target._default_manager.using(self._database_for_reads()))
        if not all(fits(referred, key, rows.db) for key in keys):
            raise missing(target)
        # As the column has them: 5 and "5" are one key.
        wanted = set(map(referred.to_python, keys))
        found = rows.filter(**{f"{referred.attname}__in": wanted}).values_list(referred.attname, flat=True)
        # How many there are, as in `require`: what is stored may be another text for the same key.
        if len(set(found)) < len(wanted):
            raise missing(target)

    def _database_for_writes(self) -> str:
        return str(router.db_for_write(self._model))

    def _database_for_reads(self) -> str:
        """Return where to read: inside a transaction, where it writes, so that it sees what it wrote."""
        using = self._database_for_writes()
        if transaction.get_connection(using).in_atomic_block:
            return using
        return str(router.db_for_read(self._model))
