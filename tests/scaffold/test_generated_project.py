"""Rendered projects at work: they check, migrate, pass mypy and their own tests, and those tests notice mistakes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scaffold.assembly import assemble_project
from tests.scaffold.entities import PANTRY_APP, RECIPES_APP

REPOSITORY = Path(__file__).resolve().parents[2]


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "DJANGO_SETTINGS_MODULE": "mealgenie.settings"}
    return subprocess.run(
        [sys.executable, *command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def run_tests(project: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    return run(project, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mealgenie")
    assemble_project(root, RECIPES_APP, PANTRY_APP)
    made = run(root, "manage.py", "makemigrations", "recipes", "pantry")
    assert made.returncode == 0, made.stderr
    return root


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check", "--fail-level", "WARNING"),
        ("manage.py", "makemigrations", "--check"),
        ("-m", "mypy", "--strict", "."),
        ("-m", "pytest", "-q", "-p", "no:cacheprovider"),
    ],
    ids=["check", "no missing migration", "mypy", "its own tests"],
)
def test_a_rendered_project_passes(project: Path, command: tuple[str, ...]) -> None:
    result = run(project, *command)

    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]


MUTATIONS = [
    ("models/rating.py", "stars__gte=1", "stars__gte=0", "rating"),
    ("models/rating.py", "stars__lte=5", "stars__lte=6", "rating"),
    ("models/rating.py", r"models\.UniqueConstraint\([^)]*\),", "", "rating"),
    ("schemas/rating.py", "ge=1", "ge=0", "rating"),
    ("schemas/rating.py", "le=5", "lt=5", "rating"),
    ("schemas/rating.py", "    title: str\n", "", "rating"),
    ("schemas/recipe.py", "max_length=200", "max_length=201", "recipe"),
    ("services/rating.py", r"self\._recipes\.get\(actor, data\.recipe_id\)", "pass", "rating"),
    ("services/rating.py", r"actor\.require_owner\(.*change.*\)", "pass", "rating"),
    ("services/rating.py", r"actor\.require_owner\(.*delete.*\)", "pass", "rating"),
    ("services/rating.py", "user_id=user_id", "user_id=3", "rating"),
    ("services/rating.py", "comment=data.comment,\n                \\),", "),", "rating"),
    (
        "services/rating.py",
        r"actor\.require_user\(\)\n        return self\._ratings\.page",
        "return self._ratings.page",
        "rating",
    ),
    ("services/note.py", r"get\(note_id, visible_to=visible_to\)", "get(note_id)", "note"),
    ("services/note.py", r"page\(query, visible_to=visible_to\)", "page(query)", "note"),
    ("services/note.py", "version=expected_version", "version=None", "note"),
    (
        "services/note.py",
        r"set_photo\(note_id, upload, version=expected_version\)",
        "set_photo(note_id, upload)",
        "note",
    ),
    ("services/note.py", r"remove_photo\(note_id, version=expected_version\)", "remove_photo(note_id)", "note"),
    ("services/category.py", r"self\.get\(actor, data\.parent_id\)", "pass", "category"),
    ("services/category.py", r"self\._tags\.get\(actor, tag_id\)", "pass", "category"),
    ("services/category.py", r"self\._categories\.require_group\(group_id\)", "pass", "category"),
    ("services/category.py", r'actor\.require\("recipes\.add_category"\)', "actor.require_user()", "category"),
    ("services/reminder.py", r"self\._notes\.get\(actor, data\.note_id\)", "pass", "reminder"),
    ("services/reminder.py", "state=ReminderState.OPEN", "state=ReminderState.DONE", "reminder"),
    ("repositories/orm/rating.py", "stars__gte", "stars__gt", "rating"),
    ("repositories/orm/rating.py", "stars__lte", "stars__lt", "rating"),
    ("repositories/orm/tag.py", "icontains", "startswith", "tag"),
    ("repositories/orm/note.py", 'owner = "user"', "owner = None", "note"),
    ("repositories/orm/category.py", '"tag_id": "tags"', '"tag_id": "pk"', "category"),
    ("api/rating.py", r"\.page\(actor_of\(request\), query\)", ".page(actor_of(request), RatingQuery())", "rating"),
    ("api/note.py", r"expected_version=if_match\(request\)", "expected_version=None", "note"),
    ("api/category.py", ", auth=public", "", "category"),
]


@pytest.mark.mutation
@pytest.mark.parametrize(("file", "pattern", "replacement", "entity"), MUTATIONS)
def test_the_generated_tests_notice(
    project: Path, tmp_path: Path, file: str, pattern: str, replacement: str, entity: str
) -> None:
    mutant = tmp_path / "mutant"
    shutil.copytree(project, mutant, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite3"))
    path = mutant / "recipes" / file
    broken, found = re.subn(pattern, replacement, path.read_text())
    assert found, f"{file} has no {pattern}"
    path.write_text(broken)
    if file.startswith("models/"):
        assert run(mutant, "manage.py", "makemigrations", "recipes").returncode == 0

    result = run_tests(mutant, f"recipes/tests/services/test_{entity}.py", f"recipes/tests/api/test_{entity}.py")

    assert result.returncode == 1, result.stdout[-3000:] + result.stderr[-2000:]
