"""Rendered projects at work: they check, migrate, pass mypy and their own tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scaffold.assembly import assemble_project
from tests.scaffold.entities import PANTRY_APP, RECIPES_APP

REPOSITORY = Path(__file__).resolve().parents[2]


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "DJANGO_SETTINGS_MODULE": "mealgenie.settings"}
    return subprocess.run(
        [sys.executable, *command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mealgenie")
    assemble_project(root, RECIPES_APP, PANTRY_APP)
    made = run(root, "manage.py", "makemigrations", "recipes", "pantry")
    assert made.returncode == 0, made.stderr
    return root


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check", "--fail-level", "WARNING"),
        ("manage.py", "makemigrations", "--check"),
        ("-m", "mypy", "--strict", "."),
        ("-m", "pytest", "-q", "-p", "no:cacheprovider"),
    ],
    ids=["check", "no missing migration", "mypy", "its own tests"],
)
def test_a_rendered_project_passes(project: Path, command: tuple[str, ...]) -> None:
    result = run(project, *command)

    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
