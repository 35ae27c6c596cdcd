"""How fast a row is created and changed, beside the plainest endpoint by hand, and one that does what ours does.

Run from the root of the repository:

    python -m tests.benchmarks.bench_writes [--database sqlite|postgresql|postgresql-prepared] [--rounds N] [--markdown]

Ours checks what a reference refers to, opens a unit of work, and reads the row back as it is stored. The plainest endpoint
calls `objects.create` and `save` and does none of that; the other one does all of it, by the ORM and without layers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.benchmarks.harness.bookshop import CAREFUL, NINJA, OURS, callers_of
from tests.benchmarks.harness.command import Result, run
from tests.benchmarks.harness.interleaved import Work, interleaved
from tests.benchmarks.harness.requests import Request
from tests.benchmarks.harness.tables import Table

__all__ = ["measure"]


def _body(**values: object) -> bytes:
    return json.dumps(values).encode()


WORKS = (
    Work(
        "create",
        Request("/authors", method="POST", body=_body(name="Ada", email="ada@example.org", born="1980-02-03")),
        times=10,
    ),
    Work("update", Request("/authors/7", method="PATCH", body=_body(name="Ada", email="ada@example.org")), times=10),
    Work(
        "create, with a reference",
        Request("/reviews", method="POST", body=_body(book_id=17, stars=4, comment="Read it twice.")),
        times=10,
    ),
    Work(
        "update, with a reference",
        Request("/reviews/1", method="PATCH", body=_body(stars=5, comment="Read it again.")),
        times=10,
    ),
)


def measure(rounds: int, rows: int) -> Iterator[Result]:
    """Time all three.

    Args:
        rounds: how often.
        rows: how many books there are.
    """
    from tests.benchmarks.bookshop.fill import fill
    from tests.benchmarks.bookshop.models import Book

    if not Book.objects.exists():
        fill(rows)
    with callers_of(OURS, NINJA, CAREFUL) as callers:
        for work in WORKS:
            for caller in callers.values():
                caller.answer(work.request)
        figures = interleaved(callers, WORKS, rounds=rounds)
    table = []
    for work in WORKS:
        ours = figures[OURS][work.name]
        row = [work.name, f"{ours.wall:.2f} ({ours.cpu:.2f})"]
        for name in (NINJA, CAREFUL):
            other = figures[name][work.name]
            ratio = f"{ours.wall / other.wall:.2f} ({ours.cpu / other.cpu:.2f})"
            row += [f"{other.wall:.2f} ({other.cpu:.2f})", ratio]
        table.append(tuple(row))
    yield Result(
        "Writing a row, in milliseconds by the clock (of CPU time)",
        Table(
            headings=("", OURS, "`objects.create`, `save`", "times as long", CAREFUL, "times as long"),
            rows=tuple(table),
        ),
    )


if __name__ == "__main__":
    run("Time writing, beside the plainest endpoint by hand.", measure, rounds=30)
