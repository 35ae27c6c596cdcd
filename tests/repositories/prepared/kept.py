"""Looking over the shoulder of a repository: whether its queries are compiled, and what they are without that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest.mock import patch

from django.db.models.sql.compiler import SQLCompiler

from django_layers.repositories.prepared import Preparing
from django_layers.schemas import Page

ResultT = TypeVar("ResultT")


@contextmanager
def compilations() -> Iterator[list[object]]:
    """Give a list of the queries that Django compiles from now on."""
    compiled: list[object] = []
    as_sql = SQLCompiler.as_sql

    def spy(self: SQLCompiler, *args: Any, **options: Any) -> Any:
        compiled.append(self.query)
        return as_sql(self, *args, **options)

    with patch.object(SQLCompiler, "as_sql", spy):
        yield compiled


def is_kept(ask: Callable[[], object]) -> bool:
    """Return whether nothing is compiled any longer for a question that was asked a few times."""
    for _ in range(3):
        ask()
    with compilations() as compiled:
        ask()
    return not compiled


def by_the_orm(ask: Callable[[], ResultT]) -> ResultT:
    """Return the answer that the ORM alone gives."""
    with patch.object(Preparing, "rows", return_value=None):
        return ask()


def told(answer: object) -> object:
    """Return what can be compared of an answer: of a page all but its cursors, which tell when they were made."""
    if isinstance(answer, Page):
        return answer.items, answer.next_cursor is None, answer.previous_cursor is None, answer.total
    return answer
