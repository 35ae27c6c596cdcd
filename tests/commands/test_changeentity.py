"""`manage.py changeentity`, run as a user runs it, on code that was edited since."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands.test_addentity import actions
from tests.scaffold.projects import TestProject

RATING = ("addentity", "Rating", "stars:int:min=1:max=5", "comment:text:optional")
SERVICE = "recipes/services/rating.py"
SCHEMAS = "recipes/schemas/rating.py"


@pytest.fixture(scope="module")
def _rated_once(layered_once: TestProject, tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    project = layered_once.copy(tmp_path_factory.mktemp("changed") / "project")
    ran = project.manage(*RATING, "--migrate")
    assert ran.code == 0, ran.err
    return project


@pytest.fixture
def rated(_rated_once: TestProject, tmp_path: Path) -> TestProject:
    """A project with the entity `Rating`, and its migration."""
    return _rated_once.copy(tmp_path / "rated")


def edit(project: TestProject, path: str, old: str, new: str) -> None:
    """Replace a text of a file that is there once."""
    file = project.root / path
    text = file.read_text()
    assert text.count(old) == 1, text
    file.write_text(text.replace(old, new))


def test_fields_change_in_all_layers_and_in_one_migration(rated: TestProject) -> None:
    ran = rated.manage(
        *("changeentity", "Rating", "--add", "helpful:int:default=0", "--remove", "comment"),
        *("--change", "stars:int:min=1:max=10", "--migrate"),
    )

    assert ran.code == 0, ran.err
    tree = {path: text.decode() for path, text in rated.tree().items()}
    changed = {path for path, action in actions(ran.out).items() if action == "merge"}
    assert {"recipes/models/rating.py", SCHEMAS, SERVICE, "recipes/tests/api/test_rating.py"} <= changed
    assert not [path for path in changed if "comment" in tree[path]]
    assert "helpful" in tree[SERVICE]
    assert "le=10" in tree[SCHEMAS]
    assert len([path for path in tree if path.startswith("recipes/migrations/0002")]) == 1
    assert rated.manage("changeentity", "Rating", "--check").code == 0


def test_what_was_edited_stays(rated: TestProject) -> None:
    edit(rated, SERVICE, "class RatingService:", "LIMIT = 3\n\n\nclass RatingService:")
    edit(rated, SCHEMAS, "    stars: Stars\n    comment", "    stars: Stars\n    # Said by hand.\n    comment")

    ran = rated.manage("changeentity", "Rating", "--add", "helpful:int:default=0")

    assert ran.code == 0, ran.err
    tree = rated.tree()
    assert b"LIMIT = 3\n\n\nclass RatingService:" in tree[SERVICE]
    assert b"helpful" in tree[SERVICE]
    assert b"    # Said by hand.\n    comment" in tree[SCHEMAS]


def test_adding_and_removing_a_field_leaves_edited_code_as_it_was(rated: TestProject) -> None:
    edit(rated, SERVICE, "class RatingService:", "LIMIT = 3\n\n\nclass RatingService:")
    before = rated.tree()

    added = rated.manage("changeentity", "Rating", "--add", "helpful:int:default=0:filter:sort")
    removed = rated.manage("changeentity", "Rating", "--remove", "helpful")

    assert (added.code, removed.code) == (0, 0), added.err + removed.err
    assert rated.tree() == before


def conflicting(project: TestProject) -> None:
    """Let the user and the next change say different things of one member."""
    edit(project, SCHEMAS, "Stars = Annotated[int, Field(ge=1, le=5)]", "Stars = Annotated[int, Field(ge=1, le=7)]")


CHANGE = ("changeentity", "Rating", "--change", "stars:int:min=1:max=10", "--add", "helpful:int:default=0")


def test_a_conflict_writes_nothing_and_shows_the_three_versions(rated: TestProject) -> None:
    conflicting(rated)
    before = rated.tree()

    shown, as_data = rated.manage(*CHANGE), rated.manage(*CHANGE, "--json")

    assert (shown.code, as_data.code) == (1, 1)
    assert f"--ours {SCHEMAS}::Stars" in shown.out
    assert [line.strip() for line in shown.out.splitlines() if "Stars = Annotated" in line] == [
        f"Stars = Annotated[int, Field(ge=1, le={high})]" for high in (5, 7, 10)
    ]
    (conflict,) = [each for change in json.loads(as_data.out)["changes"] for each in change["conflicts"]]
    assert (conflict["member"], "le=7" in conflict["mine"]) == ("Stars", True)
    assert rated.tree() == before


@pytest.mark.parametrize(("option", "high"), [("--ours", 7), ("--theirs", 10)])
def test_a_decision_lets_the_change_land_and_is_asked_for_once(rated: TestProject, option: str, high: int) -> None:
    conflicting(rated)

    decided = rated.manage(*CHANGE, option, f"{SCHEMAS}::Stars")
    again = rated.manage("changeentity", "Rating")

    assert (decided.code, again.code) == (0, 0), decided.err + again.err
    text = rated.tree()[SCHEMAS].decode()
    assert f"Stars = Annotated[int, Field(ge=1, le={high})]" in text
    assert "helpful" in text
    assert set(actions(again.out).values()) == {"identical"}


def test_markers_are_written_at_the_member_and_stop_the_next_run(rated: TestProject) -> None:
    conflicting(rated)

    marked = rated.manage(*CHANGE, "--markers")
    text = (rated.root / SCHEMAS).read_text()
    stopped = rated.manage("changeentity", "Rating", "--add", "more:int:default=0")
    (rated.root / SCHEMAS).write_text(
        text.partition("<<<<<<<")[0]
        + "Stars = Annotated[int, Field(ge=1, le=8)]\n"
        + text.partition("generated now\n")[2]
    )
    resolved = rated.manage("changeentity", "Rating")

    assert marked.code == 1
    assert f"with conflict markers for you to resolve in {SCHEMAS}" in marked.err
    assert (
        "<<<<<<< yours\nStars = Annotated[int, Field(ge=1, le=7)]\n"
        "||||||| generated before\nStars = Annotated[int, Field(ge=1, le=5)]\n"
        "=======\nStars = Annotated[int, Field(ge=1, le=10)]\n>>>>>>> generated now\n"
    ) in text
    assert text.count("<<<<<<<") == 1
    assert "helpful" in text
    assert stopped.code == 1
    assert "begins a conflict that is not resolved yet" in stopped.out
    assert resolved.code == 0, resolved.err
    assert set(actions(resolved.out).values()) == {"identical"}


def test_a_change_of_what_was_deleted_is_listed_until_it_is_decided(rated: TestProject) -> None:
    text = (rated.root / SERVICE).read_text()
    start = text.index("    def update(")
    end = text.index("    def delete(")
    (rated.root / SERVICE).write_text(text[:start] + text[end:])
    told = f"Leave it so with --ours {SERVICE}::RatingService.update"

    skipped = rated.manage("changeentity", "Rating", "--add", "helpful:int:default=0")
    listed = rated.manage("changeentity", "Rating", "--add", "more:int:default=0")
    decided = rated.manage("changeentity", "Rating", "--ours", f"{SERVICE}::RatingService.update")
    silent = rated.manage("changeentity", "Rating")
    back = rated.manage("changeentity", "Rating", "--theirs", f"{SERVICE}::RatingService.update")

    assert [ran.code for ran in (skipped, listed, decided, silent, back)] == [0] * 5, skipped.out
    assert told in skipped.out
    assert told in listed.out
    assert told not in decided.out + silent.out
    assert "def update(" in (rated.root / SERVICE).read_text()


def test_every_problem_is_reported_at_once(rated: TestProject) -> None:
    before = rated.tree()

    ran = rated.manage(
        *("changeentity", "Rating", "--add", "stars:int", "--remove", "coment", "created_at"),
        *("--change", "starz:int", "--drop-unique", "stars,comment", "--ours", "nope.py"),
    )

    assert ran.code == 2
    for part in (
        "--add: Rating has a field stars already.",
        "--remove: Rating has no field 'coment'. Did you mean comment?",
        "--remove: created_at is there anyway",
        "--change: Rating has no field 'starz'. Did you mean stars?",
        "--drop-unique: stars,comment are not unique together.",
    ):
        assert part in ran.err
    assert rated.tree() == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["Ratingg"], "Did you mean rating?"),
        (["Rating", "--ours", "recipes/schema/rating.py"], "Did you mean recipes/schemas/rating.py?"),
        (["Rating", "--theirs", f"{SCHEMAS}::RatingRed", "--add", "n:int:default=0"], "Did you mean RatingRead?"),
        (["Rating", "--ours", SCHEMAS, "--theirs", SCHEMAS], "contradict each other"),
        (["Rating", "--markers", "--migrate"], "leave out --migrate"),
        (["Rating", "--remove", "comment", "--order", "comment"], "the order names comment"),
    ],
)
def test_a_wrong_request_is_refused(rated: TestProject, arguments: list[str], reason: str) -> None:
    before = rated.tree()

    ran = rated.manage("changeentity", *arguments)

    assert (ran.code, reason in ran.err) == (2, True), ran.err
    assert rated.tree() == before


def git(project: TestProject, *arguments: str) -> int:
    """Run git in a project as somebody, and return its exit code."""
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "merge.conflictStyle=merge"]
    return subprocess.run(["git", *who, *arguments], cwd=project.root, capture_output=True, check=False).returncode


def test_branches_that_each_changed_an_entity_are_joined_after_their_merge(rated: TestProject) -> None:
    git(rated, "init", "-q", "-b", "main")
    git(rated, "add", "-A")
    git(rated, "commit", "-qm", "Start")
    for branch, field in (("one", "helpful:int:default=0"), ("other", "visited:date:optional")):
        git(rated, "checkout", "-q", "-b", branch, "main")
        ran = rated.manage("changeentity", "Rating", "--add", field)
        assert ran.code == 0, ran.err
        git(rated, "add", "-A")
        git(rated, "commit", "-qm", branch)
    assert git(rated, "merge", "-q", "one") == 1
    for file in rated.root.rglob("*.py"):
        if "<<<<<<<" in file.read_text():
            assert git(rated, "checkout", "--ours", str(file)) == 0
    assert "<<<<<<<" in (rated.root / "recipes/.layers/rating.json").read_text()

    stopped = rated.manage(*RATING)
    joined = rated.manage("changeentity", "Rating")

    assert stopped.code == 1
    assert "Run `manage.py changeentity Rating`: it joins what both branches asked for." in stopped.err
    assert joined.code == 0, joined.out + joined.err
    tree = rated.tree()
    for path in ("recipes/models/rating.py", SCHEMAS, SERVICE, "recipes/tests/api/test_rating.py"):
        assert b"helpful" in tree[path], path
        assert b"visited" in tree[path], path
    again = rated.manage("changeentity", "Rating")
    assert set(actions(again.out).values()) == {"identical"}
