"""`manage.py addentity`, run as a user runs it."""

import json
from pathlib import Path

import pytest

from tests.scaffold.projects import TestProject

RATING = ("addentity", "Rating", "stars:int:min=1:max=5", "comment:text:optional")


@pytest.fixture(scope="module")
def _rated_once(layered_once: TestProject, tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    project = layered_once.copy(tmp_path_factory.mktemp("rated") / "project")
    ran = project.manage(*RATING)
    assert ran.code == 0, ran.err
    return project


@pytest.fixture
def rated(_rated_once: TestProject, tmp_path: Path) -> TestProject:
    """A project with the layered app `recipes` and the entity `Rating`."""
    return _rated_once.copy(tmp_path / "rated")


def actions(out: str) -> dict[str, str]:
    """What a run says of each file."""
    lines = out.partition("\n\n")[0].splitlines()
    return {path: action for action, path in (line.split() for line in lines)}


def test_an_entity_goes_through_all_layers_and_a_second_run_changes_nothing(layered: TestProject) -> None:
    first = layered.manage(*RATING)
    tree = layered.tree()
    second = layered.manage(*RATING)

    assert (first.code, second.code) == (0, 0), first.err
    created = {path for path, action in actions(first.out).items() if action == "create" and ".layers" not in path}
    assert created == {
        "recipes/models/rating.py",
        "recipes/schemas/rating.py",
        "recipes/repositories/rating.py",
        "recipes/repositories/orm/rating.py",
        "recipes/services/rating.py",
        "recipes/api/rating.py",
        "recipes/tests/factories/rating.py",
        "recipes/tests/services/test_rating.py",
        "recipes/tests/api/test_rating.py",
    }
    assert 'router.add_router("/ratings", rating.router)' in tree["recipes/api/__init__.py"].decode()
    assert set(actions(second.out).values()) == {"identical"}
    assert layered.tree() == tree
    assert (
        "Next: the same command with --migrate, or python manage.py makemigrations && python manage.py migrate"
        in first.err
    )


def test_the_app_may_be_in_the_name_and_the_fields_after_the_options(layered: TestProject) -> None:
    ran = layered.manage("addentity", "recipes.Rating", "--dry-run", "--json", "stars:int")

    assert ran.code == 0, ran.err
    assert "recipes/models/rating.py" in {change["path"] for change in json.loads(ran.out)["changes"]}
    assert "recipes/models/rating.py" not in layered.tree()


def test_what_an_entity_never_shows_cannot_be_embedded_in_another(layered: TestProject) -> None:
    layered.manage("addentity", "Diary", "title:str=20", "inner:text:writeonly")
    before = layered.tree()

    hidden = layered.manage("addentity", "Chapter", "diary:fk=recipes.Diary:embed=id,inner")
    shown = layered.manage("addentity", "Chapter", "diary:fk=recipes.Diary:embed=id,title", "--check")

    assert (hidden.code, shown.code) == (2, 1)
    assert "recipes.Diary has no field inner that can be embedded" in hidden.err
    assert layered.tree() == before


def test_a_file_to_overwrite_that_is_none_of_the_plan_is_refused(layered: TestProject) -> None:
    before = layered.tree()

    refused = layered.manage(*RATING, "--force", "nope.py", "--force", "recipes/service/rating.py")

    assert refused.code == 2
    assert "--force nope.py: this command has no such file." in refused.err
    assert "Did you mean recipes/services/rating.py?" in refused.err
    assert layered.tree() == before


def test_private_rows_cannot_be_embedded_in_what_others_read(layered: TestProject) -> None:
    layered.manage("addentity", "Note", "user:owner", "body:text")
    before = layered.tree()

    shared = layered.manage("addentity", "Leak", "note:fk=recipes.Note:embed=id,body", "user:owner=shared")
    private = layered.manage("addentity", "Leak", "note:fk=recipes.Note:embed=id,body", "user:owner", "--check")

    assert (shared.code, private.code) == (2, 1)
    assert "each row of recipes.Note is for its owner only" in shared.err
    assert layered.tree() == before


def test_private_rows_of_a_model_without_a_ledger_cannot_be_embedded_either(layered: TestProject) -> None:
    by_hand = {
        "recipes/models/__init__.py": "from recipes.models.diary import Diary\n",
        "recipes/models/diary.py": """
            from django.db import models


            class Diary(models.Model):
                user = models.ForeignKey("auth.User", models.CASCADE)
                body = models.TextField()
        """,
    }
    repository = """
        class Diaries(ModelRepository[models.Diary, DiaryRead, DiaryInsert, DiaryChanges, DiaryQuery]):
            owner = "user"
    """
    layered.write(by_hand)
    leak = ("addentity", "Leak", "diary:fk=recipes.Diary:embed=id,body", "--check")

    unknown = layered.manage(*leak)
    layered.write({"recipes/repositories/orm/diaries.py": repository})
    hidden = layered.manage(*leak)

    assert "Answers show body of any row of recipes.Diary to all who may read Leak" in unknown.out
    assert hidden.code == 2
    assert "each row of recipes.Diary is for its owner only" in hidden.err


def test_what_everybody_will_read_of_users_is_said(layered: TestProject) -> None:
    told = "GET answers show auth.User.email to everybody."
    wanted = ("addentity", "Rating", "stars:int", "user:owner=shared:embed=id,email", "--check")

    public, inside = layered.manage(*wanted, "--public", "read"), layered.manage(*wanted)

    assert told in public.out
    assert "auth.User.id" not in public.out
    assert told not in inside.out


def test_check_tells_whether_the_project_is_as_the_command_would_leave_it(layered: TestProject) -> None:
    before = layered.manage(*RATING, "--check")
    layered.manage(*RATING)
    after = layered.manage(*RATING, "--check")

    assert (before.code, after.code) == (1, 0)


def test_an_edit_by_hand_stays(rated: TestProject) -> None:
    service = rated.root / "recipes" / "services" / "rating.py"
    service.write_text(service.read_text() + "\n\nMINE = 1\n")
    edited = rated.tree()

    ran = rated.manage(*RATING)

    assert (ran.code, rated.tree()) == (0, edited)


def test_what_is_generated_in_another_layout_now_is_no_conflict(rated: TestProject) -> None:
    rated.write({"ruff.toml": "line-length = 60\n"})
    service = rated.root / "recipes" / "services" / "rating.py"
    service.write_text(service.read_text() + "\n\nMINE = 1\n")

    ran = rated.manage(*RATING)

    assert ran.code == 0, ran.err
    assert service.read_text().endswith("\n\nMINE = 1\n")


def test_what_another_request_names_besides_is_added_and_nothing_is_removed(rated: TestProject) -> None:
    ran = rated.manage("addentity", "Rating", "helpful:int:default=0", "--versioned")

    assert ran.code == 0, ran.err
    model = rated.tree()["recipes/models/rating.py"].decode()
    assert all(f"    {name} = models." in model for name in ("stars", "comment", "helpful", "version"))
    assert rated.manage(*RATING, "--check").code == 0


def test_a_field_with_another_definition_is_left_to_changeentity(rated: TestProject) -> None:
    tree = rated.tree()

    ran = rated.manage("addentity", "Rating", "stars:int", "--no-timestamps", "--pk", "uuid")

    assert ran.code == 2
    assert "stars: Rating has it already, as stars:int:min=1:max=5." in ran.err
    assert "Run changeentity recipes.Rating --change stars:int to change it." in ran.err
    assert "Run changeentity recipes.Rating --no-timestamps to remove them." in ran.err
    assert "--pk: Rating is there already, with another kind of key." in ran.err
    assert rated.tree() == tree


def test_only_the_named_file_is_overwritten(layered: TestProject) -> None:
    layered.write({"recipes/services/rating.py": "MINE = 1\n", "recipes/schemas/rating.py": "MINE = 2\n"})
    before = layered.tree()

    refused = layered.manage(*RATING, "--force", "recipes/services/rating.py")

    assert refused.code == 1
    assert [path for path, action in actions(refused.out).items() if action == "conflict"] == [
        "recipes/schemas/rating.py"
    ]
    assert layered.tree() == before
    forced = layered.manage(*RATING, "--force", "recipes/services/rating.py", "--force", "recipes/schemas/rating.py")
    assert forced.code == 0
    assert b"class RatingService" in layered.tree()["recipes/services/rating.py"]


def test_every_problem_is_reported_at_once_with_its_place(layered: TestProject) -> None:
    tree = layered.tree()

    ran = layered.manage("addentity", "Rating", "stars:intt", "class:int", "n:int:min=3:max=1", "--unique", "a,")

    assert (ran.code, ran.out) == (2, "")
    for part in ("Did you mean int?", "    stars:intt\n          ^", "class", "min=3", "--unique"):
        assert part in ran.err
    assert layered.tree() == tree


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["Rating", "--app", "nowhere"], "no app 'nowhere' is installed"),
        (["auth.Rating"], "has no layers yet"),
        (["../Rating"], "no name of a model"),
        (["Rating", "--skip", "modls"], "Did you mean models?"),
        (["Rating", "--from-spec", "rating.json"], "either by NAME and fields or by --from-spec"),
        (["--from-spec", "rating.json"], "rating.json can't be read"),
        ([], "Name the entity"),
        (["Rating", "--mgirate"], "unrecognized arguments: --mgirate"),
    ],
)
def test_a_wrong_request_is_refused(layered: TestProject, arguments: list[str], reason: str) -> None:
    ran = layered.manage("addentity", *arguments)

    assert (ran.code, reason in ran.err) == (2, True), ran.err


def test_without_a_terminal_only_a_name_makes_an_entity_with_its_timestamps(layered: TestProject) -> None:
    ran = layered.manage("addentity", "Rating")

    assert ran.code == 0, ran.err
    assert "Rating has no fields of its own. Name them after it" in ran.err
    assert b"created_at" in layered.tree()["recipes/models/rating.py"]


def test_an_entity_may_come_from_a_file(layered: TestProject) -> None:
    layered.write({"rating.toml": 'name = "Rating"\napp = "recipes"\nfields = ["stars:int"]\n'})

    ran = layered.manage("addentity", "--from-spec", "rating.toml")

    assert ran.code == 0, ran.err
    assert b"stars = models.IntegerField()" in layered.tree()["recipes/models/rating.py"]


def test_a_ledger_in_conflict_stops_the_run(rated: TestProject) -> None:
    ledger = rated.root / "recipes" / ".layers" / "rating.json"
    ledger.write_text(f"<<<<<<< ours\n{ledger.read_text()}")

    ran = rated.manage(*RATING)

    assert ran.code == 1
    assert "conflict markers" in ran.err


def test_without_the_tools_one_sentence_says_what_to_install(layered: TestProject) -> None:
    layered.write({"missing/jinja2.py": "raise ModuleNotFoundError(\"No module named 'jinja2'\", name='jinja2')\n"})
    project = TestProject(
        layered.root, {"PYTHONPATH": f"{layered.root / 'missing'}:{layered.variables()['PYTHONPATH']}"}
    )

    ran = project.manage(*RATING)

    assert ran.code == 1
    assert ran.err == (
        "CommandError: The generator needs jinja2, which is not installed: run "
        '`pip install "django-ninja-layers[tools]"`.\n'
    )


def test_files_without_a_media_root_come_with_the_lines_to_paste(layered: TestProject) -> None:
    without = layered.manage("addentity", "Leaflet", "scan:file", "--dry-run")
    settings = layered.root / "config/settings.py"
    settings.write_text(settings.read_text() + 'MEDIA_ROOT = BASE_DIR / "media"\nMEDIA_URL = "media/"\n')
    placed = layered.manage("addentity", "Leaflet", "scan:file", "--dry-run")

    assert (without.code, placed.code) == (0, 0), without.err
    assert 'MEDIA_ROOT = BASE_DIR / "media"\n' in without.out
    assert "MEDIA_ROOT" not in placed.out
