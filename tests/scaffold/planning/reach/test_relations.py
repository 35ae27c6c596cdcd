"""Which modules name a relation that leads to a model."""

from pathlib import Path

import pytest

from django_layers.scaffold.planning.reach.modules import Modules
from django_layers.scaffold.planning.reach.relations import leading_to, naming
from tests.scaffold.planning.reach.projects import plan_of, project_of


def test_relations_lead_to_a_model_from_either_side() -> None:
    from django.contrib.auth.models import Permission

    names = leading_to({Permission.__module__})

    assert {"user_permissions", "permissions", "permission", "user", "user_set", "group", "content_type"} - names == {
        "content_type"
    }
    assert leading_to({"nowhere"}) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        'filters = {"of": "recipe__title"}',
        "rows.filter(recipe__title=1)",
        'filters = {"of": "step__recipe"}',
        'fields = ["recipe"]',
        "class RatingRead:\n    recipe: RecipeBrief",
    ],
)
def test_a_module_that_follows_a_relation_names_it(tmp_path: Path, text: str) -> None:
    modules = Modules(project_of(tmp_path, {"pantry/repositories.py": text}), plan_of(tmp_path, {}))

    assert [*naming(modules, {"recipe", "nothing"})] == ["pantry.repositories"]
    assert [*naming(modules, ())] == []


@pytest.mark.parametrize("text", ["recipe = 1", "recipes__title = 1", "# of a recipe", "class A:\n    recipe_id: int"])
def test_a_module_that_says_the_word_otherwise_does_not(tmp_path: Path, text: str) -> None:
    modules = Modules(project_of(tmp_path, {"pantry/repositories.py": text}), plan_of(tmp_path, {}))

    assert [*naming(modules, {"recipe"})] == []
