"""The first page shows what the commands print, and its commands are there."""

import re
from pathlib import Path

import pytest

from tests.docs.documents import blocks_of, run, says, steps_of
from tests.scaffold.projects import REPOSITORY, TestProject

README = REPOSITORY / "README.md"


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project of `startproject`, with the app installed."""
    project = TestProject(tmp_path_factory.mktemp("mealgenie"))
    ran = project.python("-m", "django", "startproject", "mealgenie", ".")
    assert ran.code == 0, ran.err
    settings = project.root / "mealgenie" / "settings.py"
    settings.write_text(settings.read_text() + '\nINSTALLED_APPS += ["django_layers"]\n')
    return project


def test_the_capture_is_what_the_commands_print(project: TestProject) -> None:
    steps = list(steps_of(blocks_of(README)[0]))

    assert len(steps) == 2
    for step in steps:
        output = run(project, step.command)
        assert says(step.output, output), f"$ {step.command}\n{output}\ninstead of\n{step.output}"


def test_both_commands_for_a_fresh_machine_set_up_everything_they_need() -> None:
    demo, tests = [step.command for step in steps_of(blocks_of(README)[1])]

    assert demo.endswith("example_project/demo.py")
    assert (REPOSITORY / "example_project" / "demo.py").is_file()
    assert tests.endswith("-m pytest -n 2")
    for command in (demo, tests):
        assert command.startswith("python3 -m venv .venv && .venv/bin/python -m pip install -q -e ")


@pytest.mark.parametrize("page", [README, *sorted((REPOSITORY / "docs").glob("*.md"))], ids=lambda page: page.name)
def test_every_file_that_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [README, *sorted((REPOSITORY / "docs").glob("*.md"))], ids=lambda page: page.name)
def test_no_page_installs_the_unrelated_project_of_the_same_name(page: Path) -> None:
    assert "pip install django-layers" not in page.read_text(encoding="utf-8")
