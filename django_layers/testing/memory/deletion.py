"""What goes with a row that is deleted: the rules of `on_delete`, as Django's collector applies them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from django.db import models
from django.db.models import ForeignKey, Model

from django_layers.repositories.fields import key_name
from django_layers.repositories.refusals import still_referenced
from django_layers.testing.memory.columns import stored
from django_layers.testing.memory.conditions import NotInMemory
from django_layers.testing.memory.tables import Key, Row, Tables

__all__ = ["Deletion"]


@dataclass
class Deletion:
    """Which rows go, and which lose a reference, when rows are deleted.

    Attributes:
        doomed: the keys of the rows that go, by model.
        emptied: for each row that stays, what its references become.
    """

    tables: Tables
    doomed: dict[type[Model], dict[Key, None]] = field(default_factory=dict)
    emptied: dict[tuple[type[Model], Key], dict[str, object]] = field(default_factory=dict)
    _protected: list[type[Model]] = field(default_factory=list)
    _restricted: list[tuple[type[Model], Key]] = field(default_factory=list)

    def carry_out(self, model: type[Model], keys: Iterable[Key]) -> None:
        """Delete rows with all that goes with them.

        Raises:
            Conflict: another row refers to one of them, and its rule is PROTECT or RESTRICT.
        """
        for key in keys:
            self._collect(self.tables.of(model).model, key)
        restricted = [source for source, other in self._restricted if other not in self.doomed.get(source, {})]
        sources = set(self._protected or restricted)
        if sources:
            raise still_referenced(model, sources)
        for (source, other), values in self.emptied.items():
            if other not in self.doomed.get(source, {}):
                table = self.tables.of(source)
                table.put({**table.rows[other], **values})
        for source, doomed in self.doomed.items():
            for other in doomed:
                self.tables.of(source).remove(other)

    def _collect(self, model: type[Model], key: Key) -> None:
        keys = self.doomed.setdefault(model, {})
        if key in keys:
            return
        keys[key] = None
        table = self.tables.of(model)
        if table.parent is not None:
            self._collect(table.parent.model, key)
        row = table.rows[key]
        for reference in _references_to(model):
            for other in self._referring(reference, row):
                self._apply(reference, other)

    def _referring(self, reference: ForeignKey[object, object], row: Row) -> list[Row]:
        value = row[reference.target_field.attname]
        return [each for each in self.tables.of(reference.model).values() if each[reference.attname] == value]

    def _apply(self, reference: ForeignKey[object, object], row: Row) -> None:
        source = self.tables.of(reference.model).model
        key = row[key_name(source)]
        rule = reference.remote_field.on_delete
        if rule is models.CASCADE:
            self._collect(source, key)
        elif rule is models.PROTECT:
            self._protected.append(source)
        elif rule is models.RESTRICT:
            self._restricted.append((source, key))
        elif rule is models.SET_NULL:
            self._empty(source, key, reference, None)
        elif rule is models.SET_DEFAULT:
            self._empty(source, key, reference, reference.get_default())
        elif rule is not models.DO_NOTHING:
            raise NotInMemory(
                f"{reference} has an on_delete that memory does not know. Test its deletion on the database."
            )

    def _empty(self, source: type[Model], key: Key, reference: ForeignKey[object, object], value: object) -> None:
        self.emptied.setdefault((source, key), {})[reference.attname] = stored(reference, value)


def _references_to(model: type[Model]) -> Iterator[ForeignKey[object, object]]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_one or relation.one_to_many):
            yield cast("ForeignKey[object, object]", relation.field)  # type: ignore[union-attr]
