"""`python -m django_layers` works without Django and without the project."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from django_layers.__main__ import COMMANDS, main
from django_layers.scaffold.plans.plan import JOURNAL_FOLDER
from django_layers.scaffold.writing.apply import apply
from django_layers.scaffold.writing.effects import DISK
from django_layers.scaffold.writing.lock import locked
from tests.scaffold.faults import Faulty, survives
from tests.scaffold.plan_changes import FILES, plan_below
from tests.scaffold.trees import build_tree, snapshot


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build_tree(tmp_path, FILES)
    return tmp_path


@pytest.fixture
def interrupted(root: Path) -> Path:
    counting = Faulty()
    twin = root / "twin"
    build_tree(twin, FILES)
    apply(plan_below(twin), effects=counting)
    at = counting.steps.index("replace urls.py")
    assert not survives(lambda: apply(plan_below(root), effects=Faulty(at=at)))
    return root


def test_recover_puts_back_and_says_what(interrupted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recover", "--root", str(interrupted)]) == 0

    assert "restored  config/settings.py\n" in capsys.readouterr().out
    assert (interrupted / "config/settings.py").read_text() == FILES["config/settings.py"]
    assert not (interrupted / JOURNAL_FOLDER).exists()


def test_recover_finds_the_root_from_a_folder_below(
    interrupted: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(interrupted / "config")

    assert main(["recover"]) == 0
    assert "restored" in capsys.readouterr().out


def test_recover_finds_a_root_without_manage_py_by_its_journal(
    interrupted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (interrupted / "manage.py").unlink()
    monkeypatch.chdir(interrupted / "recipes")

    assert main(["recover"]) == 0
    assert not (interrupted / JOURNAL_FOLDER).exists()


def test_recover_without_an_interrupted_run_has_nothing_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(root)

    assert main(["recover", "--root", str(root)]) == 0

    assert capsys.readouterr().out.startswith("Nothing to do")
    assert snapshot(root) == before


def test_recover_that_must_leave_a_file_alone_ends_with_1(
    interrupted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (interrupted / "config/settings.py").write_text("mine = 1\n")

    assert main(["recover", "--root", str(interrupted)]) == 1

    shown = capsys.readouterr()
    assert "config/settings.py" in shown.err
    assert shown.out == ""


def test_recover_during_a_run_ends_with_1(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with locked(root, DISK):
        assert main(["recover", "--root", str(root)]) == 1

    assert f"process {os.getpid()}" in capsys.readouterr().err


def test_a_folder_outside_of_any_project_is_a_wrong_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["recover"]) == 2
    assert "--root" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["nonsense"], ["recover", "--nonsense"]])
def test_wrong_words_are_a_wrong_request(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)

    assert caught.value.code == 2
    assert "usage: python -m django_layers" in capsys.readouterr().err


def test_a_root_that_is_no_folder_is_a_wrong_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recover", "--root", str(tmp_path / "gone")]) == 2
    assert "gone" in capsys.readouterr().err


def test_every_command_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    shown = capsys.readouterr().out
    assert all(command.name in shown and command.help in shown for command in COMMANDS)


def test_nothing_of_django_is_imported(interrupted: Path) -> None:
    program = (
        "import sys, runpy\n"
        "sys.argv = ['django_layers', 'recover']\n"
        "try:\n    runpy.run_module('django_layers', run_name='__main__')\n"
        "except SystemExit as end:\n    assert end.code == 0, end.code\n"
        "forbidden = {'django', 'ninja', 'pydantic', 'jinja2'} & set(sys.modules)\n"
        "assert not forbidden, forbidden\n"
    )
    repository = Path(__file__).parents[1]

    shown = subprocess.run(
        [sys.executable, "-c", program],
        cwd=interrupted,
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert shown.returncode == 0, shown.stderr
    assert "rolled back" in shown.stdout
