"""Random requests: valid ones give projects that pass their own tests, invalid ones are refused without a trace.

An ordinary run takes a few of each, a slow one as many as `DJANGO_LAYERS_EXAMPLES` says; the full number is 300.
"""

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

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

Base: TypeAlias = Callable[[str], TestProject]

FEW = 3
EXAMPLES = int(os.environ.get("DJANGO_LAYERS_EXAMPLES", "20"))
BATCH = 20
# The migrations have just been run; what else is left out takes longer to load than it takes to run the tests.
QUICKLY = ("--nomigrations", "--assert=plain", "-p", "no:randomly", "-p", "no:hypothesispytest", "-p", "no:xdist")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """Return the base project of a layout, made once."""
    return cache(lambda layout: base_project(tmp_path_factory.mktemp("base") / layout, layout))


def test_a_few_valid_entities_pass_everything(base: Base, tmp_path: Path) -> None:
    pass_everything(base, "packages", range(FEW), FEW, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(-(-EXAMPLES // BATCH)))
def test_valid_entities_pass_everything(batch: int, base: Base, tmp_path: Path) -> None:
    numbers = range(batch * BATCH, min((batch + 1) * BATCH, EXAMPLES))

    project = pass_everything(base, LAYOUTS[batch % len(LAYOUTS)], numbers, EXAMPLES, tmp_path)

    if batch == 0:
        gates.is_typed(project)


@pytest.mark.parametrize("count", [10 * FEW, pytest.param(EXAMPLES, marks=pytest.mark.slow)])
def test_invalid_requests_are_refused_without_a_trace(count: int, base: Base, tmp_path: Path) -> None:
    requests = drawn(invalid_requests(), count)
    project = copy_of(base("packages"), tmp_path / "project")
    before = project.tree()

    answers = addentity(project, tmp_path, [request.arguments for request in requests])

    accepted = [(request, *answer) for request, answer in zip(requests, answers, strict=True) if answer[0] != 2]
    assert not accepted
    assert project.tree() == before


def pass_everything(base: Base, layout: str, numbers: Iterable[int], count: int, folder: Path) -> TestProject:
    """Put some of so many random entities into a project, which then has to pass everything, and return it."""
    project = copy_of(base(layout), folder / "project")
    # Both layouts have the same models, so an entity that is valid in one is valid in the other.
    entities = drawn(valid_entities(facts_of(project, folder)), count)
    chosen = [renamed(entities[number], number) for number in numbers]

    answers = from_specs(project, folder, chosen)

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
    return project
