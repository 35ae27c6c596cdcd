"""Whether pytest and mypy are configured already."""

import tomllib
from pathlib import Path

import pytest

from django_layers.scaffold.project.tool_configuration import MYPY, PYTEST, configured_in, lines_for

WANTED = """\
[mypy]
strict = True
plugins =
    mypy_django_plugin.main,
    pydantic.mypy

[mypy.plugins.django-stubs]
django_settings_module = config.settings

[pydantic-mypy]
init_typed = True

[mypy-factory.*]
implicit_reexport = True
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The root of a project that is its own repository."""
    (tmp_path / ".git").mkdir()
    return tmp_path


def test_nothing_is_configured_in_an_empty_project(root: Path) -> None:
    assert configured_in(PYTEST, root) is None
    assert configured_in(MYPY, root) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", ""),
        ("pyproject.toml", "[tool.pytest.ini_options]\n"),
        ("tox.ini", "[pytest]\n"),
        ("setup.cfg", "[tool:pytest]\n"),
    ],
)
def test_a_configuration_of_pytest_is_found(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text)

    assert configured_in(PYTEST, root) == root / name


def test_a_shared_file_without_the_section_configures_nothing(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    (root / "setup.cfg").write_text("[flake8]\n")

    assert configured_in(MYPY, root) is None


def test_the_configuration_of_the_repository_counts_for_a_project_inside_it(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.mypy]\n")
    (root / "backend").mkdir()

    assert configured_in(MYPY, root / "backend") == root / "pyproject.toml"


def test_what_is_above_the_repository_does_not_count(root: Path) -> None:
    (root / "mypy.ini").write_text("[mypy]\n")
    (root / "inner" / ".git").mkdir(parents=True)

    assert configured_in(MYPY, root / "inner") is None


def test_a_configuration_that_says_enough_needs_no_lines(root: Path) -> None:
    file = root / "pytest.ini"
    file.write_text("[pytest]\nDJANGO_SETTINGS_MODULE = config.settings\n")

    assert lines_for(PYTEST, file, "[pytest]\nDJANGO_SETTINGS_MODULE = config.settings\n") == ""


def test_lines_for_a_toml_file_are_toml(root: Path) -> None:
    file = root / "pyproject.toml"
    file.write_text("[tool.mypy]\n")

    lines = lines_for(MYPY, file, WANTED)

    assert tomllib.loads(lines) == {
        "tool": {
            "mypy": {
                "strict": True,
                "plugins": ["mypy_django_plugin.main", "pydantic.mypy"],
                "overrides": [{"module": "factory.*", "implicit_reexport": True}],
            },
            "django-stubs": {"django_settings_module": "config.settings"},
            "pydantic-mypy": {"init_typed": True},
        }
    }


def test_lines_for_an_ini_file_are_the_wanted_ones(root: Path) -> None:
    file = root / "mypy.ini"
    file.write_text("[mypy]\n")

    assert lines_for(MYPY, file, WANTED) == WANTED
