"""How much memory a list takes while it is answered, beside other ways to do it.

Run from the root of the repository, where the extra `benchmarks` is installed:

    python -m tests.benchmarks.bench_memory [--database sqlite|postgresql] [--markdown]
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator

from tests.benchmarks.bench_reads import WORKS, names_of
from tests.benchmarks.harness.bookshop import OURS, callers_of
from tests.benchmarks.harness.command import Result, run
from tests.benchmarks.harness.requests import Caller, Request
from tests.benchmarks.harness.tables import Table

__all__ = ["measure"]


def measure(rounds: int, rows: int) -> Iterator[Result]:
    """Measure all competitors.

    Args:
        rounds: how often; the least of the peaks counts, as caches fill in the first.
        rows: how many books the list has.
    """
    from tests.benchmarks.bookshop.fill import fill
    from tests.benchmarks.bookshop.models import Book

    if not Book.objects.exists():
        fill(rows)
    request = WORKS[0].request
    with callers_of() as callers:
        peaks = {name: min(peak(caller, request) for _ in range(max(rounds, 2))) for name, caller in callers.items()}
    yield Result(
        f"Memory at its peak while a {names_of(rows)['list']} is answered",
        Table(
            headings=("", "MB", "times as much as django-layers"),
            rows=tuple((name, f"{taken / 1e6:.1f}", f"{taken / peaks[OURS]:.1f}") for name, taken in peaks.items()),
        ),
        "What Python allocates, as `tracemalloc` sees it; the response itself is part of it.\n",
    )


def peak(caller: Caller, request: Request) -> int:
    """Return how many bytes more than before are taken at most while a request is answered."""
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        caller.answer(request)
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


if __name__ == "__main__":
    run("Measure the memory of a list, beside other ways to read it.", measure, rounds=5)
