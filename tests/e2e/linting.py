"""A project with every kind of generated file, and what is asked of it after a tool has rewritten what it could."""

from pathlib import Path, PurePosixPath

import django_layers.scaffold.planning.changeentity as changing
import django_layers.scaffold.planning.undo.removeentity as removing
import django_layers.scaffold.planning.undo.removelayer as unlayering
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.undo.parts import parts_of
from django_layers.scaffold.plans.ledger import FileKind, LedgerFile
from django_layers.scaffold.plans.ledger_reading import ledger_specs, read_ledger
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.plans.start import read_start
from django_layers.scaffold.project.discovery import discover_project
from django_layers.scaffold.request.entity_change import ChangeArguments
from django_layers.scaffold.writing.apply import apply
from tests.scaffold.projects import SETTINGS, TestProject, make_project

__all__ = ["RUFF", "add_a_field_everywhere", "edited", "rich_project", "take_everything_out"]

APPS = ("recipes", "pantry")
LAYERS = ("models", "schemas", "services", "repositories", "api")
RUFF = ("check", "--fix", "--unsafe-fixes", "--select", "ALL", "--exit-zero", "--no-cache", "--quiet")
ENTITIES = """
[[entities]]
name = "Jar"
app = "pantry"
fields = ["label:str=20", "shelf:fk=pantry.Shelf", "height:decimal=5,1:optional"]

[[entities]]
name = "Shelf"
app = "pantry"
fields = ["label:str=20:unique", "recipe:fk=recipes.Recipe:optional:embed=id,title", "size:choice=small,big",
  "owner:owner=shared"]
operations = [{ name = "tidy_up", input = ["label", "note:text:optional"] }]

[[entities]]
name = "Tag"
app = "recipes"
fields = ["label:str=30:unique"]
write = "users"

[[entities]]
name = "Notice"
app = "recipes"
fields = ["text:text"]
public = "all"
async = true
operations = [{ name = "tidy", on = "all" }]
timestamps = false

[[entities]]
name = "Memo"
app = "recipes"
fields = ["text:text", "user:owner", "cover:image:optional"]
versioned = true
async = true
operations = [
  { name = "file_away" },
  { name = "rewrite", on = "all", input = ["text", "why:choice=typo,new"], returns = "none" },
]

[[entities]]
name = "Gadget"
app = "recipes"
plural = "gadgetry"
fields = ["code:str=12:unique", "title:str=200:index:filter", "note:text:optional", "hint:text:null",
  "amount:int:default=3:min=1:max=10", "total:bigint:sort", "rank:smallint:filter", "ratio:float:min=0:max=1",
  "price:decimal=8,2:default=9.90:min=0", "live:bool:default=true", "day:date:filter", "seen_at:datetime:sort",
  "opens:time:default=09:00", "lasts:duration:optional", "token:uuid:unique", "mail:email:optional", "site:url:null",
  "handle:slug:index", "address:ip:optional", "extra:json:optional", "manual:file", "photo:image",
  "kind:choice=plain,odd:default=plain:help=see: the manual", "recipe:fk=recipes.Recipe:cascade:embed=id,title",
  "twin:o2o=recipes.Recipe:optional:related=counterpart", "tags:m2m=recipes.Tag",
  "parent:fk=self:optional:related=children", "editor:fk=auth.User:optional:restrict", "score:int:default=0:readonly",
  "secret:str=50:writeonly", "keeper:owner"]
pk = "uuid"
unique = [["recipe", "kind"]]
indexes = ["amount,day:desc"]
order = "day:desc,code"
versioned = true

[[entities]]
name = "Recipe"
app = "recipes"
fields = ["title:str=200", "minutes:int:optional:min=0", "author:owner=shared"]
"""


def rich_project(root: Path) -> TestProject:
    """Make a project with an app of packages and one of single modules, and entities of every sort in them."""
    settings = SETTINGS.replace('"django_layers",', '"django_layers",\n    "pantry",')
    modules = {f"pantry/{layer}.py": f'"""The {layer} of pantry."""\n' for layer in LAYERS}
    files = {"config/settings.py": settings, "pantry/__init__.py": "", "pantry/migrations/__init__.py": ""}
    project = make_project(root, {**files, **modules, "entities.toml": ENTITIES})
    for command in (("startlayer", "recipes"), ("startlayer", "pantry"), ("addentity", "--from-spec", "entities.toml")):
        ran = project.manage(*command)
        assert ran.code == 0, ran.err
    return project


def edited(root: Path) -> list[str]:
    """Return what counts as edited by hand of all that was generated, in a loaded project."""
    project = discover_project()
    parts = []
    for label in APPS:
        app = project.app(label)
        assert app is not None
        for spec in ledger_specs(root, app.path):
            ledger = read_ledger(root, app.path, from_data(spec).name.lower())
            assert ledger is not None
            parts += parts_of(root, app, ledger.files)
        # The files that only startlayer writes; what entities add to the others goes with them.
        start, config = read_start(root, app.path), read_start(root, PurePosixPath("config"))
        assert start is not None
        assert config is not None
        own = ("apps.py", "tests/actors.py", "config/actors.py")
        created = {**start.created, **config.created}
        files = [LedgerFile(path=path, kind=FileKind.WHOLE, text=created[path]) for path in created]
        parts += parts_of(root, app, [file for file in files if str(file.path).endswith(own)])
    assert len(parts) > 80
    return [part.place for part in parts if part.is_edited]


def add_a_field_everywhere(root: Path) -> None:
    """Plan a field more for every entity: nothing may stand in its way."""
    # Loading the project takes longer than all the rest, and tests of its own are about it.
    changing.loadable = lambda plan, *_, **__: plan  # type: ignore[assignment]
    for label, name in _entities(root):
        change = ChangeArguments(add=("added:int:default=0",))
        plan = changing.plan_changeentity(
            discover_project(), f"{label}.{name}", change, app_label=None, decisions=Decisions(), leave_references=True
        )
        assert not plan.conflicts, (name, [(each.path, each.reason) for each in plan.conflicts])


def take_everything_out(root: Path) -> list[str]:
    """Take out all entities and the layers of both apps, and return what is left of them."""
    # The process goes on knowing the models that are gone.
    removing.referrers = lambda *_: []  # type: ignore[assignment]
    removing.check_loads = unlayering.check_loads = lambda *_: None  # type: ignore[assignment]
    for label, name in _entities(root):
        _carry_out(removing.plan_removeentity(discover_project(), name, app_label=label))
    for label in APPS:
        _carry_out(unlayering.plan_removelayer(discover_project(), label))
    folders = [root / label for label in (*APPS, "config")]
    left = (path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted(path.relative_to(root).as_posix() for path in left)


def _entities(root: Path) -> list[tuple[str, str]]:
    """The entities, what refers to others first."""
    order = ("Jar", "Shelf", "Gadget", "Memo", "Notice", "Recipe", "Tag")
    project = discover_project()
    apps = [app for label in APPS if (app := project.app(label)) is not None]
    found = [(app.label, from_data(spec).name) for app in apps for spec in ledger_specs(root, app.path)]
    return sorted(found, key=lambda each: order.index(each[1]))


def _carry_out(plan: Plan) -> None:
    assert not plan.conflicts, [(str(each.path), each.reason) for each in plan.conflicts]
    assert not plan.manual, [(str(each.path), each.reason) for each in plan.manual]
    apply(plan)
