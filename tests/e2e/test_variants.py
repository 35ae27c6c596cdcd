"""Projects and entities of many shapes, each of which has to pass everything that the first one passes."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.e2e import gates
from tests.scaffold.projects import MANAGE, SETTINGS, TestProject, make_project

pytestmark = pytest.mark.slow

RECIPE = ("addentity", "recipes.Recipe", "title:str=200", "minutes:int:min=0:optional", "author:owner=shared")
TAG = ("addentity", "pantry.Tag", "label:str=30:unique", "--write", "users")
EVERYTHING = (
    *("addentity", "recipes.Gadget", "code:str=12:unique", "title:str=200:index:filter", "note:text:optional"),
    *("hint:text:null", "amount:int:min=1:max=10:default=3", "total:bigint:sort", "rank:smallint:filter"),
    *("ratio:float:min=0:max=1", "price:decimal=8,2:min=0:default=9.90", "live:bool:default=true", "day:date:filter"),
    *("seen_at:datetime:sort", "opens:time:default=09:00", "lasts:duration:optional", "token:uuid:unique"),
    *("mail:email:optional", "site:url:null", "handle:slug:index", "address:ip:optional", "extra:json:optional"),
    *("manual:file", "photo:image", "kind:choice=plain,odd:default=plain:help=see: the manual"),
    *("recipe:fk=recipes.Recipe:embed=id,title:cascade", "twin:o2o=recipes.Recipe:optional:related=counterpart"),
    *("tags:m2m=pantry.Tag", "parent:fk=self:optional:related=children", "editor:fk=auth.User:optional:restrict"),
    *("score:int:readonly:default=0", "secret:str=50:writeonly", "keeper:owner"),
    *("--unique", "recipe,kind", "--index", "amount,day:desc", "--order", "day:desc,code", "--versioned"),
    *("--pk", "uuid", "--plural", "gadgetry"),
)
ONLY_A_NAME = ("addentity", "recipes.Moment", "--no-input")
PUBLIC = ("addentity", "recipes.Notice", "text:text", "--public", "all", "--no-timestamps")
READABLE = ("addentity", "recipes.Article", "text:text", "--public", "read")

USER = """
import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class Member(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
"""
SINGLE_MODELS = '''"""The tables of pantry."""

from django.db import models


class Shelf(models.Model):
    """A shelf that was there before."""

    label = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.label
'''


def run(project: TestProject, *commands: tuple[str, ...]) -> None:
    """Run management commands, all of which have to succeed."""
    for command in commands:
        ran = project.manage(*command)
        assert ran.code == 0, (command, ran.out, ran.err)


def migrated(commands: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the commands, with the migration of each entity."""
    for command in commands:
        yield command if command[0] in ("startlayer", "addoperation") else (*command, "--migrate")


def passes_everything(project: TestProject, *commands: tuple[str, ...]) -> None:
    """Every gate of `tests.e2e.gates`, in the order in which a failure tells most."""
    gates.passes_checks(project)
    gates.has_its_migrations(project)
    gates.passes_its_tests(project)
    gates.is_linted(project)
    gates.is_formatted(project)
    gates.is_typed(project)
    gates.runs_again_without_a_change(project, *commands)


def test_every_type_and_every_modifier_at_once(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    commands = (("startlayer", "recipes"), ("startlayer", "pantry"), TAG, RECIPE, EVERYTHING)
    run(project, *migrated(commands))

    passes_everything(project, *commands)


def test_entities_with_only_a_name_and_entities_for_everybody(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    commands = (("startlayer", "recipes"), ONLY_A_NAME, PUBLIC, READABLE)
    run(project, *migrated(commands))

    passes_everything(project, *commands)


def test_asynchronous_endpoints_beside_others(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    album = ("addentity", "recipes.Album", "title:str=100:filter", "cover:image:optional", "recipe:fk=recipes.Recipe")
    memo = ("addentity", "recipes.Memo", "text:text", "user:owner", "--versioned", "--async")
    operations = (
        ("addoperation", "recipes.Memo", "file_away"),
        ("addoperation", "recipes.Memo", "rewrite", "--on", "all", "--input", "text", "why:choice=typo,new"),
        ("addoperation", "recipes.Album", "move", "--input", "recipe", "--returns", "none"),
        ("addoperation", "recipes.Notice", "tidy", "--on", "all", "--returns", "read"),
    )
    commands = (("startlayer", "recipes"), RECIPE, (*album, "--async"), memo, (*PUBLIC, "--async"), *operations)
    run(project, *migrated(commands))

    passes_everything(project, *commands)


def test_own_users_with_uuid_keys_split_settings_a_sub_package_and_single_modules(tmp_path: Path) -> None:
    project = TestProject(tmp_path / "project", {"DJANGO_SETTINGS_MODULE": "config.settings.local"})
    base = SETTINGS.replace("resolve().parent.parent", "resolve().parent.parent.parent").replace(
        '"django_layers",', '"django_layers",\n    "apps.people",\n    "apps.pantry",'
    )
    project.write(
        {
            "manage.py": MANAGE.replace("config.settings", "config.settings.local"),
            "ruff.toml": 'extend-exclude = ["migrations"]\n',
            "config/__init__.py": "",
            "config/urls.py": "from django.urls import path\n\nurlpatterns = []\n",
            "config/settings/__init__.py": "",
            "config/settings/base.py": base + '\nAUTH_USER_MODEL = "people.Member"\n',
            "config/settings/local.py": "from .base import *\n\nDEBUG = True\n",
            "apps/__init__.py": "",
            "apps/people/__init__.py": "",
            "apps/people/models.py": USER,
            "apps/people/migrations/__init__.py": "",
            "apps/pantry/__init__.py": "",
            "apps/pantry/models.py": SINGLE_MODELS,
            "apps/pantry/schemas.py": '"""What goes into and comes out of pantry."""\n',
            "apps/pantry/services.py": '"""The rules of pantry."""\n',
            "apps/pantry/repositories.py": '"""What services may ask of pantry."""\n',
            "apps/pantry/api.py": '"""The HTTP endpoints of pantry."""\n',
            "apps/pantry/tests.py": '"""What was tested before."""\n\n\ndef test_old() -> None:\n    assert True\n',
            "apps/pantry/migrations/__init__.py": "",
        }
    )
    assert project.python("-m", "ruff", "check", "--select", "I", "--fix", "--no-cache", ".").code == 0
    assert project.python("-m", "ruff", "format", "--no-cache", ".").code == 0
    run(project, ("makemigrations",))
    commands: tuple[tuple[str, ...], ...] = (
        ("startlayer", "recipes", "--path", "apps"),
        ("startlayer", "pantry"),
        (*RECIPE, "reader:fk=people.Member:optional:related=reading"),
        TAG,
        (
            "addentity",
            "pantry.Jar",
            "label:str=20",
            "shelf:fk=pantry.Shelf",
            "tag:fk=pantry.Tag:optional",
            "owner:owner",
        ),
        ("addentity", "pantry.Lid", "jar:o2o=pantry.Jar", "recipes:m2m=recipes.Recipe", "--pk", "uuid"),
        ("addoperation", "pantry.Jar", "seal", "--input", "label", "lid:choice=tight,loose", "note:text:optional"),
        ("addoperation", "pantry.Tag", "tidy", "--on", "all"),
        ("addoperation", "recipes.Recipe", "mark_done", "--input", "reader"),
    )
    run(project, *migrated(commands))

    shelf = SINGLE_MODELS.partition("class Shelf")[2]
    assert shelf in (project.root / "apps" / "pantry" / "models.py").read_text()
    assert not (project.root / "apps" / "pantry" / "models").exists()
    assert "noqa" not in (project.root / "apps" / "pantry" / "migrations" / "0002_tag.py").read_text()
    passes_everything(project, *commands)


def test_a_project_with_its_own_formatter_settings(tmp_path: Path) -> None:
    configuration = (
        "[tool.ruff]\nline-length = 79\n\n[tool.ruff.lint.isort]\nforce-sort-within-sections = true\n\n"
        "[tool.ruff.lint]\nselect = ['E', 'F', 'I', 'B', 'UP', 'SIM', 'DJ']\nignore = ['E501']\n"
    )
    project = make_project(tmp_path / "project", {"pyproject.toml": configuration})
    assert project.python("-m", "ruff", "format", "--no-cache", ".").code == 0
    commands = (("startlayer", "recipes"), (*RECIPE, "summary:text:optional", "status:choice=draft,live:default=draft"))
    run(project, *migrated(commands))

    passes_everything(project, *commands)
