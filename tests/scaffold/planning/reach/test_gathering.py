"""What gathers the parts of a project, without those that a plan does not reach."""

import ast
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest

from django_layers.scaffold.planning.reach.gathering import reach_of, without
from tests.scaffold.planning.reach.projects import plan_of, project_of

API = """
    from django_layers.api import LayersAPI

    from pantry.api import router as pantry_router
    from recipes.api import router as recipes_router

    api = LayersAPI()
    api.add_router("", pantry_router)
    api.add_router("", recipes_router)
"""
RECIPES_API = """
    from ninja import Router

    from recipes.api import rating, recipe

    router = Router()
    router.add_router("/ratings", rating.router)
    router.add_router("/recipes", recipe.router)
"""
ENDPOINTS = """
    from ninja import Router

    from recipes import dependencies
    from recipes.schemas.{name} import Read

    router = Router()


    @router.get("", response=Read)
    def get_{name}(request): return dependencies.{name}_service()
"""
DEPENDENCIES = """
    from recipes.services.rating import RatingService
    from recipes.services.recipe import RecipeService


    def rating_service() -> RatingService:
        return RatingService(recipe_service())


    def recipe_service() -> RecipeService:
        return RecipeService()
"""
FILES = {
    "config/api.py": API,
    "config/urls.py": "from config.api import api\n",
    "pantry/api.py": "router = 1\n",
    "recipes/api/__init__.py": RECIPES_API,
    "recipes/api/rating.py": ENDPOINTS.format(name="rating"),
    "recipes/api/recipe.py": ENDPOINTS.format(name="recipe"),
    "recipes/dependencies.py": DEPENDENCIES,
    **{f"recipes/schemas/{name}.py": "class Read: ...\n" for name in ("rating", "recipe")},
    "recipes/services/rating.py": "from recipes.schemas.rating import Read\nclass RatingService: x = Read\n",
    "recipes/services/recipe.py": "from recipes.schemas.recipe import Read\nclass RecipeService: x = Read\n",
}
CHANGED = {"recipes/schemas/rating.py": "class Read:\n    stars = 1\n"}


def test_what_imports_nothing_that_changes_is_left_out(tmp_path: Path) -> None:
    project = project_of(tmp_path, FILES)

    lighter = {str(path): text.decode() for path, text in reach_of(plan_of(tmp_path, CHANGED), project).lighter.items()}

    assert set(lighter) == {"config/api.py", "recipes/api/__init__.py", "recipes/dependencies.py"}
    assert "pantry" not in lighter["config/api.py"]
    assert "recipes_router)" in lighter["config/api.py"]
    assert "recipe.router" not in lighter["recipes/api/__init__.py"]
    assert "rating.router" in lighter["recipes/api/__init__.py"]
    assert "RecipeService" not in lighter["recipes/dependencies.py"]
    assert "def rating_service" in lighter["recipes/dependencies.py"]


def test_an_app_that_imports_what_changes_stays(tmp_path: Path) -> None:
    project = project_of(
        tmp_path, {**FILES, "pantry/api.py": "from recipes.schemas.rating import Read\nrouter = Read\n"}
    )

    assert PurePosixPath("config/api.py") not in reach_of(plan_of(tmp_path, CHANGED), project).lighter


def test_what_the_plan_writes_is_loaded_as_it_is(tmp_path: Path) -> None:
    project = project_of(tmp_path, FILES)
    plan = plan_of(tmp_path, {**CHANGED, "recipes/dependencies.py": DEPENDENCIES + "\n\n    X = 1\n"})

    assert PurePosixPath("recipes/dependencies.py") not in reach_of(plan, project).lighter


@pytest.mark.parametrize("path", ["config/settings.py", "manage.py"])
def test_of_a_plan_that_writes_more_than_apps_everything_is_loaded(tmp_path: Path, path: str) -> None:
    project = project_of(tmp_path, FILES)

    assert reach_of(plan_of(tmp_path, {**CHANGED, path: "x = 2\n"}), project).lighter == {}


@pytest.mark.parametrize(
    "added",
    ['@router.get("/x")\ndef other(request): ...\n', '@router.get("/x")\ndef get_rating(request): ...\n'],
    ids=["another", "another route"],
)
def test_an_endpoint_that_is_new_may_be_the_same_as_any_other(tmp_path: Path, added: str) -> None:
    project = project_of(tmp_path, FILES)
    endpoints = dedent(FILES["recipes/api/rating.py"])

    assert reach_of(plan_of(tmp_path, {"recipes/api/rating.py": f"{endpoints}\n\n{added}"}), project).lighter == {}
    assert reach_of(plan_of(tmp_path, {"recipes/api/rating.py": f"{endpoints}\n\nX = 1\n"}), project).lighter


def test_what_is_tested_is_no_endpoint(tmp_path: Path) -> None:
    project = project_of(tmp_path, FILES)
    tests = '@pytest.mark.parametrize("x", [1])\ndef test_it(x): ...\n'

    assert reach_of(plan_of(tmp_path, {**CHANGED, "recipes/tests/test_rating.py": tests}), project).lighter


def test_where_it_can_not_be_known_everything_is_loaded(tmp_path: Path) -> None:
    project = project_of(tmp_path, {**FILES, "pantry/tasks.py": "from recipes.schemas.rating import\n"})

    assert reach_of(plan_of(tmp_path, CHANGED), project).lighter == {}


def left(source: str) -> str | None:
    """A module without what comes from `gone`."""
    return without(ast.parse(dedent(source)), lambda node, alias: (node.module or "").startswith("gone"))


def test_a_function_whose_signature_needs_what_is_left_out_goes_and_one_whose_body_does_stays() -> None:
    text = left("""
        from gone import X
        def signature(x: X): ...
        def default(x=X): ...
        def result() -> X: ...
        @X
        def decorated(): ...
        def body(): return X, signature
    """)

    assert text == "def body():\n    return (X, signature)"


@pytest.mark.parametrize("source", ["from gone import x\ny = [x]", "from gone import x\nif x: ...", "import x\nx()"])
def test_where_something_else_needs_it_or_nothing_comes_from_there_nothing_is_left_out(source: str) -> None:
    assert left(source) is None


def test_of_an_import_only_what_is_left_out_goes() -> None:
    tree = "from kept import a, b\nfrom gone import c as d\na.add(b)\na.add(d)"

    assert left(tree) == "from kept import a, b\na.add(b)"
