"""Whether a page far into a list takes longer than the first one.

Run from the root of the repository:

    python -m tests.benchmarks.bench_depth [--database sqlite|postgresql] [--rounds N] [--markdown]

It stores a million books first, which takes a minute.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.benchmarks.harness.bookshop import OURS, callers_of
from tests.benchmarks.harness.command import Result, run
from tests.benchmarks.harness.interleaved import Work, interleaved
from tests.benchmarks.harness.requests import Caller, Request
from tests.benchmarks.harness.tables import Table

__all__ = ["measure"]

COPIES = 1_000
STEP = 1_000
"""How many rows a page holds on the way down; the cursor does not depend on it."""


def measure(rounds: int, rows: int, *, copies: int = COPIES) -> Iterator[Result]:
    """Time pages that begin after so many rows.

    Args:
        rounds: how often.
        rows: how many different books there are.
        copies: how often each is stored, besides.
    """
    from tests.benchmarks.bookshop.fill import copy_books, fill
    from tests.benchmarks.bookshop.models import Book

    if not Book.objects.exists():
        fill(rows)
    copy_books(copies)
    depths = (0, 25, rows, copies * rows)
    with callers_of(OURS) as callers:
        works = [
            Work(f"{depth:,}", Request("/books", _asking(cursor)), times=10)
            for depth, cursor in zip(depths, _cursors(callers[OURS], depths), strict=True)
        ]
        figures = interleaved(callers, works, rounds=rounds)[OURS]
    first = figures[works[0].name]
    yield Result(
        "A page of 25, in milliseconds by the clock (of CPU time)",
        Table(
            headings=("rows before it", "takes", "times as long as the first page"),
            rows=tuple(
                (depth, f"{taken.wall:.2f} ({taken.cpu:.2f})", f"{taken.wall / first.wall:.2f}")
                for depth, taken in figures.items()
            ),
        ),
        f"Of {(copies + 1) * rows:,} books.\n",
    )


def _cursors(caller: Caller, depths: tuple[int, ...]) -> Iterator[str | None]:
    """Give the cursor of each page, by walking down to it."""
    cursor, at = None, 0
    for depth in depths:
        while at < depth:
            limit = min(STEP, depth - at)
            cursor = json.loads(caller.answer(Request("/books", _asking(cursor, limit))))["next_cursor"]
            at += limit
        yield cursor


def _asking(cursor: str | None, limit: int = 25) -> str:
    return f"limit={limit}" if cursor is None else f"limit={limit}&cursor={cursor}"


if __name__ == "__main__":
    run("Time pages far into a list.", measure, rounds=30)
