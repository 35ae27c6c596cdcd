"""Adding a row, or changing the one that has the same unique values, whoever else does so at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet
from pydantic import BaseModel

from django_layers.errors import Busy, Conflict
from django_layers.repositories.refusals import unique_refused
from django_layers.repositories.sets.adding import add_all
from django_layers.repositories.sets.changing import assignments
from django_layers.repositories.sets.unique import UniqueSet, refuse_ungiven, taken_over, unique_sets
from django_layers.repositories.writing import Writer, inherits_from_a_table, shows_all

__all__ = ["upsert_row"]

StoredT = TypeVar("StoredT")

ATTEMPTS = 5
"""How often it is tried, where somebody else adds or deletes the row between looking for it and adding it."""


def upsert_row(
    writer: Writer, rows: QuerySet[Any], row: BaseModel, unique: UniqueSet, read_back: Callable[[object], StoredT]
) -> tuple[object, StoredT]:
    """Store a row, or its values in the row with the same unique values, and return the key and what is read back.

    Args:
        writer: what stores rows.
        rows: the rows that there are for the repository.
        row: the new row.
        unique: what tells which row is meant.
        read_back: reads the row that has a key; what it raises undoes the write.

    Raises:
        DeclarationError: the schema of a new row does not hold the unique values.
    """
    columns, lists = writer.split(row)
    refuse_ungiven(writer.model, row, columns, unique)
    upsert = _Upsert(writer, rows, columns, unique)
    for _ in range(ATTEMPTS - 1):
        try:
            return upsert.carry_out(lists, read_back)
        except _CameBetween:
            continue
        except Busy as busy:
            # Inside a transaction nothing is left to go on from: only the whole of it can be repeated.
            if connections[rows.db].in_atomic_block or not busy.may_be_repeated:
                raise
    return upsert.carry_out(lists, read_back)


class _CameBetween(Conflict):
    """Somebody else has added the row after it was looked for."""


@dataclass(frozen=True)
class _Upsert:
    writer: Writer
    rows: QuerySet[Any]
    columns: Mapping[str, object]
    unique: UniqueSet

    def carry_out(self, lists: Mapping[str, object], read_back: Callable[[object], StoredT]) -> tuple[object, StoredT]:
        with self.writer.guarded(self.using):
            key = self._by_one_statement() if self._fits_one_statement() else self._by_looking_first()
            if lists:
                instance = self.writer.model(pk=key)
                instance._state.db = self.using
                self.writer.set_lists(instance, lists)
            return key, read_back(key)

    @property
    def using(self) -> str:
        return self.rows.db

    @property
    def table(self) -> QuerySet[Any]:
        return self.writer.model._base_manager.using(self.using)

    @cached_property
    def changed(self) -> dict[str, object]:
        """The columns that a row that is there takes over."""
        return taken_over(self.writer.model, self.columns, self.unique)

    def _fits_one_statement(self) -> bool:
        """Return whether `ON CONFLICT DO UPDATE` means what is wanted.

        It cannot count a version up, change two tables, or leave alone a row that the repository does not show. Where
        it does not say which unique set is meant, it changes any row that has something unique in common.
        """
        features = connections[self.using].features
        if self.writer.is_versioned or not shows_all(self.rows) or inherits_from_a_table(self.writer.model):
            return False
        if not self.changed and not self.writer.automatic:
            return False
        return features.supports_update_conflicts and (
            features.supports_update_conflicts_with_target or not self._has_other_unique_values()
        )

    def _has_other_unique_values(self) -> bool:
        key = self.writer.model._meta.pk.attname
        others = (each for each in unique_sets(self.writer.model) if each.columns != self.unique.columns)
        return any(each.columns != (key,) or key in self.columns for each in others)

    def _by_one_statement(self) -> object:
        instance = self.writer.model(**self.columns)
        names_target = connections[self.using].features.supports_update_conflicts_with_target
        self.table.bulk_create(
            [instance],
            update_conflicts=True,
            update_fields=list(dict.fromkeys([*self.changed, *self.writer.automatic])),
            unique_fields=list(self.unique.columns) if names_target else None,
        )
        return self._key_like(instance) or instance.pk

    def _by_looking_first(self) -> object:
        instance = self.writer.model(**self.columns)
        key = self._key_like(instance)
        if key is None:
            return self._added(instance)
        if not shows_all(self.rows) and not self.rows.filter(pk=key).exists():
            raise unique_refused(self.writer.model, self.unique.fields, self.unique.constraint)
        values = assignments(self.writer, self.changed)
        if values:
            self.table.filter(pk=key).update(**values)
        return key

    def _added(self, instance: Model) -> object:
        try:
            with self.writer.guarded(self.using):
                add_all(self.writer.model, [instance], self.using)
        except Conflict as error:
            if set(error.fields) != set(self.unique.columns):
                raise
            raise _CameBetween(
                error.detail, fields=error.fields, constraint=error.constraint, code=error.code
            ) from error
        return instance.pk

    def _key_like(self, instance: Model) -> object:
        """Return the key of the row that has the unique values of another one, locked; None where there is none."""
        values = {column: getattr(instance, column) for column in self.unique.columns}
        if None in values.values() and not self.unique.null_is_a_value:
            return None
        same = {f"{name}__isnull" if value is None else name: value is None or value for name, value in values.items()}
        return self.table.filter(**same).select_for_update().values_list("pk", flat=True).first()
