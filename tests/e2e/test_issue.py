"""The promise of the first page: four commands in an empty folder, and a working, secure, documented API."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import gates
from tests.e2e.server import Browser, running_server, sign_in
from tests.scaffold.projects import WITHOUT_TOOLS, TestProject

pytestmark = [pytest.mark.slow, pytest.mark.matrix]

START = ("startlayer", "recipes")
RECIPE = (
    *("addentity", "Recipe", "--app", "recipes", "title:str=200", "summary:text:optional"),
    *("servings:int:min=1:default=2", "minutes:int:min=0", "author:owner=shared"),
    *("status:choice=draft,published:default=draft", "--migrate"),
)
RATING = (
    *("addentity", "Rating", "--app", "recipes", "recipe:fk=recipes.Recipe:related=ratings", "user:owner=shared"),
    *("stars:int:min=1:max=5", "comment:text:optional", "--unique", "recipe,user", "--migrate"),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    """A project of `startproject`, formatted as a team would, with the commands of the issue run in it."""
    project = TestProject(tmp_path_factory.mktemp("mealgenie"), {"DJANGO_SETTINGS_MODULE": "mealgenie.settings"})
    ran = TestProject(project.root, WITHOUT_TOOLS).python("-m", "django", "startproject", "mealgenie", ".")
    assert ran.code == 0, ran.err
    settings = project.root / "mealgenie" / "settings.py"
    settings.write_text(
        settings.read_text().replace("'django.contrib.staticfiles',", "'django.contrib.staticfiles', 'django_layers',")
    )
    assert project.python("-m", "ruff", "format", "--no-cache", ".").code == 0
    assert project.python("-m", "ruff", "check", "--select", "I", "--fix", "--no-cache", ".").code == 0
    for command in (START, RECIPE, RATING):
        ran = project.manage(*command)
        assert ran.code == 0, ran.out + ran.err
    return project


@pytest.fixture(scope="module")
def port(project: TestProject) -> Iterator[int]:
    """The port of a running server."""
    with running_server(project) as port:
        yield port


@pytest.fixture(scope="module")
def alice(project: TestProject, port: int) -> Browser:
    """A user without any permission."""
    return sign_in(project, port, "alice")


@pytest.fixture(scope="module")
def bob(project: TestProject, port: int) -> Browser:
    """Another one."""
    return sign_in(project, port, "bob")


def new_recipe(browser: Browser, title: str) -> int:
    """Store a recipe and return its key."""
    answer = browser.send("POST", "/api/recipes", {"title": title, "minutes": 5})
    assert answer.status == 201, answer.text
    key = answer.json["id"]
    assert isinstance(key, int)
    return key


def test_the_system_checks_pass(project: TestProject) -> None:
    gates.passes_checks(project)


def test_no_migration_is_missing(project: TestProject) -> None:
    gates.has_its_migrations(project)


def test_ruff_is_content(project: TestProject) -> None:
    gates.is_linted(project)
    gates.is_formatted(project)


def test_mypy_is_content(project: TestProject) -> None:
    gates.is_typed(project)


def test_the_generated_tests_pass(project: TestProject) -> None:
    gates.passes_its_tests(project)


def test_running_the_commands_again_changes_nothing(project: TestProject) -> None:
    gates.runs_again_without_a_change(project, START, RECIPE, RATING)


def test_a_rating_is_created_listed_changed_and_deleted(alice: Browser) -> None:
    recipe = new_recipe(alice, "Soup")

    created = alice.send("POST", "/api/ratings", {"recipe_id": recipe, "stars": 4})
    key = created.json["id"]
    listed = alice.send("GET", f"/api/ratings?recipe_id={recipe}")
    changed = alice.send("PATCH", f"/api/ratings/{key}", {"comment": "good"})
    deleted = alice.send("DELETE", f"/api/ratings/{key}")
    gone = alice.send("GET", f"/api/ratings/{key}")

    assert (created.status, created.json["stars"], created.json["comment"]) == (201, 4, "")
    assert listed.json["items"] == [created.json]
    assert (changed.status, changed.json["stars"], changed.json["comment"]) == (200, 4, "good")
    assert (deleted.status, deleted.text) == (204, "")
    assert gone.status == 404


def test_a_list_comes_in_pages_newest_first(alice: Browser) -> None:
    keys = [new_recipe(alice, f"Page {number}") for number in range(5)]

    first = alice.send("GET", "/api/recipes?limit=3").json
    second = alice.send("GET", f"/api/recipes?limit=2&cursor={first['next_cursor']}").status

    items = first["items"]
    assert isinstance(items, list)
    assert [item["id"] for item in items] == keys[:1:-1]
    assert second == 200


def test_nobody_gets_in(port: int) -> None:
    nobody = Browser(port)

    for answer in (nobody.send("GET", "/api/recipes"), nobody.send("POST", "/api/recipes", {"title": "x"})):
        assert answer.status == 401
        assert answer.headers["content-type"].startswith("application/problem+json")


def test_the_rows_of_others_can_be_read_but_not_changed(alice: Browser, bob: Browser) -> None:
    key = new_recipe(alice, "Mine")

    assert bob.send("GET", f"/api/recipes/{key}").status == 200
    assert bob.send("PATCH", f"/api/recipes/{key}", {"title": "Ours"}).status == 403
    assert bob.send("DELETE", f"/api/recipes/{key}").status == 403


def test_a_session_without_the_token_against_forgery_is_refused(alice: Browser) -> None:
    assert alice.send("POST", "/api/recipes", {"title": "x", "minutes": 1}, csrf=False).status == 403


def test_a_second_rating_of_one_recipe_is_a_conflict(alice: Browser) -> None:
    recipe = new_recipe(alice, "Twice")
    rating = {"recipe_id": recipe, "stars": 1}

    assert alice.send("POST", "/api/ratings", rating).status == 201
    assert alice.send("POST", "/api/ratings", rating).status == 409


def test_a_reference_to_nothing_is_not_found(alice: Browser) -> None:
    assert alice.send("POST", "/api/ratings", {"recipe_id": 987654321, "stars": 1}).status == 404


@pytest.mark.parametrize(
    "body",
    [
        {"title": "x", "minutes": -1},
        {"title": "", "minutes": 1},
        {"title": "x"},
        {"title": "x", "minutes": 1, "status": "burnt"},
        {"title": "x", "minutes": 1, "author_id": 1},
        {"title": "x" * 201, "minutes": 1},
    ],
)
def test_a_body_that_breaks_a_rule_is_refused(alice: Browser, body: dict[str, object]) -> None:
    answer = alice.send("POST", "/api/recipes", body)

    assert answer.status == 422
    assert answer.json["errors"]


@pytest.mark.parametrize("query", ["limit=101", "order_by=password", "nothing=1", "limit=1&limit=2"])
def test_a_query_that_breaks_a_rule_is_refused(alice: Browser, query: str) -> None:
    assert alice.send("GET", f"/api/recipes?{query}").status == 422


def test_the_documentation_needs_no_other_host(alice: Browser) -> None:
    page = alice.send("GET", "/api/docs")

    assert page.status == 200
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page.text)
    for path in re.findall(r"""(?:src|href)=["'](/[^"']+)""", page.text):
        assert alice.send("GET", path).status == 200, path


def test_the_schema_names_every_operation(alice: Browser) -> None:
    schema = alice.send("GET", "/api/openapi.json").json

    paths = schema["paths"]
    assert isinstance(paths, dict)
    assert {path: sorted(methods) for path, methods in paths.items()} == {
        "/api/recipes": ["get", "post"],
        "/api/recipes/{recipe_id}": ["delete", "get", "patch"],
        "/api/ratings": ["get", "post"],
        "/api/ratings/{rating_id}": ["delete", "get", "patch"],
    }


def test_nothing_of_the_generator_is_left_behind(project: TestProject) -> None:
    assert not [path for path in project.tree() if "journal" in path]
    assert not list(Path(project.root).rglob("*.tmp"))
