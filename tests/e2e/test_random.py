"""Random requests: valid ones give projects that pass their own tests, invalid ones are refused without a trace.

`DJANGO_LAYERS_EXAMPLES` says how many of each; the full run takes 300.
"""

import os
from pathlib import Path

import pytest

from django_layers.scaffold.language.spec import EntitySpec
from tests.e2e import gates
from tests.e2e.random_projects import (
    LAYOUTS,
    addentity,
    base_project,
    copy_of,
    drawn,
    facts_of,
    from_specs,
    renamed,
)
from tests.scaffold.invalid_requests import invalid_requests
from tests.scaffold.projects import TestProject
from tests.scaffold.strategies import valid_entities

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("DJANGO_LAYERS_EXAMPLES", "10"))
BATCH = 20
# The migrations have just been run; what else is left out takes longer to load than it takes to run the tests.
QUICKLY = ("--nomigrations", "--assert=plain", "-p", "no:randomly", "-p", "no:hypothesispytest", "-p", "no:xdist")


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TestProject]:
    folder = tmp_path_factory.mktemp("bases")
    return {layout: base_project(folder / layout, layout) for layout in LAYOUTS}


@pytest.fixture(scope="module")
def entities(bases: dict[str, TestProject], tmp_path_factory: pytest.TempPathFactory) -> list[EntitySpec]:
    facts = facts_of(bases["packages"], tmp_path_factory.mktemp("facts"))
    return drawn(valid_entities(facts), EXAMPLES)


@pytest.mark.parametrize("batch", range(-(-EXAMPLES // BATCH)))
def test_valid_entities_pass_everything(
    batch: int, bases: dict[str, TestProject], entities: list[EntitySpec], tmp_path: Path
) -> None:
    project = copy_of(bases[LAYOUTS[batch % len(LAYOUTS)]], tmp_path / "project")
    numbers = range(batch * BATCH, min((batch + 1) * BATCH, EXAMPLES))
    chosen = [renamed(entities[number], number) for number in numbers]

    answers = from_specs(project, tmp_path, chosen)

    refused = [(entity, said) for entity, (code, said) in zip(chosen, answers, strict=True) if code != 0]
    assert not refused
    gates.is_linted(project)
    gates.is_formatted(project)
    for command in ("makemigrations", "migrate"):
        ran = project.manage(command)
        assert ran.code == 0, ran.err
    gates.passes_checks(project)
    gates.has_its_migrations(project)
    gates.passes_its_tests(project, *QUICKLY)
    if batch == 0:
        gates.is_typed(project)


def test_invalid_requests_are_refused_without_a_trace(bases: dict[str, TestProject], tmp_path: Path) -> None:
    requests = drawn(invalid_requests(), EXAMPLES)
    project = copy_of(bases["packages"], tmp_path / "project")
    before = project.tree()

    answers = addentity(project, tmp_path, [request.arguments for request in requests])

    accepted = [(request, *answer) for request, answer in zip(requests, answers, strict=True) if answer[0] != 2]
    assert not accepted
    assert project.tree() == before
