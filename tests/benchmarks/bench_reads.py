"""How fast lists, pages and single rows are read, beside other ways to do it; the whole request, in one process.

Run from the root of the repository, where the extra `benchmarks` is installed:

    python -m tests.benchmarks.bench_reads [--database sqlite|postgresql|postgresql-prepared] [--rounds N] [--markdown]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tests.benchmarks.harness.bookshop import OURS, callers_of
from tests.benchmarks.harness.command import Result, run
from tests.benchmarks.harness.content import content_of, difference
from tests.benchmarks.harness.interleaved import Medians, Work, interleaved
from tests.benchmarks.harness.requests import Caller, Request
from tests.benchmarks.harness.tables import Table

__all__ = ["BOOKS", "WORKS", "measure", "names_of"]

BOOKS = 1_000
"""How many rows the published list has."""

WORKS = (
    Work("list", Request("/everything"), times=1),
    Work("page of 25", Request("/books", "limit=25"), times=8),
    Work("one row", Request("/books/17"), times=20),
)

Figures = Mapping[str, Mapping[str, Medians]]


def measure(rounds: int, rows: int) -> Iterator[Result]:
    """Time all competitors, once they have answered everything alike.

    Args:
        rounds: how often.
        rows: how many books the list has.
    """
    from tests.benchmarks.bookshop.fill import fill

    fill(rows)
    with callers_of() as callers:
        size = check_equal(callers)
        figures = interleaved(callers, WORKS, rounds=rounds)
    names = names_of(rows)
    yield Result(
        "Times as long as django-layers, by the clock (of CPU time)",
        _table(figures, names, lambda taken, ours: f"{taken.wall / ours.wall:.1f} ({taken.cpu / ours.cpu:.1f})"),
    )
    yield Result(
        "Milliseconds, by the clock (of CPU time)",
        _table(figures, names, lambda taken, ours: f"{taken.wall:.2f} ({taken.cpu:.2f})"),
        f"The list is {size / 1000:.0f} kB of JSON. Medians of {rounds} rounds.\n",
    )


def check_equal(callers: Mapping[str, Caller]) -> int:
    """Return the bytes of our list, once all competitors have answered everything alike.

    Raises:
        SystemExit: two of them say different things.
    """
    for work in WORKS:
        contents = {name: content_of(caller.answer(work.request)) for name, caller in callers.items()}
        for name, content in contents.items():
            found = difference(contents[OURS], content)
            if found is not None:
                raise SystemExit(f"{work.name}: {OURS} and {name} differ at {found}")
    return len(callers[OURS].answer(WORKS[0].request))


def names_of(rows: int) -> dict[str, str]:
    """Return what the tables call each work."""
    return {work.name: f"list of {rows:,}" if work is WORKS[0] else work.name for work in WORKS}


def _table(figures: Figures, names: Mapping[str, str], said: Callable[[Medians, Medians], str]) -> Table:
    rows = [(name, *(said(by_work[work], figures[OURS][work]) for work in names)) for name, by_work in figures.items()]
    return Table(headings=("", *names.values()), rows=tuple(rows))


if __name__ == "__main__":
    run("Time reading, beside other ways to do it.", measure, rounds=30)
