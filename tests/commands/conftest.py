"""Projects for the commands to run in."""

from pathlib import Path

import pytest

from tests.scaffold.projects import TestProject, make_project


@pytest.fixture
def bare(tmp_path: Path) -> TestProject:
    """A project without apps."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def layered_once(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project with the layered app `recipes`, to be copied and not to be changed."""
    project = make_project(tmp_path_factory.mktemp("layered") / "project")
    ran = project.manage("startlayer", "recipes")
    assert ran.code == 0, ran.err
    return project


@pytest.fixture
def layered(layered_once: TestProject, tmp_path: Path) -> TestProject:
    """A project with the layered app `recipes`."""
    return layered_once.copy(tmp_path / "project")
