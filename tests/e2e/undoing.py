"""Projects of every shape, and entities that come and go in them: what the tests of undoing share."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.scaffold.projects import MANAGE, SETTINGS, TestProject, make_project

__all__ = ["SHAPES", "undone"]

START = ("startlayer", "recipes")
USER = """
from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    pass
"""

# Entities are added, and then taken out in another order, in one process that is told so by its arguments.
SCRIPT = """
import random
from pathlib import Path
import django_layers.scaffold.planning.undo.removeentity as removing
from django_layers.scaffold.planning.addentity import plan_addentities
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.project.discovery import discover_project
from django_layers.scaffold.request.entity_request import EntityArguments, entity_request
from django_layers.scaffold.writing.apply import apply

# Loading the project for every plan takes longer than all the rest, and a test of its own is about it.
removing.check_loads = lambda *_: None
count, shuffle = int(sys.argv[1]), random.Random(sys.argv[1])
fields = ["title:str=200", "stars:int:min=1:max=5", "kind:choice=soup,cake", "user:owner", "price:decimal=8,2",
          "day:date:optional", "code:uuid", "note:text:optional:filter"]
names = [f"{word}{part}" for part in ("", "Plan", "Entry", "Detail") for word in ("Cup", "Soup", "Ration", "Yoghurt", "Bay")]
chosen = shuffle.sample(names, count)
for name in chosen:
    project = discover_project()
    arguments = EntityArguments(name=name, fields=shuffle.sample(fields, shuffle.randint(1, len(fields))))
    plan = plan_addentities(project, [entity_request(arguments, project)], decisions=Decisions())
    assert not plan.conflicts and not plan.manual, [change.reason for change in (*plan.conflicts, *plan.manual)]
    apply(plan)
for name in shuffle.sample(chosen, count):
    plan = removing.plan_removeentity(discover_project(), name, app_label="recipes")
    assert not plan.conflicts, [change.reason for change in plan.conflicts]
    apply(plan)
"""


def undone(project: TestProject, count: int) -> None:
    """Add so many entities to the app of a project, and take them out in another order."""
    ran = project.django(SCRIPT, str(count))
    assert ran.code == 0, ran.err


def _packages(root: Path) -> tuple[TestProject, tuple[str, ...]]:
    return make_project(root), START


def _crlf(root: Path) -> tuple[TestProject, tuple[str, ...]]:
    project = make_project(root)
    for file in root.rglob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    return project, START


def _modules(root: Path) -> tuple[TestProject, tuple[str, ...]]:
    project = make_project(root)
    installed = SETTINGS.replace('"django_layers",', '"django_layers",\n    "recipes",')
    layers = ("models", "schemas", "repositories", "repositories_orm", "services")
    modules = {f"recipes/{layer}.py": f'"""The {layer} of recipes."""\n\nOWN_{layer.upper()} = 1\n' for layer in layers}
    project.write({"config/settings.py": installed, "recipes/__init__.py": "", **modules})
    project.write({"recipes/api.py": "from ninja import Router\n\nrouter = Router()\n"})
    return project, START


def _split_settings(root: Path) -> tuple[TestProject, tuple[str, ...]]:
    project = make_project(root)
    (root / "config/settings.py").unlink()
    base = SETTINGS.replace("resolve().parent.parent", "resolve().parent.parent.parent")
    project.write({"config/settings/base.py": base, "config/settings/__init__.py": ""})
    project.write(
        {"config/settings/local.py": 'from .base import *\n\nINSTALLED_APPS += ["django.contrib.humanize"]\n'}
    )
    project.write({"manage.py": MANAGE.replace("config.settings", "config.settings.local")})
    return replace(project, environment={"DJANGO_SETTINGS_MODULE": "config.settings.local"}), START


def _sub_package(root: Path) -> tuple[TestProject, tuple[str, ...]]:
    project = make_project(root)
    project.write({"apps/__init__.py": ""})
    return project, (*START, "--path", "apps")


def _custom_user(root: Path) -> tuple[TestProject, tuple[str, ...]]:
    project = make_project(root)
    settings = SETTINGS.replace('"django_layers",', '"django_layers",\n    "accounts",')
    project.write({"config/settings.py": settings + 'AUTH_USER_MODEL = "accounts.User"\n'})
    project.write({"accounts/__init__.py": "", "accounts/models.py": USER})
    return project, START


SHAPES: dict[str, Callable[[Path], tuple[TestProject, tuple[str, ...]]]] = {
    "packages": _packages,
    "CRLF": _crlf,
    "single modules": _modules,
    "split settings": _split_settings,
    "sub-package": _sub_package,
    "custom user": _custom_user,
}
"""Makes a project of a shape, and says how its app is started."""
