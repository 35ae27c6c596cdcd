"""Which modules a change has a say in."""

import sys
from pathlib import Path

import pytest

from django_layers.scaffold.planning.reach.modules import Modules, UnknowableError
from django_layers.scaffold.planning.reach.reached import Reached, reached
from tests.scaffold.planning.reach.projects import plan_of, project_of

SERVICE = {"recipes/services/__init__.py": "", "recipes/services/rating.py": "class RatingService: ...\n"}


def reached_from(root: Path, module: str, files: dict[str, str]) -> Reached:
    """What changes reach from one module, in a project of some files."""
    project = project_of(root, {**SERVICE, **files})
    return reached(Modules(project, plan_of(root, {})), [module])


@pytest.mark.parametrize(
    "text",
    [
        "from recipes.services.rating import RatingService\nx = RatingService()\n",
        "from recipes.services import rating\nx = rating\n",
        "from recipes.services import (\n    other,  # of rating (not that one)\n    rating,\n)\nx = rating\n",
        "from recipes.services import other, \\\n    rating\nx = rating\n",
        "import recipes.services.rating\nx = recipes.services.rating\n",
        "import recipes.services.rating as rating\nx = rating\n",
        "import recipes\nx = recipes.services.rating\n",
        "def later():\n    from recipes.services.rating import RatingService\nx = 1\n",
        "try:\n    pass\nexcept OSError:\n    import recipes.services.rating\nx = 1\n",
        "match x:\n    case 1:\n        import recipes.services.rating\nx = 1\n",
        "for x in ():\n    pass\nelse:\n    class X:\n        async def x():\n            import recipes.services.rating\nx = 1\n",
        "def later():\n    return {'to': ('recipes.services.rating', 1)}\nx = 1\n",
        "x = 'a' in ('recipes.services.rating', 'b') and y in {'recipes.services.rating'}\n",
        "urlpatterns = ['recipes.services.rating']\n",
        "x = import_string('recipes.services.rating.RatingService')\n",
    ],
)
def test_a_module_is_reached_however_it_imports(tmp_path: Path, text: str) -> None:
    assert reached_from(tmp_path, "recipes.services.rating", {"pantry/tasks.py": text})["pantry.tasks"] is None


@pytest.mark.parametrize(
    "text",
    [
        "from ..services.rating import RatingService\nx = RatingService()\n",
        "from ..services import rating\nx = rating\n",
        "from .. import services\nx = services.rating\nfrom recipes.services import rating\n",
        "from..services.rating import RatingService\nx = RatingService()\n",
        "from  ..services import rating\nx = rating\n",
        "from\t\\\n    ..services import rating\nx = rating\n",
        "x = import_module('..services.rating', __package__)\n",
    ],
)
def test_a_relative_import_is_one(tmp_path: Path, text: str) -> None:
    found = reached_from(tmp_path, "recipes.services.rating", {"recipes/tasks/__init__.py": text})

    assert found["recipes.tasks"] is None


@pytest.mark.parametrize(
    "text",
    [
        "from recipes import services\nx = services.rating.RatingService()\n",
        "from recipes import (\n    models,  # (or not)\n    services as s,\n)\nx = s.rating\n",
        "import recipes.services as s\nx = [s.rating.RatingService]\n",
        "import recipes as r\nx = r.services.rating.RatingService().page().items[0]\n",
        "import os, recipes.services\ns = recipes.services\nx = s.rating\n",
        "import recipes.other\nx = register(recipes)\n",
        "from recipes import services\nx = getattr(services, 'rating')\n",
        "from recipes import services\n\ndef later(x: 'services.rating') -> None: ...\ny = services.other\n",
        "from __future__ import annotations\nfrom recipes import services\nx: list['services.rating'] = services.other\n",
        "def later():\n    from recipes import services\n    return services.rating\nx = 1\n",
        "from recipes import *\nx = services.rating\n",
        "from recipes.services import *\nx = rating\n",
        "x = import_module('recipes.services').rating\n",
    ],
)
def test_a_module_is_reached_that_is_read_as_an_attribute_of_a_package(tmp_path: Path, text: str) -> None:
    assert reached_from(tmp_path, "recipes.services.rating", {"pantry/tasks.py": text})["pantry.tasks"] is None


@pytest.mark.parametrize(
    "text",
    [
        "from . import services\nx = services.rating\n",
        "from .. import recipes\nx = recipes.services.rating\n",
        "from .services import other\nfrom . import services\nx = services.rating\n",
    ],
)
def test_a_package_may_be_had_by_a_relative_import(tmp_path: Path, text: str) -> None:
    assert "site.recipes.tasks" in reached_from(
        tmp_path, "site.recipes.services.rating", {"site/recipes/tasks.py": text, "site/recipes/services/rating.py": ""}
    )


def test_a_package_that_is_imported_for_others_leads_to_all_in_it(tmp_path: Path) -> None:
    files = {
        "pantry/facade.py": "from recipes import services\n",
        "pantry/tasks.py": "from pantry.facade import services\nx = services.rating\n",
    }

    assert "pantry.tasks" in reached_from(tmp_path, "recipes.services.rating", files)


@pytest.mark.parametrize(
    "text",
    [
        "from recipes import services\nx = services.recipe.rating\n",
        "from recipes import services, rating\nx = services.recipe, rating\n",
        "import recipes.services.recipe\nx = recipes.services.recipe.rating\n",
        "import recipes.signals\n# of a rating\n",
        "x = import_string('recipes.services.recipe.rating')\n",
        "from recipes.services import recipe as services\nx = services.rating\n",
    ],
)
def test_another_module_of_the_same_package_reaches_nothing(tmp_path: Path, text: str) -> None:
    files = {"recipes/services/recipe.py": "rating = 1\n", "recipes/rating.py": "x = 1\n", "pantry/tasks.py": text}

    assert "pantry.tasks" not in reached_from(tmp_path, "recipes.services.rating", files)


def test_a_package_that_imports_its_own_module_is_reached(tmp_path: Path) -> None:
    files = {"recipes/api/__init__.py": "from .rating import router\nall = [router]\n", "recipes/api/rating.py": ""}

    assert "recipes.api" in reached_from(tmp_path, "recipes.api.rating", files)


@pytest.mark.parametrize("text", ["from . import RatingService\n", "from recipes.services import *\n"])
def test_what_a_package_passes_on_is_reached_through_it(tmp_path: Path, text: str) -> None:
    files = {
        "recipes/services/__init__.py": "from recipes.services.rating import RatingService\n",
        "recipes/services/other.py": f"{text}x = RatingService\n",
    }

    assert "recipes.services.other" in reached_from(tmp_path, "recipes.services.rating", files)


def test_what_imports_something_else_is_not_reached(tmp_path: Path) -> None:
    files = {
        "recipes/services/recipe.py": "x = 1\n",
        "pantry/tasks.py": "from recipes.services import recipe\n# as recipes.services.rating does\nx = recipe\n",
        "pantry/notes.py": "'''Of a rating in recipes.services.'''\nx = 1\n",
    }

    assert set(reached_from(tmp_path, "recipes.services.rating", files)) == {"recipes.services.rating"}


def test_it_is_followed_through_others(tmp_path: Path) -> None:
    files = {
        "pantry/services.py": "from recipes.services.rating import RatingService\nclass Shelf(RatingService): ...\n",
        "helpers.py": "from pantry.services import Shelf\nx = Shelf()\n",
        "config/jobs.py": "import helpers\nx = helpers.x\n",
        "pantry/other.py": "x = 1\n",
    }

    found = reached_from(tmp_path, "recipes.services.rating", files)

    assert set(found) == {"recipes.services.rating", "pantry.services", "helpers", "config.jobs"}


def test_through_functions_only_what_names_them_is_reached(tmp_path: Path) -> None:
    root = """
        from recipes.services.rating import RatingService
        from recipes.services.recipe import RecipeService

        def rating_service() -> RatingService:
            return RatingService()

        def rating_again() -> object:
            return rating_service()

        def recipe_service() -> RecipeService:
            return RecipeService()
    """
    files = {
        "recipes/services/recipe.py": "class RecipeService: ...\n",
        "recipes/dependencies.py": root,
        "recipes/first.py": "from recipes import dependencies\nx = dependencies.recipe_service()\n",
        "recipes/second.py": "from recipes import dependencies\nx = dependencies.rating_again()\n",
        "recipes/third.py": "from recipes.dependencies import *\nx = 1\n",
    }

    found = reached_from(tmp_path, "recipes.services.rating", files)

    assert found["recipes.dependencies"] == {"RatingService", "rating_service", "rating_again"}
    assert {"recipes.second", "recipes.third"} <= set(found)
    assert "recipes.first" not in found


@pytest.mark.parametrize(
    "again",
    [
        "def again() -> object:\n    def inner():\n        return [rating_service() for _ in ()]\n    return inner\n",
        "async def again() -> object:\n    return await rating_service()\n",
        "def again():\n    return 1\ndef again():\n    return rating_service()\ndef again():\n    return 2\n",
        "def again(wanted: 'x', made: type[RatingService]) -> object:\n    return 1\n",
        pytest.param(
            "def again[T]() -> object:\n    return rating_service()\n",
            marks=pytest.mark.skipif(sys.version_info < (3, 12), reason="functions have no type parameters yet"),
        ),
    ],
)
def test_a_function_is_reached_wherever_in_it_the_name_is_read(tmp_path: Path, again: str) -> None:
    root = "from recipes.services.rating import RatingService\ndef rating_service():\n    return RatingService()\n"

    found = reached_from(tmp_path, "recipes.services.rating", {"recipes/dependencies.py": root + again})

    assert found["recipes.dependencies"] == {"RatingService", "rating_service", "again"}


def test_a_module_that_does_something_with_what_it_imports_is_reached_as_a_whole(tmp_path: Path) -> None:
    root = "from recipes.services.rating import RatingService\n\ndef other() -> None: ...\n\nx = RatingService()\n"
    files = {"recipes/dependencies.py": root, "recipes/first.py": "from recipes.dependencies import other\nother()\n"}

    assert "recipes.first" in reached_from(tmp_path, "recipes.services.rating", files)


def test_what_imports_a_module_that_goes_is_reached(tmp_path: Path) -> None:
    project = project_of(tmp_path, {**SERVICE, "pantry/tasks.py": "from recipes.services import rating\nx = rating\n"})
    modules = Modules(project, plan_of(tmp_path, {"recipes/services/rating.py": None}))

    assert "recipes.services.rating" not in modules.contents
    assert "pantry.tasks" in reached(modules, ["recipes.services.rating"])


def test_what_the_plan_writes_counts_and_not_what_is_there(tmp_path: Path) -> None:
    project = project_of(tmp_path, {**SERVICE, "pantry/tasks.py": ""})
    plan = plan_of(tmp_path, {"pantry/tasks.py": "from recipes.services import rating\nx = rating\n"})

    assert "pantry.tasks" in reached(Modules(project, plan), ["recipes.services.rating"])


def test_tests_are_not_looked_at(tmp_path: Path) -> None:
    files = {"recipes/tests/test_rating.py": "from recipes.services import rating\nx = rating\n"}

    assert set(reached_from(tmp_path, "recipes.services.rating", files)) == {"recipes.services.rating"}


def test_what_may_import_it_and_does_not_parse_is_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(UnknowableError):
        reached_from(tmp_path, "recipes.services.rating", {"pantry/tasks.py": "import recipes.services.rating as\n"})


def test_apps_below_a_folder_have_the_names_that_django_knows_them_by(tmp_path: Path) -> None:
    project = project_of(tmp_path, {})
    modules = Modules(project, plan_of(tmp_path, {}))

    assert modules.name_of("recipes/services/__init__.py") == "recipes.services"
    assert modules.name_of("helpers.py") == "helpers"
    assert modules.name_of("recipes/__init__.py") == "recipes"
