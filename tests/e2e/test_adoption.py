"""Apps that were there before their layers, adopted whole: what is written has to pass everything but their own style."""

from pathlib import Path

import pytest

from tests.e2e import catalogue, gates
from tests.scaffold.projects import SETTINGS, TestProject, make_project

pytestmark = pytest.mark.slow

ADOPT = ("addentity", "--app", "catalogue", "--all")


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project whose app was there before its layers, and is adopted whole."""
    settings = SETTINGS.replace('"django_layers",', '"django_layers",\n    "catalogue",')
    settings += '\nMEDIA_ROOT = BASE_DIR / "media"\nMEDIA_URL = "media/"\n'
    root = tmp_path_factory.mktemp("adopted") / "project"
    project = make_project(root, {"config/settings.py": settings, **catalogue.FILES})
    for command in (("makemigrations", "catalogue"), ("startlayer", "catalogue"), ADOPT):
        ran = project.manage(*command)
        assert ran.code == 0, (command, ran.err)
    return project


def test_every_model_is_adopted_or_said_why_not(adopted: TestProject) -> None:
    ran = adopted.manage(*ADOPT)

    assert ran.code == 0, ran.err
    for name, reason in catalogue.REFUSED.items():
        assert f"catalogue.{name} can't be adopted: {reason}" in ran.out
        assert not (adopted.root / f"catalogue/services/{name.lower()}.py").exists()
    for name in catalogue.UNTESTED:
        assert f"catalogue.{name} has its layers already." in ran.out


def test_the_models_stay_as_they_are_and_the_project_passes_its_checks(adopted: TestProject) -> None:
    source = (adopted.root / "catalogue/models.py").read_text(encoding="utf-8")

    assert source == catalogue.FILES["catalogue/models.py"].lstrip("\n")
    gates.passes_checks(adopted)
    gates.has_its_migrations(adopted)


def test_what_is_written_is_typed_and_passes_its_own_tests(adopted: TestProject, tmp_path: Path) -> None:
    gates.is_typed(adopted)
    gates.passes_its_tests(adopted)


def test_an_app_that_is_adopted_has_not_drifted(adopted: TestProject) -> None:
    ran = adopted.manage("synclayers", "--app", "catalogue", "--all", "--check")

    assert ran.code == 0, (ran.out, ran.err)
