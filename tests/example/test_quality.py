"""The example passes what every generated project has to pass, its own tests and types included."""

import pytest

from tests.e2e import gates
from tests.example.mealgenie import copy_of_example
from tests.scaffold.projects import TestProject

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A copy of the example."""
    return copy_of_example(tmp_path_factory.mktemp("example") / "project")


def test_the_system_checks_pass(example: TestProject) -> None:
    gates.passes_checks(example)


def test_no_migration_is_missing(example: TestProject) -> None:
    gates.has_its_migrations(example)


def test_ruff_is_content(example: TestProject) -> None:
    gates.is_linted(example)
    gates.is_formatted(example)


def test_mypy_is_content(example: TestProject) -> None:
    gates.is_typed(example)


def test_its_own_tests_pass(example: TestProject) -> None:
    gates.passes_its_tests(example)


def test_seeding_refuses_where_debug_is_off(example: TestProject) -> None:
    project = TestProject(example.root, {"DEBUG": "0", "SECRET_KEY": "for the test"})

    ran = project.manage("seed")

    assert ran.code == 1
    assert "DEBUG" in ran.err


def test_the_demonstration_runs_to_its_end_and_leaves_nothing(example: TestProject) -> None:
    before = example.tree()

    ran = example.python("demo.py")

    assert ran.code == 0, ran.out + ran.err
    assert "409 {" in ran.out
    assert example.tree() == before
