"""Commands on an entity that something keeps from being carried out: they say what, and nothing is written."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.scaffold.projects import TestProject

SERVICE = "recipes/services/rating.py"
COMMANDS = {
    "changeentity": ("changeentity", "Rating", "--add", "helpful:int:default=0"),
    "removeentity": ("removeentity", "Rating"),
    "addoperation": ("addoperation", "recipes.Rating", "hide", "--input", "stars"),
}


@pytest.fixture(scope="module")
def _rated_once(layered_once: TestProject, tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    project = layered_once.copy(tmp_path_factory.mktemp("hindered") / "project")
    ran = project.manage("addentity", "Rating", "stars:int:min=1:max=5", "user:owner")
    assert ran.code == 0, ran.err
    return project


@pytest.fixture
def rated(_rated_once: TestProject, tmp_path: Path) -> TestProject:
    """A project with the layered app `recipes` and the entity `Rating`."""
    return _rated_once.copy(tmp_path / "project")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_read_only_stops_it(rated: TestProject, command: str) -> None:
    (rated.root / SERVICE).chmod(0o444)
    before = rated.tree()

    ran = rated.manage(*COMMANDS[command])

    assert (ran.code, SERVICE in ran.err, "read-only" in ran.err) == (1, True, True), ran.err
    assert rated.tree() == before
    assert not (rated.root / ".layers-journal").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_link_out_of_the_project_is_not_followed(rated: TestProject, command: str) -> None:
    outside = (rated.root / SERVICE).rename(rated.root.parent / "outside.py")
    (rated.root / SERVICE).symlink_to(outside)
    before = rated.tree()

    ran = rated.manage(*COMMANDS[command])

    assert (ran.code, SERVICE in ran.err) == (1, True), ran.err
    assert rated.tree() == before
    assert (rated.root / SERVICE).is_symlink()


@pytest.mark.parametrize("command", COMMANDS)
def test_of_two_runs_at_once_one_is_carried_out(rated: TestProject, command: str, tmp_path: Path) -> None:
    alone = rated.copy(tmp_path / "alone")
    assert alone.manage(*COMMANDS[command]).code == 0

    started = [
        subprocess.Popen(
            [sys.executable, "manage.py", *COMMANDS[command]],
            cwd=rated.root,
            env=rated.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [(process.communicate()[1], process.returncode) for process in started]

    assert sorted(code for _, code in ended)[0] == 0, ended
    # The other one comes too late, or finds its work done.
    assert all(code == 0 or said.startswith("CommandError: ") for said, code in ended), ended
    assert rated.tree() == alone.tree()
