"""Random requests: valid ones give projects that pass their own tests, invalid ones are refused without a trace.

`DJANGO_LAYERS_EXAMPLES` says how many of each; the full run takes 300.
"""

import json
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from django_layers.scaffold.facts import ProjectFacts
from django_layers.scaffold.grammar import command_line
from django_layers.scaffold.spec import EntitySpec
from django_layers.scaffold.spec_data import to_data
from tests.e2e import gates
from tests.scaffold.invalid_requests import InvalidRequest, invalid_requests
from tests.scaffold.projects import TestProject, make_project
from tests.scaffold.strategies import valid_entities

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("DJANGO_LAYERS_EXAMPLES", "10"))
BATCH = 10
BASE = (
    ("startlayer", "recipes"),
    ("startlayer", "pantry"),
    ("addentity", "recipes.Recipe", "title:str=20", "published:date:optional", "author:owner"),
    ("addentity", "pantry.Shelf", "label:str=20", "--pk", "uuid"),
)
FACTS = """
import pickle
from django_layers.scaffold.project import discover_project
from django_layers.scaffold.project_facts import project_facts
from django_layers.scaffold.spec import EntitySpec

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
    for command in (("makemigrations",), ("migrate",)):
        assert project.manage(*command).code == 0
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


@settings(
    max_examples=max(1, EXAMPLES // BATCH),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(data=st.data())
def test_valid_entities_pass_everything(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("random")
    project = base_project(folder / "project")
    # One project holds a batch of entities: starting Python is what costs. Their names are made unique.
    for number in range(BATCH):
        entity: EntitySpec = data.draw(valid_entities(facts_of(project, folder)))
        entity = replace(entity, name=f"{entity.name}N{number}", plural=None)
        file = folder / "spec.json"
        file.write_text(json.dumps(to_data(entity)))
        ran = project.manage("addentity", "--from-spec", str(file), "--migrate")
        assert ran.code == 0, (command_line(entity), ran.err)
    gates.passes_checks(project)
    gates.has_its_migrations(project)
    gates.passes_its_tests(project)
    gates.is_formatted(project)


@settings(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(requests=st.lists(invalid_requests(), min_size=EXAMPLES, max_size=EXAMPLES))
def test_invalid_requests_are_refused_without_a_trace(
    requests: list[InvalidRequest], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("invalid")
    project = base_project(folder / "project")
    before = project.tree()

    found = codes(project, folder, [request.arguments for request in requests])

    assert set(found) == {2}, [request for request, code in zip(requests, found, strict=True) if code != 2]
    assert project.tree() == before
