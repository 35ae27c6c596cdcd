"""What formatters and linters rewrite counts as no edit: whatever a project's tools are, nothing stops evolving or undoing."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.e2e.linting import RUFF, rich_project
from tests.scaffold.projects import TestProject

pytestmark = pytest.mark.slow

# What only types need moves below TYPE_CHECKING, is quoted, and annotations are evaluated late.
STRICT = """
line-length = 60
target-version = "py313"
[lint]
pydocstyle.convention = "numpy"
flake8-type-checking = {strict = true, quote-annotations = true}
isort = {force-single-line = true, required-imports = ["from __future__ import annotations"]}
[format]
quote-style = "single"
indent-style = "tab"
line-ending = "cr-lf"
docstring-code-format = true
"""
# What there was before startlayer.
OWN = {
    "config/__init__.py",
    "config/settings.py",
    "config/urls.py",
    "pantry/__init__.py",
    "pantry/migrations/__init__.py",
}
OWN |= {f"pantry/{layer}.py" for layer in ("models", "schemas", "services", "repositories", "api")}
ASKED = """
import json
from pathlib import Path
from tests.e2e.linting import add_a_field_everywhere, edited, take_everything_out

root = Path.cwd()
found = edited(root)
if sys.argv[1] == "evolving":
    add_a_field_everywhere(root)
print(json.dumps([found, take_everything_out(root)]))
"""


def run(project: TestProject, *commands: Sequence[str]) -> None:
    for command in commands:
        ran = project.python("-m", *command, ".")
        assert ran.code == 0, ran.out + ran.err


def with_ruff(project: TestProject) -> None:
    run(project, ("ruff", *RUFF), ("ruff", "format", "--no-cache"))


def with_strict_ruff(project: TestProject) -> None:
    (project.root / "ruff.toml").write_text(STRICT)
    run(project, ("ruff", *RUFF, "--preview"), ("ruff", "format", "--no-cache", "--preview"))


def with_black_and_isort(project: TestProject) -> None:
    black = ("black", "-q", "-l60", "-S", "-C")
    run(project, black, ("isort", "-q", "-l60", "--profile=black", "--force-single-line-imports"))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project with every kind of generated file, to be copied and not to be changed."""
    return rich_project(tmp_path_factory.mktemp("rich") / "project")


@pytest.mark.parametrize(
    ("rewrite", "asked"),
    [
        (with_ruff, "evolving"),
        (with_strict_ruff, "undoing"),
        (with_black_and_isort, "evolving"),
    ],
)
def test_what_a_tool_rewrote_is_not_edited_and_goes_without_a_trace(
    generated: TestProject, rewrite: Callable[[TestProject], None], asked: str, tmp_path: Path
) -> None:
    project = generated.copy(tmp_path / "project")
    rewrite(project)

    ran = project.django(ASKED, asked)

    assert ran.code == 0, ran.err
    edited, left = json.loads(ran.out)
    assert edited == []
    assert set(left) == OWN
