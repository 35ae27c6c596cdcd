"""`manage.py changeentity --rename`, `--remove` and `--backfill`, run as a user runs them, on code that was edited since."""

from pathlib import Path

import pytest

from tests.scaffold.projects import TestProject

SERVICE = "recipes/services/rating.py"
BEST = '''
    def best(self, actor: Actor) -> RatingRead | None:
        """Return the best of the ratings that say why."""
        found = self._ratings.page(RatingQuery()).items
        said = [each for each in found if each.comment]
        return max(said, key=lambda each: each.stars) if said else None
'''


@pytest.fixture(scope="module")
def _rated_once(layered_once: TestProject, tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    project = layered_once.copy(tmp_path_factory.mktemp("renamed") / "project")
    ran = project.manage("addentity", "Rating", "stars:int:min=1:max=5", "comment:text:optional", "--migrate")
    assert ran.code == 0, ran.err
    service = project.root / SERVICE
    service.write_text(service.read_text() + BEST)
    project.write(
        {
            "recipes/templates/rating.html": "<p>{{ rating.comment }}</p>\n",
            "recipes/report.py": """
                from recipes.models import Rating


                def report(rows):
                    return Rating.objects.exclude(comment="").count(), [row.comment for row in rows]
            """,
        }
    )
    return project


@pytest.fixture
def rated(_rated_once: TestProject, tmp_path: Path) -> TestProject:
    """A project whose `Rating` has a method of its author's own, and is read elsewhere."""
    return _rated_once.copy(tmp_path / "rated")


def test_a_field_is_renamed_in_edited_code_too_and_in_the_table(rated: TestProject) -> None:
    ran = rated.manage("changeentity", "Rating", "--rename", "comment:note", "stars:score")

    assert ran.code == 0, ran.err
    tree = {path: text.decode() for path, text in rated.tree().items()}
    assert BEST.replace("comment", "note").replace(".stars", ".score") in tree[SERVICE]
    assert 'exclude(note="").count(), [row.comment for' in tree["recipes/report.py"]
    assert "    recipes/report.py:5: " in ran.out
    assert "    recipes/templates/rating.html:1: <p>{{ rating.comment }}</p>" in ran.out
    (migration,) = [text for path, text in tree.items() if path.startswith("recipes/migrations/0002")]
    assert migration.count("migrations.RenameField(") == 2
    assert "AddField" not in migration
    assert "RemoveField" not in migration
    assert "Next: python manage.py migrate" in ran.err
    assert rated.manage("makemigrations", "--check").code == 0


def test_a_field_that_others_embed_has_its_new_name_there_too(rated: TestProject) -> None:
    reply = ("addentity", "Reply", "rating:fk=recipes.Rating:embed=id,comment", "text:text")
    assert rated.manage(*reply, "--migrate").code == 0
    service = rated.root / "recipes/services/reply.py"
    quoted = "\n    def quoted(self, actor: Actor, reply_id: int) -> str:\n        return self.get(actor, reply_id).rating.comment\n"
    service.write_text(service.read_text() + quoted)
    before = rated.tree()

    refused = rated.manage("changeentity", "Rating", "--remove", "comment")
    ran = rated.manage("changeentity", "Rating", "--rename", "comment:note")
    there = rated.tree()
    back = rated.manage("changeentity", "Rating", "--rename", "note:comment")

    assert refused.code == 2
    assert "recipes.Reply embeds comment of recipes.Rating as rating. Take it out first" in refused.err
    assert (ran.code, back.code) == (0, 0), ran.err + back.err
    assert "recipes.Reply shows note too" in ran.out
    assert b"class ReplyRating(ResponseSchema):" in there["recipes/schemas/reply.py"]
    assert b"    id: int\n    note: str\n" in there["recipes/schemas/reply.py"]
    assert there["recipes/services/reply.py"].decode().endswith(quoted.replace("comment", "note"))
    after = {path: text for path, text in rated.tree().items() if "migrations" not in path}
    assert after == {path: text for path, text in before.items() if "migrations" not in path}


def test_a_field_that_is_still_read_goes_only_when_that_is_said(rated: TestProject) -> None:
    before = rated.tree()

    refused = rated.manage("changeentity", "Rating", "--remove", "comment")

    assert refused.code == 1
    assert rated.tree() == before
    assert f"    {SERVICE}:" in refused.err
    assert "said = [each for each in found if each.comment]" in refused.err
    assert "    recipes/report.py:5: " in refused.err
    assert "--leave-references" in refused.err

    done = rated.manage("changeentity", "Rating", "--remove", "comment", "--leave-references")

    assert done.code == 0, done.err
    assert "The project still says comment:" in done.out
    assert "comment" not in rated.tree()["recipes/models/rating.py"].decode()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--add", "weight:int"], "weight: it is required, and the rows that exist have no value for it."),
        (["--add", "code:uuid:unique", "--backfill", "code=1"], "code: it is unique"),
        (["--change", "stars:int:min=2:max=5"], "Add --backfill stars=VALUE"),
        (["--rename", "stars:comment"], "--rename: Rating has a field comment already"),
        (["--rename", "stars:comment", "comment:stars"], "can't swap their names in one run"),
        (["--rename", "starz:score"], "--rename: Rating has no field starz to rename. It has: comment, stars."),
        (["--rename", "stars"], "Write OLD:NEW"),
        (["--backfill", "stars=3"], "--backfill stars has nothing to do"),
    ],
)
def test_what_can_not_be_is_refused_before_anything_is_written(
    rated: TestProject, arguments: list[str], reason: str
) -> None:
    before = rated.tree()

    ran = rated.manage("changeentity", "Rating", *arguments)

    assert ran.code == 2
    assert reason in ran.err
    assert rated.tree() == before


def test_a_name_that_a_class_has_from_its_author_is_refused(rated: TestProject) -> None:
    schemas = rated.root / "recipes/schemas/rating.py"
    schemas.write_text(schemas.read_text().replace("    id: int\n", "    id: int\n    score: float = 0.0\n"))
    before = rated.tree()

    ran = rated.manage("changeentity", "Rating", "--rename", "stars:score")

    assert ran.code == 2
    assert "--rename: recipes.schemas.rating.RatingRead defines score already" in ran.err
    assert rated.tree() == before


def test_rows_out_of_new_bounds_get_what_was_said(rated: TestProject) -> None:
    ran = rated.manage("changeentity", "Rating", "--change", "stars:int:min=2:max=5", "--backfill", "stars=2")

    assert ran.code == 0, ran.err
    assert "Rows whose stars is no longer allowed get 2." in ran.out
    (migration,) = rated.root.glob("recipes/migrations/0002*")
    assert "rows.filter(models.Q(stars__lt=2)).update(stars=2)" in migration.read_text()
