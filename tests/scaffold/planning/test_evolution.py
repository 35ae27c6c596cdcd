"""What takes an entity from one specification to another."""

from pathlib import Path

import pytest

from tests.scaffold.projects import TestProject, make_project

EVOLVE = """
    from dataclasses import replace
    from django_layers.scaffold.planning.draft import Draft
    from django_layers.scaffold.planning.evolution import plan_evolution
    from django_layers.scaffold.plans.ledger_reading import read_ledger
    from django_layers.scaffold.plans.spec_data import from_data
    from django_layers.scaffold.project.discovery import discover_project
    from django_layers.scaffold.project.registry import project_facts
    from django_layers.scaffold.writing.apply import apply

    project = discover_project()
    app = project.app("recipes")
    ledger = read_ledger(project.layout.root, app.path, "rating")
    entity = replace(from_data(ledger.spec), layers=frozenset(sys.argv[1].split(",")))
    plan = plan_evolution(
        project, app, ledger, entity, facts=project_facts(project, entity), draft=Draft(project.layout.root)
    )
    for change in plan.conflicts:
        print(change.path, change.reason)
    if not plan.conflicts:
        apply(plan)
"""
FIELDS = ("stars:int:min=1:max=5", "state:choice=low,high:default=low")


@pytest.fixture
def layered(tmp_path: Path) -> TestProject:
    project = make_project(tmp_path / "project")
    assert project.manage("startlayer", "recipes").code == 0
    return project


def test_layers_that_an_entity_no_longer_has_go_with_their_wiring(layered: TestProject) -> None:
    assert layered.manage("addentity", "Rating", *FIELDS, "--only", "types,models").code == 0
    models = layered.tree()
    assert layered.manage("addentity", "Rating", *FIELDS).code == 0

    ran = layered.django(EVOLVE, "types,models")

    assert (ran.code, ran.out) == (0, ""), ran.err
    assert layered.tree() == models


def test_what_was_edited_is_not_taken_out(layered: TestProject) -> None:
    assert layered.manage("addentity", "Rating", *FIELDS).code == 0
    service = layered.root / "recipes/services/rating.py"
    service.write_text(service.read_text() + "\n\nMINE = 1\n")
    before = layered.tree()

    ran = layered.django(EVOLVE, "types,models")

    assert "recipes/services/rating.py It was edited by hand and is no longer generated." in ran.out
    assert layered.tree() == before
