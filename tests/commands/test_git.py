"""What the commands ask git."""

import subprocess
from pathlib import Path

import pytest

from django_layers.management.commands._git import asking_git, is_dirty
from tests.scaffold.projects import TestProject


def git(folder: Path, *arguments: str) -> None:
    """Run git."""
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one committed file."""
    git(tmp_path, "init", "-q")
    (tmp_path / "a.py").write_text("1\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "a")
    return tmp_path


def dirty(folder: Path) -> bool:
    """Whether a folder has uncommitted changes."""
    with asking_git(folder) as asked:
        return is_dirty(asked)


def test_changes_of_tracked_files_count_and_new_files_do_not(repository: Path) -> None:
    assert not dirty(repository)
    (repository / "b.py").write_text("1\n")
    assert not dirty(repository)
    (repository / "a.py").write_text("2\n")
    assert dirty(repository)


def test_without_a_repository_or_without_git_nothing_is_dirty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert not dirty(tmp_path)

    monkeypatch.setenv("PATH", "")
    assert not dirty(tmp_path)


def test_a_run_that_writes_says_so_once_and_goes_on(bare: TestProject) -> None:
    git(bare.root, "init", "-q")
    git(bare.root, "add", ".")
    git(bare.root, "commit", "-q", "-m", "a")
    bare.write({"config/__init__.py": "# changed\n"})

    tried = bare.manage("startlayer", "--agents", "--dry-run")
    ran = bare.manage("startlayer", "--agents")
    again = bare.manage("startlayer", "--agents")

    assert (tried.err, ran.code, again.err) == ("", 0, "")
    assert ran.err == "There are changes that are not committed, which `git diff` will show together with this run's.\n"
