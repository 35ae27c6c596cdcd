"""Counting the statements that a piece of code sends to the database."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connections

from django_layers.guard import Site, asked_at

__all__ = ["QueryCount", "assert_constant_queries", "count_queries"]

Result = TypeVar("Result")


@dataclass
class QueryCount:
    """The statements that were sent, savepoints included.

    Attributes:
        statements: their SQL, in order, with placeholders in the place of values.
        sites: for each of them the project's own code that is nearest to it; None where there is none.
    """

    statements: list[str] = field(default_factory=list)
    sites: list[Site | None] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many statements were sent."""
        return len(self.statements)


@contextmanager
def count_queries(using: str | None = None) -> Iterator[QueryCount]:
    """Count what is sent to the database inside the block.

    Args:
        using: the alias of the database; the default one where it is left out.

    Yields:
        The count, which grows while the block runs and stays readable after it.
    """
    counted = QueryCount()

    def count(
        execute: Callable[[str, object, bool, dict[str, object]], Result],
        sql: str,
        params: object,
        many: bool,
        context: dict[str, object],
    ) -> Result:
        counted.statements.append(sql)
        counted.sites.append(asked_at(sys._getframe(1)))
        return execute(sql, params, many, context)

    with connections[using or "default"].execute_wrapper(count):
        yield counted


def assert_constant_queries(
    run: Callable[[], object], grow: Callable[[], object], *, times: int = 1, using: str | None = None
) -> None:
    """Assert that `run` sends as many statements after `grow` has added rows as before: that it has no N+1.

    `run` is called three times; the first call only fills caches that live for the whole process::

        assert_constant_queries(lambda: client.get("/api/recipes?limit=100"), RecipeFactory, times=99)

    Args:
        run: what to count, a request for instance; there must be a row or more for it to find before `grow`.
        grow: adds further rows of every kind that `run` reads.
        times: how often `grow` is called; 99 where it adds a row, and 1 row is to be compared with 100.
        using: the alias of the database; the default one where it is left out.

    Raises:
        AssertionError: the number differs; the message shows the statements that came more often, and which code of the
            project asked for them.
    """
    run()
    with count_queries(using) as before:
        run()
    for _ in range(times):
        grow()
    with count_queries(using) as after:
        run()
    if before.count == after.count:
        return
    more = Counter(after.statements) - Counter(before.statements)
    sites = dict(zip(after.statements, after.sites, strict=True))
    lines = [f"  {number} more: {sql}{_by(sites[sql])}" for sql, number in more.most_common()]
    raise AssertionError(
        "\n".join([f"{before.count} statements before there were more rows, {after.count} after.", *lines])
    )


def _by(site: Site | None) -> str:
    return f"\n    asked for by {site}" if site else ""
