"""The example project, and what is known of its files."""

import shlex
import shutil
from pathlib import Path

from tests.scaffold.projects import REPOSITORY, WITHOUT_TOOLS, TestProject

EXAMPLE = REPOSITORY / "example_project"

WRITTEN_BY_HAND = frozenset(
    {
        "commands.sh",
        "demo.py",
        "recipes/management/__init__.py",
        "recipes/management/commands/__init__.py",
        "recipes/management/commands/seed.py",
        "recipes/management/seed_data.py",
        "recipes/schemas/rating_summary.py",
        "recipes/schemas/recipe_search.py",
        "recipes/tests/api/test_rating_summary.py",
        "recipes/tests/api/test_recipe_author.py",
        "recipes/tests/api/test_recipe_search.py",
        "recipes/tests/commands/__init__.py",
        "recipes/tests/commands/test_seed.py",
        "recipes/tests/in_memory_recipes.py",
        "recipes/tests/services/test_rating_summary.py",
        "recipes/tests/services/test_recipe_author.py",
        "recipes/tests/services/test_recipe_search.py",
        "ruff.toml",
    }
)
"""Files that no command wrote."""

EDITED_BY_HAND = frozenset(
    {
        "mealgenie/settings.py",
        "mealgenie/urls.py",
        "recipes/api/recipe.py",
        "recipes/repositories/orm/recipe.py",
        "recipes/repositories/recipe.py",
        "recipes/services/recipe.py",
        "recipes/services/recipe_ingredient.py",
        "recipes/tests/api/test_recipe_ingredient.py",
        "recipes/tests/memory.py",
        "recipes/tests/services/test_recipe_ingredient.py",
    }
)
"""Files that a command wrote and that business code was added to."""


def commands() -> list[list[str]]:
    """Return the commands that made the example, each as the arguments of `manage.py`."""
    lines = (EXAMPLE / "commands.sh").read_text(encoding="utf-8").splitlines()
    words = [shlex.split(line) for line in lines if not line.startswith("#")]
    assert all(line[:2] == ["python", "manage.py"] for line in words)
    return [line[2:] for line in words]


def copy_of_example(folder: Path) -> TestProject:
    """Copy the example, without databases and caches."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", "*_cache", "*.sqlite3", "media"))
    return TestProject(folder)


def started_project(folder: Path) -> TestProject:
    """Start a project as the example was started: `startproject`, the team's formatter, and the app."""
    folder.mkdir()
    project = TestProject(folder)
    ran = TestProject(folder, WITHOUT_TOOLS).python("-m", "django", "startproject", "mealgenie", ".")
    assert ran.code == 0, ran.err
    shutil.copy(EXAMPLE / "ruff.toml", folder)
    settings = folder / "mealgenie" / "settings.py"
    text = settings.read_text(encoding="utf-8")
    last_app = "    'django.contrib.staticfiles',\n"
    assert last_app in text
    settings.write_text(text.replace(last_app, f"{last_app}    'django_layers',\n"), encoding="utf-8")
    for arguments in (["format"], ["check", "--select", "I", "--fix"]):
        ran = project.python("-m", "ruff", *arguments, "--no-cache", ".")
        assert ran.code == 0, ran.out
    return project
