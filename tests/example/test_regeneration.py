"""The example is what its commands make, and business code on top; running them again changes nothing."""

import re
from pathlib import Path

import pytest

from tests.e2e import gates
from tests.example.mealgenie import EDITED_BY_HAND, WRITTEN_BY_HAND, commands, copy_of_example, started_project
from tests.scaffold.projects import TestProject

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the commands make in a new project."""
    project = started_project(tmp_path_factory.mktemp("generated") / "project")
    for command in commands():
        ran = project.manage(*command)
        assert ran.code == 0, ran.out + ran.err
    return comparable(project)


@pytest.fixture
def example(tmp_path: Path) -> TestProject:
    """A copy of the example."""
    return copy_of_example(tmp_path / "example")


def comparable(project: TestProject) -> dict[str, bytes]:
    """Return the files of a project, without what `startproject` says of Django's version."""
    return {
        name: re.sub(rb"(Django |/en/)\d+\.\d+(\.\d+)?", rb"\1", content)
        for name, content in project.tree().items()
        if name != ".layers.lock"
    }


def test_the_commands_make_every_file_but_those_written_by_hand(
    generated: dict[str, bytes], example: TestProject
) -> None:
    assert set(comparable(example)) - set(generated) == WRITTEN_BY_HAND - {"ruff.toml"}
    assert set(generated) - set(comparable(example)) == set()


def test_only_the_files_known_to_be_edited_differ_from_what_the_commands_make(
    generated: dict[str, bytes], example: TestProject
) -> None:
    present = comparable(example)

    assert {name for name, content in generated.items() if content != present[name]} == EDITED_BY_HAND


def test_the_same_commands_in_the_example_change_no_byte(example: TestProject) -> None:
    gates.runs_again_without_a_change(example, *(tuple(command) for command in commands()))
