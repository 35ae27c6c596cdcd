"""The benchmarks run, and refuse to time what is not the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.competitors import installed
from tests.benchmarks.harness.content import content_of, difference
from tests.benchmarks.harness.tables import Table
from tests.benchmarks.publish import PAGE, with_section

ROOT = Path(__file__).resolve().parents[2]
EXTRA = ("rest_framework", "fastapi", "sqlalchemy", "litestar", "advanced_alchemy", "msgspec", "orjson")

DEPTH = """
from tests.benchmarks.bench_depth import measure
from tests.benchmarks.harness.bookshop import opened_bookshop

with opened_bookshop("sqlite"):
    print(*(result.text() for result in measure(1, 30, copies=2)))
"""


def ran(*arguments: str) -> str:
    """Return what a process prints; its settings are those of the benchmarks."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    process = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout


def test_reading_is_timed_beside_django_ninja() -> None:
    printed = ran("-m", "tests.benchmarks.bench_reads", "--rounds", "1", "--rows", "30")

    ours, ninja = (
        [line for line in printed.splitlines() if line.startswith(name)] for name in ("django-layers", "django-ninja,")
    )
    assert len(ours) == len(ninja) == 2
    assert ours[0].count("1.0 (1.0)") == 3


@pytest.mark.skipif(not all(map(installed, EXTRA)), reason="the extra `benchmarks` is not installed")
def test_reading_is_timed_beside_everybody() -> None:
    printed = ran("-m", "tests.benchmarks.bench_reads", "--rounds", "1", "--rows", "30", "--markdown")

    for name in ("Django REST framework", "FastAPI", "Litestar", "`values_list` + orjson"):
        assert f"| {name}" in printed


@pytest.mark.slow
@pytest.mark.parametrize("module", ["bench_memory", "bench_writes"])
def test_every_other_benchmark_runs(module: str) -> None:
    assert "django-layers" in ran("-m", f"tests.benchmarks.{module}", "--rounds", "1", "--rows", "30")


@pytest.mark.slow
def test_pages_far_into_a_list_are_timed() -> None:
    printed = ran("-c", DEPTH)

    assert "Of 90 books." in printed
    assert [line.split()[0] for line in printed.splitlines()[2:6]] == ["0", "25", "30", "60"]


def test_contents_are_equal_whatever_texts_they_are_written_as() -> None:
    one = (
        b'{"items": [{"id": 1, "price": "12.50", "at": "2026-01-01T08:30:00.120000Z", "tags": [{"id": 2}, {"id": 1}]}]}'
    )
    other = b'[{"id": 1, "price": 12.5, "at": "2026-01-01T08:30:00.120", "tags": [{"id": 1}, {"id": 2}]}]'

    assert difference(content_of(one), content_of(other)) is None


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (b'[{"id": 1, "in_print": false}]', "$[0].in_print: True and False"),
        (b'[{"id": 1, "in_print": 1}]', "$[0].in_print: True and Decimal('1')"),
        (b'[{"id": 1}]', "$[0]: names ['in_print']"),
        (b"[]", "$: 1 and 0 items"),
    ],
)
def test_a_difference_is_told_with_its_place(other: bytes, says: str) -> None:
    assert difference(content_of(b'[{"id": 1, "in_print": true}]'), content_of(other)) == says


def test_a_table_is_written_for_a_terminal_and_for_a_page() -> None:
    table = Table(headings=("", "ms"), rows=(("ours", "1.0"), ("theirs", "12.0")))

    assert table.text() == "          ms\nours     1.0\ntheirs  12.0\n"
    assert table.markdown() == "|  | ms |\n| --- | --: |\n| ours | 1.0 |\n| theirs | 12.0 |\n"


def test_figures_are_written_into_their_place_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")

    written = with_section(with_section(page, "sqlite", "figures"), "postgresql", "others")

    assert "<!-- figures: sqlite -->\n\nfigures\n<!-- end of the figures -->" in written
    assert "<!-- figures: postgresql -->\n\nothers\n<!-- end of the figures -->" in written
    with pytest.raises(SystemExit, match="no place for the figures of 'oracle'"):
        with_section(page, "oracle", "figures")


def test_the_check_is_timed_beside_import_linter() -> None:
    printed = ran("-m", "tests.benchmarks.bench_check", "1", "1")

    assert printed.startswith("| 108 modules |")
    assert printed.count(" MB |") == 7
