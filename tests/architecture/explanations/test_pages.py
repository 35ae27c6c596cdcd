"""The page of each rule is true: its wrong example breaks that rule and no other, and its right one breaks none."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from django_layers.architecture.checking import check
from django_layers.architecture.explanations.reading import explain
from django_layers.architecture.explanations.shop import SHOP
from django_layers.architecture.reports.explaining import explanation
from django_layers.architecture.rules import RULES
from tests.scaffold.trees import build_tree

PAGES = Path(__file__).parents[3] / "docs" / "rules"
CONFIGURATION = (
    '[tool.django_layers.forbidden]\nservices = ["requests"]\n\n[tool.django_layers.severity]\nL508 = "error"\n'
)


def found(root: Path, files: Mapping[str, str]) -> set[str]:
    build_tree(root, {**SHOP, **files, "pyproject.toml": CONFIGURATION})
    return {one.code for one in check([root]).violations}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_wrong_example_breaks_its_rule_and_no_other(tmp_path: Path, rule: object) -> None:
    code = getattr(rule, "code", "")

    assert found(tmp_path, explain(code).wrong) == {code}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_right_example_breaks_nothing(tmp_path: Path, rule: object) -> None:
    assert found(tmp_path, explain(getattr(rule, "code", "")).right) == set()


def test_each_page_has_the_name_of_its_rule() -> None:
    assert [explain(rule.code).title for rule in RULES] == [rule.name for rule in RULES]


def test_each_page_is_in_the_documentation_and_no_other() -> None:
    assert {path.stem for path in PAGES.glob("L*.md")} == {rule.code for rule in RULES}


def test_the_command_says_what_the_page_says() -> None:
    assert explain("L411").why in explanation("l411")
    assert explain("L411").way_out in explanation("l411")
