"""`manage.py addentity --only` and `--skip`: entities in some of the layers, one project with all of them."""

from pathlib import Path

import pytest

from tests.e2e import gates
from tests.scaffold.projects import TestProject

SUBSETS = (
    ("addentity", "Table", "label:str=20", "--only", "models"),
    ("addentity", "Record", "state:choice=new,old:default=new", "--only", "types,models,schemas"),
    ("addentity", "Quiet", "stars:int:min=1", "table:fk=recipes.Table", "--skip", "api"),
    ("addentity", "Untested", "quiet:fk=recipes.Quiet", "keeper:owner", "--skip", "tests"),
)
IMPORT_ALL = """
import importlib
from pathlib import Path
for file in sorted(Path("recipes").rglob("*.py")):
    importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
"""


@pytest.fixture(scope="module")
def subsets(tmp_path_factory: pytest.TempPathFactory, layered_once: TestProject) -> TestProject:
    project = layered_once.copy(tmp_path_factory.mktemp("subsets") / "project")
    project.write({"ruff.toml": 'extend-exclude = ["migrations"]\n'})
    for command in SUBSETS:
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


def test_entities_in_some_layers_make_a_project_that_works(subsets: TestProject) -> None:
    assert subsets.manage("makemigrations").code == 0
    gates.passes_checks(subsets)
    gates.is_linted(subsets)
    gates.is_formatted(subsets)
    gates.passes_its_tests(subsets)
    ran = subsets.django(IMPORT_ALL)
    assert ran.code == 0, ran.err


def test_only_what_is_in_a_layer_is_wired_there(subsets: TestProject) -> None:
    tree = {path: text.decode() for path, text in subsets.tree().items() if path.endswith(".py")}
    files = {path for path in tree if path.endswith(("table.py", "record.py", "quiet.py"))}

    assert '__all__ = ["Quiet", "Record", "Table", "Untested"]' in tree["recipes/models/__init__.py"]
    assert [line for line in tree["recipes/api/__init__.py"].splitlines() if "add_router" in line] == [
        'router.add_router("/untesteds", untested.router)'
    ]
    assert "def quiet_service(" in tree["recipes/tests/memory.py"]
    assert "untested_service" not in tree["recipes/tests/memory.py"]
    assert {path for path in files if path.endswith("table.py")} == {"recipes/models/table.py"}
    assert {path for path in files if path.endswith("record.py")} == {
        "recipes/models/record.py",
        "recipes/schemas/record.py",
    }
    assert {path for path in files if path.startswith("recipes/tests") and path.endswith("quiet.py")} == {
        "recipes/tests/factories/quiet.py",
        "recipes/tests/services/test_quiet.py",
    }


def test_what_was_left_out_may_come_later(subsets: TestProject, tmp_path: Path) -> None:
    project = subsets.copy(tmp_path / "project")
    later = ("addentity", "Record", "state:choice=new,old:default=new", "--only", "repositories,repositories.orm")

    ran = project.manage(*later)
    refused = project.manage(*later[:3], "--only", "api")
    everything = project.manage(*later[:3])

    assert ran.code == 0, ran.err
    assert "recipes/repositories/orm/record.py" in project.tree()
    assert refused.code == 2
    assert "api can't be imported without services and dependencies." in refused.err
    assert everything.code == 0, everything.err
    assert "recipes/tests/api/test_record.py" in project.tree()
    assert project.manage(*later[:3], "--check").code == 0


def test_tests_are_not_written_where_those_that_they_need_were_left_out(subsets: TestProject) -> None:
    follower = ("addentity", "Follower", "other:fk=recipes.Untested", "--check")

    refused = subsets.manage(*follower)

    assert refused.code == 2
    assert "its tests would need those of recipes.Untested, which were left out" in refused.err
    assert subsets.manage(*follower, "--skip", "tests").code == 1


def test_a_layer_that_was_written_by_hand_counts(layered: TestProject) -> None:
    layered.write(
        {
            "recipes/models/rating.py": """
            from django.db import models


            class Rating(models.Model):
                stars = models.IntegerField()
                created_at = models.DateTimeField(auto_now_add=True)
                updated_at = models.DateTimeField(auto_now=True)
            """,
            "recipes/models/__init__.py": """
            from recipes.models.rating import Rating

            __all__ = ["Rating"]
            """,
        }
    )
    by_hand = layered.tree()

    ran = layered.manage("addentity", "Rating", "stars:int", "--skip", "models")

    assert ran.code == 0, ran.err
    assert layered.manage("check").code == 0
    assert {path: layered.tree()[path] for path in by_hand if "models" in path} == {
        path: content for path, content in by_hand.items() if "models" in path
    }


def test_without_the_models_layer_only_a_model_that_is_there_gets_a_migration(layered: TestProject) -> None:
    hand = "from django.db import models\n\n\nclass Hand(models.Model):\n    size = models.IntegerField()\n"
    skip_models = ("--no-timestamps", "--skip", "models", "--migrate")

    without = layered.manage("addentity", "Record", "size:int", "--only", "schemas", "--migrate")
    layered.write({"recipes/models/__init__.py": "from recipes.models.hand import Hand\n"})
    (layered.root / "recipes" / "models" / "hand.py").write_text(hand)
    by_hand = layered.manage("addentity", "Hand", "size:int", *skip_models)

    assert (without.code, by_hand.code) == (0, 0), without.err + by_hand.err
    assert "migrations" not in without.out
    assert "create  recipes/migrations/0001_initial.py" in by_hand.out
    assert "Applying recipes.0001_initial... OK" in by_hand.err
    assert layered.manage("makemigrations", "--check").code == 0
    assert layered.tree()["recipes/models/hand.py"].decode() == hand
