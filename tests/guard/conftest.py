"""A project of the test's own, and what the guard says of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from django_layers.guard import Trespass, watching
from django_layers.guard.places import is_project_file
from tests.guard.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a project whose app is installed, in a process that knew another project before."""
    is_project_file(__file__)
    project = Project(tmp_path)
    project.write("repositories/orm/tag.py", "")
    with project.installed(list(settings.INSTALLED_APPS)):
        yield project


@pytest.fixture
def found(project: Project) -> Iterator[list[Trespass]]:
    """Return what the guard finds during the test."""
    trespasses: list[Trespass] = []
    with watching(trespasses.append):
        yield trespasses
