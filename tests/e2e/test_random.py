"""Random requests: valid ones give projects that pass their own tests, invalid ones are refused without a trace.

`DJANGO_LAYERS_EXAMPLES` says how many of each; the full run takes 300.
"""

import json
import os
import pickle
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.plans.spec_data import to_data
from django_layers.scaffold.project.facts import ProjectFacts
from tests.e2e import gates
from tests.scaffold.invalid_requests import invalid_requests
from tests.scaffold.projects import TestProject, make_project
from tests.scaffold.strategies import valid_entities

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("DJANGO_LAYERS_EXAMPLES", "10"))
BATCH = 10

Drawn = TypeVar("Drawn")
BASE = (
    ("startlayer", "recipes"),
    ("startlayer", "pantry"),
    ("addentity", "recipes.Recipe", "title:str=20", "published:date:optional", "author:owner", "--migrate"),
    ("addentity", "pantry.Shelf", "label:str=20", "--pk", "uuid", "--migrate"),
)
FACTS = """
import pickle
from django_layers.scaffold.project.discovery import discover_project
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.language.spec import EntitySpec

with open(sys.argv[1], "wb") as file:
    pickle.dump(project_facts(discover_project(), EntitySpec(name="Unheard", app_label="recipes")), file)
"""
MANY = """
import json
from django.core.management import ManagementUtility

for line in open(sys.argv[1]):
    try:
        ManagementUtility(["manage.py", "addentity", *json.loads(line), "--no-input"]).execute()
        code = 0
    except SystemExit as error:
        code = error.code
    print(json.dumps(code), file=sys.stderr)
    sys.stderr.flush()
"""


def base_project(root: Path) -> TestProject:
    """A project with two layered apps and an entity in each."""
    project = make_project(root)
    for command in BASE:
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


def facts_of(project: TestProject, folder: Path) -> ProjectFacts:
    """What requests are judged against in a project."""
    file = folder / "facts.pickle"
    ran = project.django(FACTS, str(file))
    assert ran.code == 0, ran.err
    facts = pickle.loads(file.read_bytes())
    assert isinstance(facts, ProjectFacts)
    return facts


def codes(project: TestProject, folder: Path, requests: list[list[str]]) -> list[int]:
    """Run `addentity` with each of the arguments, in one process, and return what it exits with."""
    file = folder / "requests.jsonl"
    file.write_text("".join(f"{json.dumps(arguments)}\n" for arguments in requests))
    ran = project.django(MANY, str(file))
    found = [int(line) for line in ran.err.splitlines() if line.isdigit()]
    assert len(found) == len(requests), ran.err
    return found


def drawn(strategy: st.SearchStrategy[Drawn], count: int) -> list[Drawn]:
    """Draw so many examples, the same in every run."""
    examples: list[Drawn] = []

    @seed(2026)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Drawn) -> None:
        examples.append(example)

    collect()
    return examples


def renamed(entity: EntitySpec, number: int) -> EntitySpec:
    """Return an entity whose names do not clash with those of the others in its project."""
    fields = tuple(
        replace(field, related=f"{field.related}_n{number}") if field.related not in (None, "+") else field
        for field in entity.fields
    )
    return replace(entity, name=f"{entity.name}N{number}", plural=None, fields=fields)


@pytest.mark.parametrize("batch", range(-(-EXAMPLES // BATCH)))
def test_valid_entities_pass_everything(batch: int, tmp_path: Path) -> None:
    project = base_project(tmp_path / "project")
    entities = drawn(valid_entities(facts_of(project, tmp_path)), EXAMPLES)[batch * BATCH : (batch + 1) * BATCH]

    # One project holds a batch of entities: starting Python is what costs.
    for number, entity in enumerate(entities):
        file = tmp_path / "spec.json"
        file.write_text(json.dumps(to_data(renamed(entity, number))))
        ran = project.manage("addentity", "--from-spec", str(file), "--migrate")
        assert ran.code == 0, (file.read_text(), ran.err)
    gates.passes_checks(project)
    gates.has_its_migrations(project)
    gates.passes_its_tests(project)
    gates.is_linted(project)
    gates.is_formatted(project)


def test_invalid_requests_are_refused_without_a_trace(tmp_path: Path) -> None:
    requests = drawn(invalid_requests(), EXAMPLES)
    project = base_project(tmp_path / "project")
    before = project.tree()

    found = codes(project, tmp_path, [request.arguments for request in requests])

    assert set(found) == {2}, [request for request, code in zip(requests, found, strict=True) if code != 2]
    assert project.tree() == before
