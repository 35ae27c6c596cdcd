"""The corpus: each planted violation is found at its line, by its code and symbol, and nothing else is."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from django_layers.architecture.checking import Violation, check
from django_layers.architecture.codes import REFUSALS, TOOL_CODES
from django_layers.architecture.rules import RULES

CORPUS = Path(__file__).parent / "corpus"
OTHERS = sorted((Path(__file__).parent / "corpora").iterdir())
"""Projects of other layouts and styles: layers as modules, `src`, functions as services, no configuration, none of our runtime."""

EXPECTED = re.compile(r"# (L\d{3}) ([\w.]+)(?: (\d+))?")

FOUND = check([CORPUS]).violations


def expected(root: Path = CORPUS) -> Counter[tuple[str, int, str, str]]:
    """Read what comments of a corpus say: a code, a symbol, and how often where that is not once."""
    return Counter(
        {
            (path.relative_to(root).as_posix(), number, code, symbol): int(times or 1)
            for path in sorted(root.rglob("*.py"))
            for number, line in enumerate(path.read_text().splitlines(), 1)
            for code, symbol, times in EXPECTED.findall(line)
        }
    )


def found(violations: Iterable[Violation] = FOUND, root: Path = CORPUS) -> Counter[tuple[str, int, str, str]]:
    return Counter((one.path.relative_to(root).as_posix(), one.line, one.code, one.symbol) for one in violations)


def test_every_planted_violation_is_found() -> None:
    assert sorted((expected() - found()).elements()) == []


def test_nothing_else_is_found() -> None:
    assert sorted((found() - expected()).elements()) == []


@pytest.mark.parametrize("root", OTHERS, ids=lambda root: root.name)
def test_what_is_planted_in_other_layouts_is_found_and_nothing_else(root: Path) -> None:
    there = found(check([root]).violations, root)

    assert sorted((expected(root) - there).elements()) == []
    assert sorted((there - expected(root)).elements()) == []


def test_the_corpus_is_large_enough() -> None:
    lines = [line for path in CORPUS.rglob("*.py") for line in path.read_text().splitlines()]

    assert expected().total() >= 60
    assert sum("# legal" in line for line in lines) >= 30


def test_each_violation_says_the_way_out() -> None:
    unclear = [one for one in FOUND if not (one.message.endswith(".") and one.hint.endswith((".", '."', "..")))]

    assert unclear == []


def test_every_rule_has_a_planted_violation() -> None:
    assert {rule.code for rule in RULES if rule.severity != "off"} - {code for _, _, code, _ in expected()} == set()


def test_every_rule_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "checking.md").read_text()

    for one in (*RULES, *TOOL_CODES, *REFUSALS):
        assert f"| {one.code} | {one.name} | {one.severity} |" in page
