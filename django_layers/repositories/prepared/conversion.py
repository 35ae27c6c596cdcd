"""From the values that a driver gives to those of Python, a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["Conversion"]

Convert: TypeAlias = "Callable[[Any, Any, BaseDatabaseWrapper], Any]"


@dataclass(frozen=True)
class _Step:
    """One function that a column's values go through.

    Attributes:
        column: which column.
        convert: the function.
        expression: what is selected there, which the function asks for.
        of_connection: whether it is a method of what belongs to the connection, and takes that first.
    """

    column: int
    convert: Callable[..., Any]
    expression: Any
    of_connection: bool


class Conversion:
    """What Django does with the values of selected columns, without asking for it in every run.

    It belongs to no connection: connections belong to threads, and end with them.

    Args:
        converters: what `SQLCompiler.get_converters` returns.
        connection: the connection that it was asked for.
    """

    def __init__(self, converters: dict[int, tuple[Sequence[Convert], Any]], connection: BaseDatabaseWrapper) -> None:
        self._steps = tuple(
            _step(column, convert, expression, connection)
            for column, (functions, expression) in converters.items()
            for convert in functions
        )

    def rows(self, rows: Sequence[tuple[Any, ...]], connection: BaseDatabaseWrapper) -> list[Sequence[object]]:
        """Return rows of a driver as Django would.

        Args:
            rows: what was fetched.
            connection: where it was fetched.
        """
        if not self._steps or not rows:
            return list(rows)
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for step in self._steps:
            convert, expression = step.convert, step.expression
            if step.of_connection:
                convert = convert.__get__(connection.ops)
            columns[step.column] = [convert(value, expression, connection) for value in columns[step.column]]
        return list(zip(*columns, strict=True))


def _step(column: int, convert: Convert, expression: Any, connection: BaseDatabaseWrapper) -> _Step:
    if getattr(convert, "__self__", None) is connection.ops:
        return _Step(column, convert.__func__, expression, True)  # type: ignore[attr-defined]
    return _Step(column, convert, expression, False)
