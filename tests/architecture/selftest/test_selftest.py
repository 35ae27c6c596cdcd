"""The self-test finds in a tree what it plants there, and tells what is not found."""

from pathlib import Path

import pytest

from django_layers.__main__ import main
from django_layers.architecture.rules import RULES
from django_layers.architecture.selftest.selftest import selftest
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

ON = {rule.code for rule in RULES if rule.severity != "off"} - {"L106"}
NESTED = {"manage.py": "", **{f"apps/{path}": text for path, text in APP.items()}}
RENAMED = {
    "pyproject.toml": '[tool.django_layers.layers]\nservices = ["use_cases"]\nmodels = ["models", "tables"]\n',
    "shop/__init__.py": "",
    "shop/use_cases/__init__.py": "",
    "shop/tables.py": APP["shop/models.py"],
}


@pytest.mark.parametrize("files", [APP, NESTED, RENAMED], ids=["modules", "nested", "renamed"])
def test_every_rule_that_is_on_finds_what_is_planted(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    build_tree(tmp_path, files)
    before = sorted(tmp_path.rglob("*"))
    outcomes = selftest([tmp_path])

    assert {one.code for one in outcomes if not one.is_found} == set()
    assert {one.code for one in outcomes} == ON
    assert sorted(tmp_path.rglob("*")) == before


def test_rules_that_are_off_and_apps_that_are_off_are_left_out(tmp_path: Path) -> None:
    configuration = (
        '[tool.django_layers.severity]\nL101 = "off"\nL508 = "warning"\n\n[tool.django_layers.levels]\ndepot = "off"\n'
    )
    depot = {path.replace("shop", "depot"): text for path, text in APP.items()}
    build_tree(tmp_path, {**APP, **depot, "pyproject.toml": configuration})
    outcomes = selftest([tmp_path])

    assert {one.app for one in outcomes} == {"shop"}
    assert {one.code for one in outcomes} == (ON | {"L508"}) - {"L101"}
    assert all(one.is_found for one in outcomes)


def test_what_the_configuration_forbids_is_planted_as_well(tmp_path: Path) -> None:
    build_tree(tmp_path, {**APP, "pyproject.toml": '[tool.django_layers.forbidden]\nservices = ["stripe"]\n'})

    assert {one.is_found for one in selftest([tmp_path]) if one.code == "L106"} == {True}


def test_a_rule_that_cannot_see_its_layer_fails_the_test(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {**APP, "shop/repositories/__init__.py": "", "shop/repositories/orm/__init__.py": ""}
    build_tree(tmp_path, {**files, "pyproject.toml": '[tool.django_layers]\nexclude = ["shop/repositories"]\n'})

    assert main(["check", "--selftest", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "L302 is not: " in out
    assert "L402" not in out


def test_a_tree_where_all_is_found_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_tree(tmp_path, APP)

    assert main(["check", "--selftest", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"shop: {len(ON)} of {len(ON)} planted violations are found.\n"


def test_a_wrong_configuration_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_tree(tmp_path, {**APP, "pyproject.toml": "[tool.django_layers]\nlevle = 1\n"})

    assert main(["check", "--selftest", str(tmp_path)]) == 2
    assert "L011" in capsys.readouterr().out
