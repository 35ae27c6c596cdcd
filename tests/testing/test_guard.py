"""The guard of layers in a run of pytest, on a project of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

FILES = {
    "settings.py": """
        SECRET_KEY = "tests"
        INSTALLED_APPS = ["django.contrib.contenttypes", "shelf"]
        DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
        """,
    "shelf/__init__.py": "",
    "shelf/models.py": """
        from django.db import models

        class Item(models.Model):
            name = models.CharField(max_length=10)
        """,
    "shelf/repositories.py": """
        from shelf.models import Item

        def count():
            return Item.objects.count()
        """,
    "shelf/services.py": """
        import threading

        from shelf import repositories
        from shelf.models import Item

        def good():
            return repositories.count()

        def bad():
            return Item.objects.count()

        def swallowed():
            try:
                bad()
            except Exception:
                return None
        """,
    "test_shelf.py": """
        import pytest

        from shelf import services
        from shelf.models import Item

        pytestmark = pytest.mark.django_db

        @pytest.fixture
        def filled():
            return services.bad()

        def test_good():
            Item.objects.create(name="a")
            assert services.good() == 1

        def test_bad():
            assert services.bad() == 0

        def test_swallowed():
            services.swallowed()

        def test_fixture(filled):
            pass

        def test_failing():
            services.bad()
            assert False, "its own"

        def test_without_a_database():
            pass
        """,
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a good service and bad ones."""
    root = tmp_path_factory.mktemp("project")
    for path, text in FILES.items():
        lines = text.strip("\n").splitlines()
        file = root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(line[8:] for line in lines) + "\n")
    return root


def run(project: Path, *arguments: str) -> str:
    """Return what pytest prints."""
    installed = any(each.name == "django_layers" for each in entry_points(group="pytest11"))
    plugin = [] if installed else ["-p", "django_layers.testing.plugin"]
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--ds=settings", f"--rootdir={project}"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, *options, "-o", "pythonpath=.", *arguments, "test_shelf.py"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_test_fails_in_which_a_service_asks_the_database_whatever_becomes_of_the_query(project: Path) -> None:
    said = run(project, "--layers-guard=fail")

    assert "3 failed, 2 passed, 1 error" in said, said
    for name in (
        "FAILED test_shelf.py::test_bad",
        "FAILED test_shelf.py::test_swallowed",
        "ERROR test_shelf.py::test_fixture",
    ):
        assert name in said
    assert "shelf/services.py:10 in bad asks the database, which is for repositories, called from" in said
    assert "test_shelf.py:17 in test_bad: SELECT COUNT(*)" in said
    # A test that fails by itself keeps its own reason.
    assert "AssertionError: its own" in said


def test_it_is_off_unless_asked_for_and_can_warn(project: Path) -> None:
    assert "1 failed, 5 passed" in run(project)
    said = run(project, "-o", "layers_guard=log")
    assert "1 failed, 5 passed, 3 warnings" in said, said
    assert "LayerGuardWarning: shelf/services.py:10 in bad asks the database" in said


def test_a_mode_that_there_is_not_is_refused(project: Path) -> None:
    assert "layers_guard is 'on'; it must be one of: off, log, fail." in run(project, "-o", "layers_guard=on")
