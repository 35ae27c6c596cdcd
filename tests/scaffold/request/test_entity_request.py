"""From arguments to what is asked for."""

from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.request.entity_request import EntityArguments, entity_request
from tests.scaffold.assembly import project_layout


@pytest.fixture
def project() -> Project:
    return Project(
        layout=project_layout(Path("/nowhere")),
        settings_file=None,
        urls_file=PurePosixPath("config/urls.py"),
        sources=PurePosixPath(),
        apps=(),
        layered=frozenset({"recipes"}),
        installed={"recipes": "recipes"},
        first_party=frozenset(),
    )


def test_the_one_layered_app_need_not_be_named(project: Project) -> None:
    assert entity_request(EntityArguments(name="Rating"), project).entity.app_label == "recipes"


def test_an_app_that_is_said_and_empty_is_not_the_same_as_one_that_is_left_out(project: Project) -> None:
    assert entity_request(EntityArguments(name="Rating", app=""), project).entity.app_label == ""


def test_an_order_that_is_said_and_empty_is_a_problem(project: Project) -> None:
    request = entity_request(EntityArguments(name="Rating", order=""), project)

    assert [problem.where for problem in request.problems] == ["--order"]


def test_no_order_is_none(project: Project) -> None:
    assert entity_request(EntityArguments(name="Rating"), project).problems == ()
