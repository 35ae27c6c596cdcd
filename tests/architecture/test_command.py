"""`check` on the command line: what it prints, and what it exits with."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from django_layers.__main__ import main
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

REPOSITORY = Path(__file__).parents[2]
CROSSING = {**APP, "shop/services.py": "\nfrom shop.models import Book\n"}


@pytest.fixture
def crossing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    build_tree(tmp_path, CROSSING)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_violation_is_shown_with_its_place_and_the_way_out(
    crossing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 1

    shown = capsys.readouterr()
    assert shown.out.startswith("shop/services.py:2:25 L101 services imports shop.models.Book")
    assert "BookRepository" in shown.out
    assert "1 layered app: 1 error, 0 warnings." in shown.err


def test_json_is_one_object(crossing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 1

    data = json.loads(capsys.readouterr().out)
    [one] = data["violations"]
    assert {key: one[key] for key in ("code", "path", "line", "column", "symbol", "target", "severity")} == {
        "code": "L101",
        "path": "shop/services.py",
        "line": 2,
        "column": 25,
        "symbol": "shop.services",
        "target": "shop.models.Book",
        "severity": "error",
    }
    assert one["message"]
    assert one["hint"]


def test_a_clean_project_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_tree(tmp_path, APP)

    assert main(["check", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["violations"] == []


def test_warnings_alone_end_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_tree(tmp_path, {**APP, "shop/odds.py": ""})

    assert main(["check", str(tmp_path)]) == 0
    assert "L004 (warning)" in capsys.readouterr().out


def test_only_what_is_named_is_told(crossing: Path) -> None:
    assert main(["check", "shop/models.py"]) == 0
    assert main(["check", "shop/services.py"]) == 1


@pytest.mark.parametrize("path", ["gone", "shop/data.txt"])
def test_a_path_that_is_not_there_is_a_wrong_request(
    crossing: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", path]) == 2
    assert path in capsys.readouterr().err


def test_a_folder_without_layered_apps_is_a_wrong_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_tree(tmp_path, {"plain/__init__.py": "", "plain/models.py": ""})

    assert main(["check", str(tmp_path)]) == 2
    assert "Nothing was checked" in capsys.readouterr().err


@pytest.mark.parametrize("project", ["example_project", "tests/scaffold/golden"])
def test_what_the_generator_writes_is_clean(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--no-cache", str(REPOSITORY / project)]) == 0
    assert capsys.readouterr().out == ""


def test_neither_django_nor_the_project_is_imported(crossing: Path) -> None:
    program = (
        "import sys, runpy\n"
        "sys.argv = ['django_layers', 'check']\n"
        "try:\n    runpy.run_module('django_layers', run_name='__main__')\n"
        "except SystemExit as end:\n    assert end.code == 1, end.code\n"
        "forbidden = {'django', 'ninja', 'pydantic', 'jinja2', 'shop'} & set(sys.modules)\n"
        "assert not forbidden, forbidden\n"
    )

    shown = subprocess.run(
        [sys.executable, "-c", program],
        cwd=crossing,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert shown.returncode == 0, shown.stderr


def test_manage_py_does_the_same(crossing: Path) -> None:
    out = StringIO()

    with pytest.raises(CommandError) as caught:
        call_command("checklayers", str(crossing), stdout=out, stderr=StringIO())

    assert caught.value.returncode == 1
    assert "L101" in out.getvalue()


def test_manage_py_prints_nothing_where_nothing_is_found(tmp_path: Path) -> None:
    build_tree(tmp_path, APP)
    out = StringIO()

    call_command("checklayers", str(tmp_path), stdout=out, stderr=StringIO())

    assert out.getvalue() == ""


def test_manage_py_says_that_the_configuration_is_wrong(crossing: Path) -> None:
    build_tree(crossing, {"pyproject.toml": "[tool.django_layers]\nlevle = 3\n"})

    with pytest.raises(CommandError, match="configuration is wrong") as caught:
        call_command("checklayers", str(crossing), stdout=StringIO(), stderr=StringIO())

    assert caught.value.returncode == 2


def test_manage_py_says_what_is_wrong_with_the_request(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("checklayers", str(tmp_path / "gone"))

    assert caught.value.returncode == 2
