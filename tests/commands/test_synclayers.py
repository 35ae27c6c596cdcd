"""Models that were there before their layers, and models that change: `addentity` of them, and `manage.py synclayers`."""

import re
from pathlib import Path

import pytest

from tests.scaffold.projects import SETTINGS, TestProject, make_project

MODELS = '''
"""The tables of the pantry."""

from django.conf import settings
from django.db import models


class Shelf(models.Model):
    """A shelf."""

    name = models.CharField(max_length=20, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, editable=False)

    def __str__(self) -> str:
        return self.name


class Jar(models.Model):
    """A jar."""

    code = models.CharField(max_length=12, primary_key=True)
    shelf = models.ForeignKey("Shelf", on_delete=models.PROTECT, related_name="jars")
    grams = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.code


class Spot(models.Model):
    """A place without a key of its own."""

    pk = models.CompositePrimaryKey("x", "y")
    x = models.IntegerField()
    y = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.x}/{self.y}"
'''
VIEW = '''

class Full(models.Model):
    """How full a shelf is."""

    jars = models.IntegerField()

    class Meta:
        managed = False
        db_table = "pantry_full"

    def __str__(self) -> str:
        return str(self.jars)
'''
SHELF = ("addentity", "pantry.Shelf", "user:owner", "name:str:filter")


@pytest.fixture(scope="module")
def _stocked_once(tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    settings = SETTINGS.replace('"django_layers",', '"django_layers",\n    "pantry",')
    files = {"pantry/__init__.py": "", "pantry/models.py": MODELS, "pantry/migrations/__init__.py": ""}
    project = make_project(tmp_path_factory.mktemp("stocked") / "project", {"config/settings.py": settings, **files})
    for command in (("makemigrations", "pantry"), ("startlayer", "pantry")):
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


@pytest.fixture(scope="module")
def _adopted_once(_stocked_once: TestProject, tmp_path_factory: pytest.TempPathFactory) -> TestProject:
    project = _stocked_once.copy(tmp_path_factory.mktemp("adopted") / "project")
    for command in (SHELF, ("addentity", "--app", "pantry", "--all")):
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


@pytest.fixture
def stocked(_stocked_once: TestProject, tmp_path: Path) -> TestProject:
    """A project with the layered app `pantry`, whose models were there before."""
    return _stocked_once.copy(tmp_path / "stocked")


@pytest.fixture
def adopted(_adopted_once: TestProject, tmp_path: Path) -> TestProject:
    """The same with the layers of all of its models that can have them."""
    return _adopted_once.copy(tmp_path / "adopted")


def test_a_model_gets_the_other_layers_and_is_not_touched(adopted: TestProject) -> None:
    tree = adopted.tree()

    assert tree["pantry/models.py"].decode() == MODELS.lstrip("\n")
    assert "class JarRead" in tree["pantry/schemas/jar.py"].decode()
    assert "    code: str" in tree["pantry/schemas/jar.py"].decode()
    assert adopted.manage("check", "--fail-level", "INFO").code == 0
    assert adopted.manage("makemigrations", "--check", "--dry-run").code == 0
    ran = adopted.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "pantry", "-k", "jar")
    assert ran.code == 0, ran.out
    assert "passed" in ran.out


def test_adopting_again_changes_nothing_and_names_what_cannot_be_adopted(adopted: TestProject) -> None:
    tree = adopted.tree()

    one, every = adopted.manage("addentity", "pantry.Shelf"), adopted.manage("addentity", "--app", "pantry", "--all")

    assert (one.code, every.code) == (0, 0), one.err + every.err
    assert adopted.tree() == tree
    assert "pantry.Spot can't be adopted: its key is composite" in every.out
    assert "pantry.Jar has its layers already." in every.out


def test_a_view_is_said_to_be_written_and_endpoints_that_are_deleted_stay_so(stocked: TestProject) -> None:
    models = stocked.root / "pantry/models.py"
    models.write_text(models.read_text() + VIEW)
    stocked.django("""
        from django.db import connection
        with connection.cursor() as cursor:
            cursor.execute("CREATE VIEW pantry_full AS SELECT 1 AS id, 2 AS jars, 'oak' AS wood")
    """)

    ran = stocked.manage("addentity", "pantry.Full")

    assert ran.code == 0, ran.err
    assert "pantry.Full: Django does not make its table (managed = False), and its layers write it" in ran.out
    assert "--skip api" in ran.out
    api = stocked.root / "pantry/api/full.py"
    parts = api.read_text().split("\n\n\n")
    api.write_text("\n\n\n".join(part for part in parts if not re.search(r"@router.(post|patch|delete)", part)))
    models.write_text(models.read_text().replace("jars = ", "wood = models.CharField(max_length=9)\n    jars = "))

    synced = stocked.manage("synclayers", "Full")

    assert synced.code == 0, synced.out + synced.err
    assert "wood: " in (stocked.root / "pantry/schemas/full.py").read_text()
    assert re.findall(r"@router.(\w+)", api.read_text()) == ["get", "get"]
    asked = stocked.django("""
        from config.actors import Actor
        from pantry.dependencies import full_service
        print(full_service().get(Actor.system(), 1).wood)
    """)
    assert (asked.code, asked.out.strip()) == (0, "oak"), asked.err


def test_of_the_api_only_what_a_change_of_options_reaches_is_loaded(adopted: TestProject) -> None:
    assert adopted.manage("startlayer", "recipes").code == 0
    adopted.write({"recipes/api/__init__.py": "raise RuntimeError('it was loaded')\n"})

    ran = adopted.manage("addentity", "pantry.Jar", "grams:int:filter")

    assert ran.code == 0, ran.err
    assert "    grams_min: Int32 | None = None" in adopted.tree()["pantry/schemas/jar.py"].decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("pantry.Shelf",), "say whose it is: user:owner"),
        (("pantry.Spot",), "its key is composite"),
        (("pantry.Jar", "grams:str"), "the model says int, not str"),
        (("pantry.Jar", "litres:int"), "the model Jar has no such field"),
        (("pantry.Jar", "--unique", "grams,shelf"), "what is unique is what the model says"),
        (("Jar", "--app", "pantry", "--all"), "--all is about an app"),
        (("--all",), "--all is about an app"),
    ],
)
def test_what_the_model_does_not_say_is_refused_and_nothing_written(
    stocked: TestProject, arguments: tuple[str, ...], message: str
) -> None:
    tree = stocked.tree()

    ran = stocked.manage("addentity", *arguments)

    assert ran.code == 2
    assert message in ran.err
    assert stocked.tree() == tree


def test_what_only_its_model_can_say_of_an_entity_is_changed_there_and_brought_along_by_synclayers(
    adopted: TestProject,
) -> None:
    tree = adopted.tree()
    fields = (
        "--add",
        "width:int:optional",
        "--remove",
        "grams",
        "--change",
        "grams:bigint",
        "--rename",
        "grams:weight",
    )
    sets = ("--unique", "grams,shelf", "--index", "grams", "--versioned", "--timestamps")

    ran = adopted.manage("changeentity", "pantry.Jar", *fields, *sets, "--write", "users")

    assert ran.code == 2
    assert ran.err.strip() == (
        "CommandError: --add, --remove, --change, --rename, --unique, --index, --versioned, --timestamps: the model Jar "
        "was there before its layers, and is read only. Change the model, and run synclayers pantry.Jar."
    )
    assert adopted.tree() == tree


def test_what_no_model_can_say_is_changed_by_changeentity(adopted: TestProject) -> None:
    ran = adopted.manage("changeentity", "pantry.Jar", "--public", "read", "--no-timestamps")

    assert ran.code == 0, ran.err
    assert "import public" in (adopted.root / "pantry/api/jar.py").read_text(encoding="utf-8")
    assert (adopted.root / "pantry/models.py").read_text(encoding="utf-8") == MODELS.lstrip("\n")
    assert adopted.manage("synclayers", "--all", "--check").code == 0


def test_an_app_without_layers_is_told_to_get_them_first(stocked: TestProject) -> None:
    ran = stocked.manage("addentity", "--app", "auth", "--all")

    assert ran.code == 2
    assert "run `manage.py startlayer auth` first" in ran.err


def test_layers_follow_a_model_that_was_there_before_and_keep_edits_and_options(adopted: TestProject) -> None:
    service, models = adopted.root / "pantry/services/shelf.py", adopted.root / "pantry/models.py"
    mine = '    def mine(self) -> str:\n        """Mine."""\n        return "mine"\n'
    service.write_text(service.read_text(encoding="utf-8") + "\n" + mine, encoding="utf-8")
    changed = MODELS.lstrip("\n").replace(
        "max_length=20, unique=True)", "max_length=30, unique=True)\n    width = models.IntegerField(null=True)"
    )
    models.write_text(changed, encoding="utf-8")

    before = adopted.manage("synclayers", "--all", "--check")
    ran = adopted.manage("synclayers", "Shelf", "--app", "pantry")
    after = adopted.manage("synclayers", "--all", "--check")

    assert (before.code, ran.code, after.code) == (1, 0, 0), before.err + ran.err + after.out
    assert "pantry.Shelf  + width:int" in before.out
    assert "pantry.Shelf  ~ name: argument" in before.out
    assert models.read_text(encoding="utf-8") == changed
    schemas = (adopted.root / "pantry/schemas/shelf.py").read_text(encoding="utf-8")
    assert "width: Int32 | None = None" in schemas
    assert "name_contains: str | None = None" in schemas
    assert "user_id" not in schemas.partition("class ShelfRead")[0]
    assert mine in service.read_text(encoding="utf-8")
    assert "width=data.width," in service.read_text(encoding="utf-8")


def test_layers_follow_a_generated_model_that_was_changed_by_hand(layered: TestProject) -> None:
    ran = layered.manage(
        "addentity", "Rating", "stars:int:min=1:max=5:index", "comment:text:optional", "mood:choice=good,bad"
    )
    assert ran.code == 0, ran.err
    assert layered.manage("synclayers", "--all", "--check").code == 0
    path = layered.root / "recipes/models/rating.py"
    source = path.read_text(encoding="utf-8").replace("stars__lte=5", "stars__lte=10")
    source = "\n".join(line for line in source.splitlines() if "comment = " not in line) + "\n"
    source = source.replace("    mood = ", '    title = models.CharField("Title", max_length=40)\n    mood = ')
    path.write_text(source, encoding="utf-8")

    checked = layered.manage("synclayers", "--all", "--check")
    ran = layered.manage("synclayers", "--all")

    assert (checked.code, ran.code) == (1, 0), checked.err + ran.err
    phrases = {line for line in checked.out.splitlines() if line.startswith("recipes.Rating  ")}
    assert phrases == {"recipes.Rating  - comment", "recipes.Rating  + title:str", "recipes.Rating  ~ stars: max"}
    assert path.read_text(encoding="utf-8") == source
    schemas = (layered.root / "recipes/schemas/rating.py").read_text(encoding="utf-8")
    assert "le=10" in schemas
    assert "comment" not in schemas
    assert "title: " in schemas
    assert layered.manage("synclayers", "--all", "--check").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((), "Say which"), (("Ratin", "--app", "pantry"), "no entity of this name"), (("Jar", "--all"), "Say which")],
)
def test_a_wrong_request_to_sync_is_refused(adopted: TestProject, arguments: tuple[str, ...], message: str) -> None:
    ran = adopted.manage("synclayers", *arguments)

    assert ran.code == 2
    assert message in ran.err


def test_a_model_that_is_gone_is_told(adopted: TestProject) -> None:
    path = adopted.root / "pantry/models.py"
    path.write_text(path.read_text(encoding="utf-8").replace("class Jar(", "class Pot("), encoding="utf-8")

    ran = adopted.manage("synclayers", "--all")

    assert ran.code in (1, 2)
    assert "Jar" in ran.err
