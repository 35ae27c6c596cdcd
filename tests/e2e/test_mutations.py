"""Generated tests fail when the code that they cover is broken: one thing at a time, all through an app."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.e2e.mutations.commands import ENTITIES, make_mutable_project
from tests.e2e.mutations.farm import run_mutations
from tests.e2e.mutations.mutation import Mutation, mutations_of
from tests.e2e.mutations.rules import RULES
from tests.scaffold.projects import TestProject

pytestmark = pytest.mark.mutation

NO_TEST_FAILED, A_TEST_FAILED = 0, 1

# Nobody is refused all the same, by the service of the row that is referred to.
EQUIVALENT = {"recipes/services/reminder.py: ReminderService.create: without `actor.require_user()`"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project with one app, whose entities need every rule that is generated."""
    return make_mutable_project(tmp_path_factory.mktemp("mutations") / "project")


def mutations_by_rule(root: Path) -> dict[str, list[tuple[Mutation, Sequence[str]]]]:
    """Return every mutation with the tests of its entity, by the name of the rule that found it."""
    found: dict[str, list[tuple[Mutation, Sequence[str]]]] = {}
    for entity in ENTITIES:
        tests = [f"recipes/tests/{layer}/test_{entity}.py" for layer in ("services", "api")]
        for pattern, rules in RULES.items():
            path = f"recipes/{pattern.format(entity)}"
            source = (root / path).read_text(encoding="utf-8")
            for rule in rules:
                mutations = found.setdefault(f"{pattern} {rule.__name__}", [])
                mutations += [(mutation, tests) for mutation in mutations_of(path, source, rule)]
    return found


def unchanged(root: Path) -> Iterator[tuple[Mutation, Sequence[str]]]:
    """Yield the services as they are, with the tests of their entities."""
    for entity in ENTITIES:
        path = f"recipes/services/{entity}.py"
        tests = [f"recipes/tests/{layer}/test_{entity}.py" for layer in ("services", "api")]
        yield Mutation(f"{path}: as it is", path, (root / path).read_text(encoding="utf-8")), tests


def test_every_rule_finds_something_to_break(project: TestProject) -> None:
    assert [name for name, found in mutations_by_rule(project.root).items() if not found] == []


def test_the_generated_tests_pass_as_long_as_nothing_is_broken(project: TestProject) -> None:
    outcomes = run_mutations(project, unchanged(project.root))

    assert [outcome.output for outcome in outcomes if outcome.code != NO_TEST_FAILED] == []


def test_a_generated_test_fails_for_everything_that_is_broken(project: TestProject) -> None:
    runs = [run for found in mutations_by_rule(project.root).values() for run in found]

    outcomes = run_mutations(project, runs)

    assert {outcome.mutation.name for outcome in outcomes if outcome.code == NO_TEST_FAILED} == EQUIVALENT
    assert [(o.mutation.name, o.output) for o in outcomes if o.code not in (NO_TEST_FAILED, A_TEST_FAILED)] == []
