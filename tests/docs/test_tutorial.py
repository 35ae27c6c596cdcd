"""The tutorial is run from its first line to its last."""

from pathlib import Path

import pytest

from tests.docs.documents import apply_diff, blocks_of, run, run_session, says, steps_of, write_file
from tests.e2e.server import running_server
from tests.scaffold.projects import REPOSITORY, TestProject

pytestmark = pytest.mark.slow

TUTORIAL = REPOSITORY / "docs" / "tutorial.md"
SERVE = "python manage.py runserver"
ADDRESS = "127.0.0.1:8000"


def test_every_command_of_the_tutorial_prints_what_the_page_says(tmp_path: Path) -> None:
    project = TestProject(tmp_path / "project")
    project.root.mkdir()
    ran = []
    for block in blocks_of(TUTORIAL):
        if block.language == "diff":
            apply_diff(project, block)
        elif block.language == "python":
            write_file(project, block)
        elif block.language == "pycon" and ADDRESS in block.text:
            with running_server(project) as port:
                run_session(project, block.text.replace(ADDRESS, f"127.0.0.1:{port}"))
        elif block.language == "pycon":
            run_session(project, block.text)
        for step in steps_of(block) if block.language == "console" else ():
            ran.append(step.command)
            if step.command != SERVE:
                output = run(project, step.command)
                assert says(step.output, output), f"$ {step.command}\n{output}\ninstead of\n{step.output}"
    assert len(ran) == 8
    assert SERVE in ran
