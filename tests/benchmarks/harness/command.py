"""What every benchmark on the bookshop is called with, and how it says what it found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.benchmarks.harness.bookshop import opened_bookshop
from tests.benchmarks.harness.tables import Table

__all__ = ["DATABASES", "Measure", "Result", "run"]

DATABASES = ("sqlite", "postgresql", "postgresql-prepared")
"""The last one keeps the plans of statements, for everybody."""


@dataclass(frozen=True)
class Result:
    """What a benchmark found.

    Attributes:
        title: what was measured.
        table: the figures.
        says: what has to be known about them.
    """

    title: str
    table: Table
    says: str = ""

    def markdown(self) -> str:
        """Return it as Markdown."""
        return "\n".join(part for part in (f"**{self.title}**\n", self.table.markdown(), self.says) if part)

    def text(self) -> str:
        """Return it for a terminal."""
        return "\n".join(part for part in (self.title, self.table.text(), self.says) if part)


Measure = Callable[[int, int], Iterable[Result]]
"""A benchmark: takes how many rounds and how many books; the bookshop is open, and empty."""


def run(description: str, measure: Measure, *, rounds: int) -> None:
    """Run a benchmark from the command line and print what it found.

    Args:
        description: what it measures, for the help.
        measure: the benchmark.
        rounds: how many rounds unless asked otherwise.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--rounds", type=int, default=rounds, help=f"How often each is timed ({rounds}).")
    parser.add_argument("--rows", type=int, default=1_000, help="How many rows the list has (1000).")
    parser.add_argument("--markdown", action="store_true", help="Print Markdown.")
    options = parser.parse_args()
    with opened_bookshop(options.database):
        for result in measure(options.rounds, options.rows):
            sys.stdout.write(f"{result.markdown() if options.markdown else result.text()}\n")
            sys.stdout.flush()
