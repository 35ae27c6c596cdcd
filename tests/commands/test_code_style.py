"""What the commands write in a project whose formatter and linter are strict in their own way."""

import pytest

from tests.e2e import gates
from tests.scaffold.projects import TestProject, make_project

COMMANDS = (
    ("startlayer", "recipes"),
    (
        *("addentity", "Recipe", "title:str=200", "summary:text:optional", "servings:int:min=1:default=2"),
        *("minutes:int:min=0", "author:owner=shared", "status:choice=draft,published:default=draft"),
    ),
    (
        *("addentity", "Rating", "recipe:fk=recipes.Recipe:related=ratings", "user:owner=shared"),
        *("stars:int:min=1:max=5", "comment:text:optional", "--unique", "recipe,user"),
    ),
)
RUFF = 'line-length = 79\n\n[lint]\nselect = ["E", "F", "I", "W"]\n\n[format]\nquote-style = "single"\n'


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project with short lines, none of them longer, and single quotes."""
    project = make_project(tmp_path_factory.mktemp("strict") / "project", {"ruff.toml": RUFF})
    assert project.python("-m", "ruff", "format", "--no-cache", ".").code == 0
    for command in COMMANDS:
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


def test_no_line_is_too_long_in_code_or_docstrings(strict: TestProject) -> None:
    gates.is_linted(strict)


def test_the_formatter_finds_its_own_layout_and_quotes(strict: TestProject) -> None:
    gates.is_formatted(strict)
    tree = strict.tree()
    assert b"router.add_router('/ratings', rating.router)" in tree["recipes/api/__init__.py"]
    assert b"__all__ = ['Rating', 'Recipe']" in tree["recipes/models/__init__.py"]
    assert b"path('api/', api.urls)" in tree["config/urls.py"]


def test_a_second_run_changes_nothing(strict: TestProject) -> None:
    gates.runs_again_without_a_change(strict, *COMMANDS[1:])
