"""Lists of values as PostgreSQL takes them at once: in one parameter, so that the SQL is the same for any number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    AutoField,
    BigAutoField,
    BigIntegerField,
    CharField,
    Field,
    IntegerField,
    Lookup,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    SlugField,
    SmallAutoField,
    SmallIntegerField,
    TextField,
    UUIDField,
)
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

from django_layers.repositories.fields import target_field

__all__ = ["Array", "array_of"]

FEWEST: Final = 2
"""A list of one value is compared like a value, which is planned better."""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# A number is written into the SQL as it is, so that its type must be said; text takes the type of the column, which
# may be a case-insensitive one.
_WHOLE: Final = (int, str, True)
_TEXT: Final = (str, _quoted, False)
_ELEMENTS: Final[dict[type, tuple[type, Callable[[Any], str], bool]]] = {
    **dict.fromkeys((SmallAutoField, AutoField, BigAutoField), _WHOLE),
    **dict.fromkeys((SmallIntegerField, IntegerField, BigIntegerField), _WHOLE),
    **dict.fromkeys((PositiveSmallIntegerField, PositiveIntegerField, PositiveBigIntegerField), _WHOLE),
    **dict.fromkeys((CharField, SlugField, TextField), _TEXT),
    UUIDField: (UUID, str, True),
}
"""Per class of fields: the type of its values, how one is written in an array, and whether the type must be said."""


@dataclass(frozen=True)
class Array:
    """How a list of values of a column is given to the database.

    Attributes:
        sql: the comparison without the column, with the place of the only parameter.
        kind: the type of the values.
        written: how a value is written.
    """

    sql: str
    kind: type
    written: Callable[[Any], str]

    def literal(self, values: object) -> str | None:
        """Return the parameter; None where the values are to be compared as the ORM does."""
        if not isinstance(values, list | tuple) or len(values) < FEWEST or set(map(type, values)) != {self.kind}:
            return None
        return f"{{{','.join(map(self.written, values))}}}"


def array_of(lookup: Lookup[Any], connection: BaseDatabaseWrapper) -> Array | None:
    """Return how the values of a lookup are given to the database at once; None where it is not known how.

    Args:
        lookup: a comparison.
        connection: what it is compiled for.
    """
    field = getattr(lookup.lhs, "output_field", None)
    if connection.vendor != "postgresql" or type(lookup) not in {In, RelatedIn} or not isinstance(field, Field):
        return None
    column = target_field(field)
    found = _ELEMENTS.get(type(column))
    if found is None:
        return None
    kind, written, is_said = found
    element = f"::{column.db_type(connection)}[]" if is_said else ""
    return Array(f"= ANY(%s{element})", kind, written)
