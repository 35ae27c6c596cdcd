"""Projects for the commands to run in."""

import shutil
from pathlib import Path

import pytest

from tests.scaffold.projects import TestProject, make_project


@pytest.fixture
def bare(tmp_path: Path) -> TestProject:
    """A project without apps."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def _layered(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    project = make_project(tmp_path_factory.mktemp("layered"))
    ran = project.manage("startlayer", "recipes")
    assert ran.code == 0, ran.err
    return project


@pytest.fixture
def layered(_layered: TestProject, tmp_path: Path) -> TestProject:
    """A project with the layered app `recipes`."""
    shutil.copytree(_layered.root, tmp_path / "project")
    return TestProject(tmp_path / "project")
