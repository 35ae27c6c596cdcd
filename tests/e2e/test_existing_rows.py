"""Rows that were written before an entity is changed are read after it, on every database that there is a server of."""

import importlib
import json
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.scaffold.projects import SETTINGS, TestProject, make_project

pytestmark = pytest.mark.slow

DATABASES = """
DATABASES = {{
    "default": {{"ENGINE": "django.db.backends.{engine}", "NAME": "{name}", "HOST": "127.0.0.1", "USER": "{user}"}}
}}
"""

WRITE = """
    import json
    from django.contrib.auth.models import User
    from recipes.models import Rating, Recipe

    user = User.objects.create(username="alice")
    recipes = [Recipe.objects.create(title=title) for title in ("soup", "stew", "cake")]
    rows = [
        {"stars": 9, "comment": "good", "title": None, "mood": "bad", "obsolete": 1},
        {"stars": 4, "comment": "", "title": "more than ten characters", "mood": "good", "obsolete": 2},
        {"stars": 1, "comment": "h\u00e9", "title": "short", "mood": "good", "obsolete": 3},
    ]
    for recipe, row in zip(recipes, rows):
        Rating.objects.create(recipe=recipe, user=user, **row)
"""

READ = """
    import json
    from django.contrib.auth.models import User
    from django.test import Client
    from recipes.repositories.orm.rating import DjangoRatingRepository
    from recipes.schemas.rating import RatingQuery

    client = Client()
    client.force_login(User.objects.get(username="alice"))
    response = client.get("/api/ratings", {"order_by": "created_at", "score_min": 1})
    stored = DjangoRatingRepository().page(RatingQuery(order_by="created_at"))
    assert [row.model_dump(mode="json") for row in stored.items] == response.json()["items"]
    print(json.dumps(response.json()["items"]))
"""

CHANGE = (
    *("changeentity", "recipes.Rating", "--migrate"),
    *("--rename", "recipe:dish", "stars:score", "comment:note"),
    *("--add", "helpful:int:min=0", "weight:int:default=1"),
    *("--change", "score:int:min=1:max=5:filter:sort", "title:str=10", "mood:choice=good,fine"),
    *("--remove", "obsolete"),
    *("--backfill", "helpful=7", "score=5", "title=untitled", "mood=good"),
)


def _sqlite(name: str) -> tuple[str, Callable[[], None]]:
    return "", lambda: None


def _server(driver: str, engine: str, user: str, name: str) -> tuple[str, Callable[[], None]]:
    try:
        module = importlib.import_module(driver)
        connection = module.connect(host="127.0.0.1", user=user, connect_timeout=2)
    except Exception as error:
        pytest.skip(f"{engine}: no server at 127.0.0.1 ({error})")
    if driver == "psycopg":
        connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    return DATABASES.format(engine=engine, name=name, user=user), lambda: connection.cursor().execute(
        f"DROP DATABASE {name}"
    )


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestProject]:
    """A project with a recipe and its ratings, on one of the databases."""
    name = f"rows_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    if request.param == "sqlite":
        databases, drop = _sqlite(name)
    elif request.param == "postgresql":
        databases, drop = _server("psycopg", "postgresql", "postgres", name)
    else:
        databases, drop = _server("MySQLdb", "mysql", "root", name)
    project = make_project(tmp_path / "project", {"config/settings.py": SETTINGS + databases})
    _done(project, "startlayer", "recipes")
    _done(project, "addentity", "Recipe", "title:str=50", "--migrate")
    _done(
        project,
        *("addentity", "Rating", "recipe:fk=recipes.Recipe", "user:owner=shared", "stars:int:min=1:max=10:filter:sort"),
        *("comment:text:optional", "title:str=50:null", "mood:choice=good,bad", "obsolete:int:default=0"),
        *("--unique", "recipe,user", "--migrate"),
    )
    yield project
    drop()


def _done(project: TestProject, *arguments: str) -> None:
    ran = project.manage(*arguments)
    assert ran.code == 0, f"{ran.out}\n{ran.err}"


def test_rows_written_before_a_change_are_read_after_it(project: TestProject) -> None:
    written = project.django(WRITE)
    assert written.code == 0, written.err
    _done(project, *CHANGE)

    read = project.django(READ)

    assert read.code == 0, read.err
    rows = json.loads(read.out)
    known = ("dish_id", "score", "note", "title", "mood", "helpful", "weight")
    assert [tuple(row[name] for name in known) for row in rows] == [
        (1, 5, "good", "untitled", "good", 7, 1),
        (2, 4, "", "untitled", "good", 7, 1),
        (3, 1, "h\u00e9", "short", "good", 7, 1),
    ]
    assert all("obsolete" not in row and "stars" not in row for row in rows)
    _done(project, "makemigrations", "--check")
    # One migration, and it can be taken back.
    assert sorted(path.name[:4] for path in project.root.glob("recipes/migrations/0*.py")) == ["0001", "0002", "0003"]
    _done(project, "migrate", "recipes", "0002")
    _done(project, "migrate", "recipes")
