"""`--changed` tells what is in files that differ from where the branch began."""

import os
import subprocess
from pathlib import Path

import pytest

from django_layers.__main__ import main
from django_layers.architecture.changes import changed_files
from django_layers.architecture.errors import ChangesUnknown
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

CROSSING = "from shop.models import Book\n"


def git(root: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", root, *settings, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A branch that has changed an endpoint, in a project whose service was wrong before."""
    build_tree(tmp_path, {**APP, "shop/services.py": CROSSING, "shop/api.py": "", "shop/schemas.py": ""})
    git(tmp_path, "init", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "Begin")
    git(tmp_path, "checkout", "-b", "work")
    build_tree(tmp_path, {"shop/api.py": CROSSING})
    git(tmp_path, "commit", "-am", "Change the endpoint")
    return tmp_path


def names(root: Path) -> set[str]:
    return {path.relative_to(root.resolve()).as_posix() for path in changed_files("main", root)}


def test_commits_edits_and_new_files_are_changes(repository: Path) -> None:
    build_tree(repository, {"shop/schemas.py": "x = 1\n", "shop/neu ü.py": ""})

    assert names(repository) == {"shop/api.py", "shop/schemas.py", "shop/neu ü.py"}


def test_a_name_that_is_no_utf_8_is_a_change(repository: Path) -> None:
    name = os.fsdecode(b"shop/neu \xfc.py")
    (repository / name).touch()

    assert names(repository) == {"shop/api.py", name}


def test_what_the_other_branch_did_since_is_no_change_of_this_one(repository: Path) -> None:
    git(repository, "checkout", "main")
    build_tree(repository, {"shop/schemas.py": "x = 1\n"})
    git(repository, "commit", "-am", "Meanwhile")
    git(repository, "checkout", "work")

    assert names(repository) == {"shop/api.py"}


def test_only_violations_in_changed_files_are_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository)

    assert main(["check", "--changed", "main"]) == 1
    out = capsys.readouterr().out
    assert "shop/api.py:1:25 L101" in out
    assert "services.py" not in out


def test_what_is_wrong_with_the_configuration_is_told_with_any_change(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build_tree(repository, {"pyproject.toml": "[tool.django_layers]\nlevle = 3\n"})
    git(repository, "add", ".")
    monkeypatch.chdir(repository)

    assert main(["check", "--changed", "HEAD"]) == 2
    assert "L011" in capsys.readouterr().out


@pytest.mark.parametrize("reference", ["gone", "--output=x", ""])
def test_a_reference_that_is_none_is_a_wrong_request(repository: Path, reference: str) -> None:
    with pytest.raises(ChangesUnknown, match="L043"):
        changed_files(reference, repository)


def test_a_folder_outside_of_git_is_a_wrong_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(ChangesUnknown, match="not a git repository"):
        changed_files("main", tmp_path)
