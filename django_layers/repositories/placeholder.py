"""Where the values will be in a query that is compiled before they are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Final, NoReturn, TypeAlias
from uuid import UUID

from django.db.models import Expression

__all__ = ["Fact", "NotPreparable", "Placeholder", "fact_of", "filled", "given"]

Fact: TypeAlias = "str | bool | None"
"""What the SQL depends on of a value: that there is none, that there is one, or which truth value it is."""

ONE: Final = "one"
MANY: Final = "many"

_SCALARS = (str, int, float, Decimal, date, time, timedelta, UUID, bytes)
_LISTS = (tuple, list, set, frozenset)


class NotPreparable(Exception):
    """A query is not only bound parameters away from a compiled one, so the ORM runs it."""


class Placeholder(Expression):
    """Stands for a value while a query is compiled.

    Django takes it for an expression, so it comes out of the query as it went in; the lookup that it is compared in is
    replaced before anything is compiled.

    Attributes:
        slot: which of the values it stands for.
    """

    def __init__(self, slot: int) -> None:
        super().__init__()
        self.slot = slot

    def as_sql(self, compiler: object, connection: object, **context: object) -> NoReturn:
        """Refuse to be compiled: this is not where a plain value would be bound."""
        raise NotPreparable


def fact_of(value: object) -> Fact:
    """Return what the SQL depends on of a value.

    Raises:
        NotPreparable: the value is no plain one.
    """
    # Django writes truth values into the SQL here and there.
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, _SCALARS):
        return ONE
    if isinstance(value, _LISTS) and all(issubclass(kind, _SCALARS) for kind in set(map(type, value))):
        # An empty list finds nothing, which Django knows without a query.
        return MANY if value else _refuse()
    return _refuse()


def _refuse() -> NoReturn:
    raise NotPreparable


def given(facts: Sequence[Fact], values: Sequence[object]) -> list[object]:
    """Return the values that are bound: those that are not in the SQL already."""
    return [value for fact, value in zip(facts, values, strict=True) if isinstance(fact, str)]


def filled(facts: Sequence[Fact], slots: Iterator[object]) -> Iterator[object]:
    """Give a value for each fact again: what is in the next slot, or what is in the SQL itself."""
    for fact in facts:
        yield next(slots) if isinstance(fact, str) else fact
