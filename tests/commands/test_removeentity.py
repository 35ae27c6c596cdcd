"""`manage.py removeentity`, run as a user runs it."""

import json
from pathlib import Path

import pytest

from tests.commands.test_startlayer import actions
from tests.scaffold.projects import TestProject
from tests.scaffold.trees import snapshot

RECIPE = ("addentity", "Recipe", "title:str=200", "kind:choice=soup,cake")
RATING = ("addentity", "Rating", "recipe:fk=recipes.Recipe", "stars:int:min=1:max=5", "mood:choice=glad,sad")
MANY = (RECIPE, RATING, ("addentity", "Cup", "size:int"), ("addentity", "Plan", "day:date", "cups:m2m=recipes.Cup"))


@pytest.fixture(scope="session")
def rated_once(layered_once: TestProject, tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project with recipes and their ratings, to be copied and not to be changed."""
    project = layered_once.copy(tmp_path_factory.mktemp("rated") / "project")
    for command in (RECIPE, RATING):
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


@pytest.fixture
def rated(rated_once: TestProject, tmp_path: Path) -> TestProject:
    """A project with recipes and their ratings."""
    return rated_once.copy(tmp_path / "rated")


def edit(project: TestProject, path: str, old: str, new: str) -> None:
    file = project.root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_entities_leave_no_byte_behind(rated: TestProject, layered_once: TestProject) -> None:
    for name in ("Rating", "recipes.Recipe"):
        ran = rated.manage("removeentity", name)
        assert ran.code == 0, ran.err
        assert actions(ran.out)["recipes/types.py"] == "edit"

    assert snapshot(rated.root) == snapshot(layered_once.root)


def test_a_plan_is_shown_without_doing_it(rated: TestProject) -> None:
    before = snapshot(rated.root)

    dry = rated.manage("removeentity", "Rating", "--app", "recipes", "--dry-run", "--diff")
    check = rated.manage("removeentity", "Rating", "--check", "--json", "--no-input")

    assert (dry.code, check.code) == (0, 1)
    assert "--- a/recipes/services/rating.py\n" in dry.out
    words = {change["path"]: change["action"] for change in json.loads(check.out)["changes"]}
    assert (words["recipes/models/rating.py"], words["recipes/models/__init__.py"]) == ("delete", "edit")
    assert snapshot(rated.root) == before


def test_an_entity_that_others_refer_to_stays(rated: TestProject) -> None:
    before = snapshot(rated.root)

    ran = rated.manage("removeentity", "Recipe")

    assert ran.code == 1
    assert "recipes.Rating.recipe refers to it" in ran.err
    assert snapshot(rated.root) == before


def test_what_others_use_stays_and_both_are_named(rated: TestProject) -> None:
    rated.write(
        {
            "recipes/reports.py": "from .services.rating import RatingService\n",
            "config/mail.py": 'SENDER = "recipes.schemas.rating.RatingRead"\n',
            "recipes/tests/test_own.py": "from recipes import dependencies\n\nX = dependencies.rating_service().page\n",
            "recipes/admin.py": "from recipes.models import Rating\n",
        }
    )
    before = snapshot(rated.root)

    ran = rated.manage("removeentity", "Rating")

    assert ran.code == 1
    assert "recipes/reports.py:1 uses recipes/services/rating.py" in ran.err
    assert "config/mail.py:1 uses recipes/schemas/rating.py" in ran.err
    assert "recipes/tests/test_own.py:3 uses recipes/dependencies.py::rating_service" in ran.err
    assert "recipes/admin.py:1 uses recipes/models/rating.py" in ran.err
    assert snapshot(rated.root) == before


def test_an_enumeration_that_others_use_stays_where_it_is(rated: TestProject) -> None:
    rated.write({"recipes/reports.py": "from recipes.types import RatingMood\n"})

    ran = rated.manage("removeentity", "Rating")

    assert ran.code == 0, ran.err
    assert "recipes/types.py::RatingMood stays: recipes/reports.py:1 uses it." in ran.out
    assert "class RatingMood(TextChoices):" in rated.tree()["recipes/types.py"].decode()
    assert "recipes/services/rating.py" not in rated.tree()


def test_what_was_edited_stops_the_run_until_it_is_decided(rated: TestProject) -> None:
    edit(rated, "recipes/services/rating.py", '"""', '"""Own: ')
    edit(rated, "recipes/dependencies.py", "Return the service of ratings", "Build the service of ratings")
    before = snapshot(rated.root)

    ran = rated.manage("removeentity", "Rating")
    unknown = rated.manage("removeentity", "Rating", "--force", "recipes/services/ratings.py")

    assert ran.code == 1
    assert "--force recipes/services/rating.py, or keep it and what it uses with --keep-edited" in ran.out
    assert "--force recipes/dependencies.py::rating_service" in ran.out
    assert unknown.code == 2
    assert "Did you mean recipes/services/rating.py?" in unknown.err
    assert snapshot(rated.root) == before

    forced = ("--force", "recipes/services/rating.py", "--force", "recipes/dependencies.py::rating_service")
    assert rated.manage("removeentity", "Rating", *forced).code == 0
    assert "rating" not in rated.tree()["recipes/dependencies.py"].decode()


def test_what_was_edited_can_stay_with_what_it_uses(rated: TestProject) -> None:
    edit(rated, "recipes/services/rating.py", '"""', '"""Own: ')

    ran = rated.manage("removeentity", "Rating", "--keep-edited")

    assert ran.code == 0, ran.err
    words = actions(ran.out)
    assert words["recipes/services/rating.py"] == words["recipes/schemas/rating.py"] == "identical"
    assert words["recipes/api/rating.py"] == words["recipes/repositories/orm/rating.py"] == "delete"
    assert rated.python("-c", "import recipes.services.rating").code == 0


def test_an_edited_test_of_endpoints_keeps_them_wired(rated: TestProject) -> None:
    edit(rated, "recipes/tests/api/test_rating.py", "\nURL = ", "\nOWN = 1\nURL = ")
    wiring = rated.tree()["recipes/api/__init__.py"]

    ran = rated.manage("removeentity", "Rating", "--keep-edited")

    assert ran.code == 0, ran.err
    words = actions(ran.out)
    kept = (
        "api/__init__",
        "api/rating",
        "dependencies",
        "models/__init__",
        "repositories/orm/rating",
        "tests/api/test_rating",
    )
    assert {words[f"recipes/{path}.py"] for path in kept} == {"identical"}
    assert words["recipes/tests/services/test_rating.py"] == "delete"
    assert "recipes/api/rating.py stays with what it uses: recipes/tests/api/test_rating.py asks" in ran.out
    assert rated.tree()["recipes/api/__init__.py"] == wiring
    asked = rated.django("""
        from django.test import Client
        print(Client().get("/api/ratings").status_code, Client().get("/api/unheard-of").status_code)
    """)
    assert (asked.code, asked.out.split()) == (0, ["401", "404"]), asked.err


def test_a_reformatted_file_is_not_an_edited_one(rated: TestProject) -> None:
    file = rated.root / "recipes/services/rating.py"
    file.write_bytes(file.read_bytes().replace(b"\n\n\n", b"\n\n\n\n").replace(b'"', b"'").replace(b"'''", b'"""'))

    assert rated.manage("removeentity", "Rating").code == 0


def test_migrations_are_named_and_the_table_is_dropped_when_asked_for(layered: TestProject) -> None:
    assert layered.manage("addentity", "Cup", "size:int", "--migrate").code == 0

    named = layered.manage("removeentity", "Cup", "--dry-run")
    ran = layered.manage("removeentity", "Cup", "--migrate")

    assert "recipes/migrations/0001_initial.py" in named.out
    assert "python manage.py makemigrations recipes" in named.out
    assert ran.code == 0, ran.err
    assert "and every row that is in it" in ran.out
    assert (layered.root / "recipes/migrations/0001_initial.py").exists()
    # Django chooses the name, and not the same one in each of its versions.
    (written,) = (layered.root / "recipes/migrations").glob("0002_*.py")
    assert "DeleteModel" in written.read_text()
    assert f"Applying recipes.{written.stem}" in ran.err


def test_an_entity_that_was_not_generated_is_refused(rated: TestProject) -> None:
    before = snapshot(rated.root)

    ran = rated.manage("removeentity", "Ratings")

    assert ran.code == 2
    assert "Did you mean rating?" in ran.err
    assert snapshot(rated.root) == before
