"""The hook of pre-commit fails where a layer is crossed, and passes where none is."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

ROOT = Path(__file__).parents[1]
CROSSING = "from shop.models import Book\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository of git with a small layered app, all of it staged."""
    folder = tmp_path / "project"
    build_tree(folder, APP)
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "add", "--all")
    return folder


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_what_the_hook_runs_fails_where_a_layer_is_crossed(repository: Path) -> None:
    [entry] = re.findall(r"^  entry: (.+)$", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE)
    python, *arguments = shlex.split(entry)
    assert python == "python"

    assert run(repository, sys.executable, *arguments).returncode == 0
    (repository / "shop" / "services.py").write_text(CROSSING)
    ran = run(repository, sys.executable, *arguments)

    assert ran.returncode == 1
    assert "shop/services.py:1:25 L101" in ran.stdout


@pytest.mark.long
@pytest.mark.skipif(shutil.which("pre-commit") is None, reason="pre-commit is not installed")
def test_pre_commit_itself_runs_the_hook(repository: Path, tmp_path: Path) -> None:
    """It installs the hook into an environment of its own, for which it asks the package index."""
    command = ("pre-commit", "try-repo", str(ROOT), "check-layers", "--all-files")

    passed = run(repository, *command, PRE_COMMIT_HOME=str(tmp_path / "home"))
    assert passed.returncode == 0, passed.stdout + passed.stderr
    (repository / "shop" / "services.py").write_text(CROSSING)
    failed = run(repository, *command, PRE_COMMIT_HOME=str(tmp_path / "home"))

    assert failed.returncode == 1
    assert "shop/services.py:1:25 L101" in failed.stdout
