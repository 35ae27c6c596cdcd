"""What a column gives: the type of its values, and what is made of them before they are a field of a DTO."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final, cast
from uuid import UUID

from django.core.files.storage import Storage
from django.db import models
from django.db.models import FileField, GeneratedField

from django_layers.repositories.fields import AnyField, target_field

__all__ = ["Convert", "can_become", "converter_of", "kind_of", "named", "plain_converter_of"]

Convert = Callable[[object], object]

# The types are named as Pydantic's core schemas name them.
_KINDS: Final[dict[type[AnyField], str]] = {
    models.BinaryField: "bytes",
    models.BooleanField: "bool",
    models.CharField: "str",
    models.DateField: "date",
    models.DateTimeField: "datetime",
    models.DecimalField: "decimal",
    models.DurationField: "timedelta",
    models.FileField: "str",
    models.FilePathField: "str",
    models.FloatField: "float",
    models.GenericIPAddressField: "str",
    models.IntegerField: "int",
    models.JSONField: "json",
    models.TextField: "str",
    models.TimeField: "time",
    models.UUIDField: "uuid",
}

# Of which an object that is read may have been made.
_PLAIN: Final[dict[str, type]] = {"decimal": Decimal, "float": float, "int": int, "str": str, "uuid": UUID}

_NUMBERS: Final = {"decimal", "float", "int"}
_TEXT: Final = {"bytes", "str"}

# Of what Pydantic makes a value of each type, at least of some.
_MADE_OF: Final[dict[str, set[str]]] = {
    "bool": {"bool"} | _NUMBERS | _TEXT,
    "bytes": _TEXT,
    "date": {"date", "datetime"} | _NUMBERS | _TEXT,
    "datetime": {"date", "datetime"} | _NUMBERS | _TEXT,
    "decimal": {"str"} | _NUMBERS,
    "float": {"bool"} | _NUMBERS | _TEXT,
    "int": {"bool"} | _NUMBERS | _TEXT,
    "str": _TEXT,
    "time": {"time"} | _NUMBERS | _TEXT,
    "timedelta": {"bool", "timedelta"} | _NUMBERS | _TEXT,
    "uuid": {"uuid"} | _TEXT,
}

# What a field of a project's own overrides to store or to read something else than its base does.
_HOOKS: Final = ("from_db_value", "get_db_converters", "db_type", "db_parameters", "get_col", "select_format")


def kind_of(field: AnyField) -> str | None:
    """Return the type of the values that are read of a column, as Pydantic names it: "int", "datetime", "json".

    Args:
        field: the column, or the output of an expression.

    Returns:
        None where the column is of a type that is not Django's own, or reads its values in a way of its own.
    """
    field = target_field(field)
    if isinstance(field, GeneratedField):
        return kind_of(cast("AnyField", field.output_field))
    if isinstance(field, models.JSONField) and field.decoder is not None:
        return None
    mro = type(field).__mro__
    of_django = next(each for each in mro if each.__module__.startswith("django.db.models.fields"))
    if any(getattr(type(field), name, None) is not getattr(of_django, name, None) for name in _HOOKS):
        return None
    return next((_KINDS[each] for each in of_django.__mro__ if each in _KINDS), None)


def can_become(column: str | None, field: str) -> bool:
    """Return whether a value of a column can be that of a field, as far as their types tell.

    Args:
        column: the type of the values of the column; None where it is not known.
        field: the type that the field takes; empty where it is not known.
    """
    return column not in _MADE_OF or field not in _MADE_OF or column in _MADE_OF[field]


def named(kind: str | None) -> str:
    """Return a type as an annotation names it."""
    return {"decimal": "Decimal", "uuid": "UUID"}.get(str(kind), str(kind))


def converter_of(field: AnyField) -> Convert | None:
    """Return what makes a field of a DTO of the value of a column; None where they are the same."""
    if isinstance(field, FileField):
        return _url_of(field.storage)
    return _bytes if isinstance(target_field(field), models.BinaryField) else None


def plain_converter_of(field: AnyField, wanted: str) -> Convert | None:
    """Return what makes of an object that a field class of a project's own reads the value that it was made of.

    Args:
        field: the column.
        wanted: the type that the field of a DTO takes, as Pydantic names it.

    Returns:
        None where the values are not of such a class, or the DTO wants something else than what is stored.
    """
    field = target_field(field)
    if kind_of(field) is not None or wanted not in _PLAIN or wanted != _kind_of_base(field):
        return None
    plain, stored = _PLAIN[wanted], field.get_prep_value

    def value_of(value: object) -> object:
        return value if value is None or isinstance(value, plain) else stored(value)

    return value_of


def _kind_of_base(field: AnyField) -> str | None:
    return next((_KINDS[each] for each in type(field).__mro__ if each in _KINDS), None)


def _url_of(storage: Storage) -> Convert:
    def url(name: object) -> object:
        return storage.url(str(name)) if name else None

    return url


def _bytes(value: object) -> object:
    # Some drivers give a view of what they received.
    return bytes(value) if isinstance(value, memoryview | bytearray) else value
