"""How fast lists, pages and single rows are read, beside other ways to do it; the whole request, in one process.

Run from the root of the repository, where the extra `benchmarks` is installed:

    python -m tests.benchmarks.bench_reads [--database sqlite|postgresql] [--rounds N] [--markdown]

A table that was published is `docs/benchmarks.md`'s, which `python -m tests.benchmarks.publish` writes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from tests.benchmarks.harness.bookshop import OURS, callers_of, opened_bookshop
from tests.benchmarks.harness.content import content_of, difference
from tests.benchmarks.harness.interleaved import Medians, Work, interleaved
from tests.benchmarks.harness.requests import Caller, Request
from tests.benchmarks.harness.tables import Table

BOOKS = 1_000

WORKS = (
    Work("list of 1,000", Request("/everything"), times=1),
    Work("page of 25", Request("/books", "limit=25"), times=8),
    Work("one row", Request("/books/17"), times=20),
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


def reads(callers: Mapping[str, Caller], *, rounds: int) -> Table:
    """Return the table of all competitors."""
    return table_of(interleaved(callers, WORKS, rounds=rounds))


def table_of(medians: Mapping[str, Mapping[str, Medians]]) -> Table:
    """Return medians as a table: what each takes, and how many times as long as ours."""
    headings = ["", *(heading for work in WORKS for heading in (f"{work.name}: wall, ms", "CPU, ms", "ours is"))]
    rows = []
    for name, by_work in medians.items():
        row = [name]
        for work in WORKS:
            taken, ours = by_work[work.name], medians[OURS][work.name]
            ratio = "" if name == OURS else f"{taken.wall / ours.wall:.2f}x / {taken.cpu / ours.cpu:.2f}x"
            row += [f"{taken.wall:.2f}", f"{taken.cpu:.2f}", ratio]
        rows.append(tuple(row))
    return Table(headings=tuple(headings), rows=tuple(rows))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Time reading, beside other ways to do it.")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--books", type=int, default=BOOKS, help="How many rows the list has.")
    parser.add_argument("--markdown", action="store_true", help="Print the table as Markdown.")
    options = parser.parse_args()
    with opened_bookshop(options.database):
        from tests.benchmarks.bookshop.fill import fill

        fill(options.books)
        with callers_of() as callers:
            size = check_equal(callers)
            table = reads(callers, rounds=options.rounds)
    sys.stderr.write(f"{options.database}: {size / 1000:.0f} kB of JSON in the list; all answers are equal.\n")
    sys.stdout.write(table.markdown() if options.markdown else table.text())


if __name__ == "__main__":
    main()
