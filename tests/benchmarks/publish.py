"""Run every benchmark of a database and write what they found into `docs/benchmarks.md`.

Run from the root of the repository, where the extra `benchmarks` is installed, on a machine that does nothing else:

    python -m tests.benchmarks.publish --database sqlite
    python -m tests.benchmarks.publish --database postgresql
    python -m tests.benchmarks.publish --database postgresql-prepared
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import bench_depth, bench_memory, bench_reads, bench_writes
from tests.benchmarks.competitors import installed
from tests.benchmarks.harness.bookshop import COMPETITORS, opened_bookshop
from tests.benchmarks.harness.command import DATABASES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"

# The one that stores a million rows comes last.
MEASURES = (bench_reads.measure, bench_memory.measure, bench_writes.measure, bench_depth.measure)
# Where plans are kept only reading and writing are other than on the same server without.
MEASURES_OF = {"postgresql-prepared": (bench_reads.measure, bench_writes.measure)}

PACKAGES = (
    "django",
    "django-ninja",
    "pydantic",
    "djangorestframework",
    "fastapi",
    "litestar",
    "advanced-alchemy",
    "sqlalchemy",
    "msgspec",
    "orjson",
    "psycopg",
)


def with_section(page: str, name: str, text: str) -> str:
    """Return a page with other text between `<!-- figures: NAME -->` and `<!-- end of the figures -->`.

    Raises:
        SystemExit: the page has no such place.
    """
    place = re.compile(rf"(<!-- figures: {name} -->\n).*?(<!-- end of the figures -->)", re.DOTALL)
    if not place.search(page):
        raise SystemExit(f"{PAGE.name} has no place for the figures of {name!r}.")
    return place.sub(lambda found: f"{found[1]}\n{text}\n{found[2]}", page, count=1)


def measured(database: str, rounds: int) -> Iterator[str]:
    """Give what each benchmark found, as Markdown, and then what it ran on."""
    with opened_bookshop(database):
        for measure in MEASURES_OF.get(database, MEASURES):
            for result in measure(rounds, bench_reads.BOOKS):
                sys.stderr.write(f"{result.text()}\n")
                yield result.markdown()
        yield f"Measured with {_versions()}, {_database()}, on {platform.machine()}.\n"


def _versions() -> str:
    return ", ".join((f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)))


def _database() -> str:
    from django.db import connection

    return f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"


def tests_of_services() -> str:
    """Return what the benchmark of tests of services prints; it needs a process of its own, with other settings."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_service_tests"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return f"```text\n{ran.stdout.strip()}\n```\n"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(
        description="Measure everything on a database, and write it into the documentation."
    )
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    lacking = sorted({each for packages, _ in COMPETITORS.values() for each in packages if not installed(each)})
    if lacking:
        raise SystemExit(f"Not installed: {', '.join(lacking)}. Install the extra: pip install -e '.[dev,benchmarks]'")
    sections = {options.database: "\n".join(measured(options.database, options.rounds))}
    if options.database == "sqlite":
        sections["service tests"] = tests_of_services()
    page = PAGE.read_text(encoding="utf-8")
    for name, text in sections.items():
        page = with_section(page, name, text)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
