"""What is rendered, to the letter: two apps with every variant between them.

Run with REGENERATE_GOLDEN=1 in the environment to write the golden files anew, and read the difference.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scaffold.assembly import assemble_project
from tests.scaffold.entities import PANTRY_APP, RECIPES_APP

GOLDEN = Path(__file__).parent / "golden"
RUFF = [sys.executable, "-m", "ruff"]
HAND_WRITTEN = {"manage.py", "mealgenie/__init__.py", "mealgenie/settings.py", "mealgenie/urls.py"}


def tree(root: Path) -> dict[str, str]:
    """Return the texts of the files below a folder, by their paths."""
    files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    found = {path.relative_to(root).as_posix(): path.read_text() for path in files}
    return {path: text for path, text in found.items() if path not in HAND_WRITTEN}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mealgenie")
    assemble_project(root, RECIPES_APP, PANTRY_APP)
    return root


def test_what_is_rendered_is_what_was_read_and_approved(project: Path) -> None:
    rendered = tree(project)
    if os.environ.get("REGENERATE_GOLDEN"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, text in rendered.items():
            place = GOLDEN / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    golden = tree(GOLDEN)

    assert sorted(rendered) == sorted(golden)
    for path, text in rendered.items():
        assert text == golden[path], path


def test_every_module_compiles(project: Path) -> None:
    for path, text in tree(project).items():
        if path.endswith(".py"):
            compile(text, path, "exec")


@pytest.mark.parametrize("command", [["check", "--no-cache"], ["format", "--check", "--no-cache"]])
def test_ruff_has_nothing_to_say(project: Path, command: list[str]) -> None:
    files = [path for path in tree(project) if path.endswith(".py")]

    result = subprocess.run([*RUFF, *command, *files], cwd=project, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
