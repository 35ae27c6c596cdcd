"""Rows of which nothing but the key matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django_layers.repositories.fields import AnyField
from django_layers.testing.factories.columns import value_maker
from django_layers.testing.memory.columns import stored

__all__ = ["RegisteredRow"]


class RegisteredRow(Mapping[str, object]):
    """A row that has a key; what its other columns hold fits, and is made up when somebody asks.

    Args:
        fields: the fields of the table, by the names of their columns.
        keys: the key, by the name of each column that holds it.
        number: makes values differ between rows.
    """

    __slots__ = ("_fields", "_number", "_values")

    def __init__(self, fields: Mapping[str, AnyField], keys: Mapping[str, object], number: int) -> None:
        self._fields = fields
        self._number = number
        self._values: dict[str, object] = dict(keys)

    def __getitem__(self, name: str) -> object:
        if name not in self._values:
            self._values[name] = _something(self._fields[name], self._number)
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def _something(field: AnyField, number: int) -> object:
    if field.is_relation or field.generated or field.null:
        return None
    if field.has_default():
        return stored(field, field.get_default())
    make = value_maker(field)
    return None if make is None else stored(field, make(number))
