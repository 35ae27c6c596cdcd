"""`migrate` after a plan is written: in the process that has tried the plan, where that can wait for it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import django
import pytest

from django_layers.scaffold.planning.migration import migration_changes
from django_layers.scaffold.planning.migrator import Migrator, migrating
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.refusals import MigrateFailed, PlanDoesNotLoad
from django_layers.scaffold.writing.apply import apply
from tests.scaffold.planning.reach.projects import plan_of, project_of
from tests.scaffold.planning.test_migration import MODEL, NEW_APP, OTHER_MODEL
from tests.scaffold.projects import SETTINGS, TestProject, make_project

# Every process that loads the models leaves a line.
COUNTING = f"{MODEL}\nwith open('loaded.txt', 'a') as file:\n    file.write('loaded\\n')\n"
WAITS = pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="no process is doubled here")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestProject:
    """A project with an app, on the import path of the processes that are started."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    monkeypatch.chdir(tmp_path)
    return make_project(tmp_path, {**NEW_APP, "recipes/models.py": ""})


@pytest.fixture
def migrator() -> Iterator[Migrator]:
    with migrating("config.settings") as made:
        yield made


def tried(project: TestProject, migrator: Migrator, model: str = COUNTING) -> Plan:
    """A plan that was tried, with its migration, and is written."""
    plan = plan_of(project.root, {"recipes/models.py": model})
    layout = project_of(project.root, {}, apps=("recipes",))
    made = migration_changes(plan, label="recipes", model="Recipe", project=layout, migrator=migrator)
    plan = Plan(root=plan.root, changes=(*plan.changes, *made))
    apply(plan)
    return plan


def loads(project: TestProject) -> int:
    """How many processes have loaded the models."""
    return len((project.root / "loaded.txt").read_text().splitlines())


def is_migrated(project: TestProject) -> bool:
    return "[X] 0001_initial" in project.manage("showmigrations", "recipes").out


@WAITS
def test_the_process_that_tried_a_plan_migrates_it_once_it_is_written(project: TestProject, migrator: Migrator) -> None:
    plan = tried(project, migrator)

    assert "Applying recipes.0001_initial" in migrator.migrate(plan)

    assert loads(project) == 1
    assert is_migrated(project)


def test_what_was_written_but_not_tried_is_loaded_anew(project: TestProject, migrator: Migrator) -> None:
    tried(project, migrator)
    other = plan_of(project.root, {"recipes/models.py": COUNTING + OTHER_MODEL})
    apply(other)

    assert "Applying recipes.0001_initial" in migrator.migrate(other)

    assert loads(project) == 2
    assert is_migrated(project)


NOT_DOUBLED = {
    "a thread": "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
    "a connection": "from django.db import connection\nconnection.ensure_connection()",
    "a module that is left out": "import config.api",
}


@pytest.mark.parametrize("ready", NOT_DOUBLED.values(), ids=NOT_DOUBLED)
def test_a_process_that_can_not_be_doubled_does_not_wait(project: TestProject, migrator: Migrator, ready: str) -> None:
    lines = ready.replace("\n", "\n        ")
    project.write(
        {
            "recipes/apps.py": "from django.apps import AppConfig\n\n\nclass RecipesConfig(AppConfig):\n"
            f"    name = 'recipes'\n\n    def ready(self):\n        {lines}\n",
            "recipes/services.py": "x = 1\n",
            "config/api.py": "from recipes.services import x\n",
        }
    )
    plan = tried(project, migrator)

    assert "Applying recipes.0001_initial" in migrator.migrate(plan)

    assert loads(project) == 2


@WAITS
def test_a_migration_imports_what_is_on_the_disk(project: TestProject, migrator: Migrator) -> None:
    project.write(
        {
            "config/settings.py": f'{SETTINGS}\nINSTALLED_APPS += ["recipes", "pantry"]\n',
            "config/urls.py": "import config.api\nurlpatterns = []\n",
            "config/api.py": "from pantry.services import x\n",
            "pantry/__init__.py": "",
            "pantry/services.py": "x = 1\n",
            "pantry/migrations/__init__.py": "",
            "pantry/migrations/0001_initial.py": (
                "from django.db import migrations\n\n\ndef say(apps, editor):\n    from config.api import x\n"
                "    print(f'{x=}')\n\n\nclass Migration(migrations.Migration):\n"
                "    operations = [migrations.RunPython(say)]\n"
            ),
        }
    )
    plan = plan_of(project.root, {"recipes/models.py": COUNTING})
    layout = project_of(project.root, {})
    made = migration_changes(plan, label="recipes", model="Recipe", project=layout, migrator=migrator)
    plan = Plan(root=plan.root, changes=(*plan.changes, *made))
    apply(plan)

    assert "x=1" in migrator.migrate(plan)
    assert loads(project) == 1


def test_a_project_that_says_a_lot_while_it_loads_holds_up_nobody(project: TestProject, migrator: Migrator) -> None:
    plan = tried(project, migrator, f"print('x' * 300_000)\n{COUNTING}")

    assert "Applying recipes.0001_initial" in migrator.migrate(plan)


@WAITS
def test_what_a_project_says_while_it_loads_is_not_what_migrate_says(project: TestProject, migrator: Migrator) -> None:
    plan = tried(project, migrator, f"print('while it loads')\n{COUNTING}")

    assert "while it loads" not in migrator.migrate(plan)


def test_where_nothing_was_tried_it_runs_in_a_new_process_with_the_settings_that_are_named(
    project: TestProject,
) -> None:
    other = "from config.settings import *\nDATABASES['default']['NAME'] = BASE_DIR / 'b.sqlite3'\n"
    project.write({"config/settings_b.py": other})

    output = Migrator("config.settings_b").migrate(plan_of(project.root, {}))

    assert "Applying auth.0001_initial" in output
    assert (project.root / "b.sqlite3").exists()


@pytest.mark.parametrize("waits", [True, False])
def test_one_that_fails_says_that_the_code_stays(project: TestProject, migrator: Migrator, waits: bool) -> None:
    project.write({"config/settings.py": NEW_APP["config/settings.py"].replace("db.sqlite3", "no/such/db.sqlite3")})
    plan = tried(project, migrator) if waits else plan_of(project.root, {})

    with pytest.raises(MigrateFailed, match=r"are written and stay.*unable to open database file"):
        migrator.migrate(plan)


def test_a_process_that_was_killed_meanwhile_is_a_failure(project: TestProject, migrator: Migrator) -> None:
    project.write({"recipes/migrations/0001_initial.py": "import os\nos._exit(7)\n"})

    with pytest.raises(MigrateFailed, match="status 7"):
        migrator.migrate(plan_of(project.root, {}))


def test_what_is_migrated_was_checked_before_so_only_its_tables_and_the_database_are(
    project: TestProject, migrator: Migrator
) -> None:
    project.write({"config/urls.py": "raise RuntimeError('the urls were loaded')\n"})

    assert "Applying auth.0001_initial" in migrator.migrate(plan_of(project.root, {}))

    project.write({"recipes/models.py": MODEL.replace("max_length=20", "max_length=0")})
    with pytest.raises(MigrateFailed, match=r"fields\.E121.*System check identified 1 issue"):
        migrator.migrate(plan_of(project.root, {}))


@WAITS
@pytest.mark.parametrize(("app", "stops"), [("recipes", True), ("pantry", False)])
def test_the_database_is_asked_about_the_models_of_apps_that_change(
    project: TestProject, migrator: Migrator, app: str, stops: bool
) -> None:
    refusing = (
        "\n    @classmethod\n    def check(cls, *, databases=None, **kwargs):\n        from django.core.checks import Error\n"
        "        return [Error('the database has no such thing')] if databases else []\n"
    )
    models = {"recipes": MODEL, "pantry": MODEL.replace("Recipe", "Jar")}
    models[app] += refusing
    project.write(
        {
            "config/settings.py": f'{SETTINGS}\nINSTALLED_APPS += ["recipes", "pantry"]\n',
            "pantry/__init__.py": "",
            "pantry/models.py": models["pantry"],
        }
    )
    if django.VERSION >= (6, 1):
        # Django asks the databases in each of its checks from there on, so the plan is refused before it is written.
        with pytest.raises(PlanDoesNotLoad, match="the database has no such thing"):
            tried(project, migrator, models["recipes"])
        return
    plan = tried(project, migrator, models["recipes"])

    if stops:
        with pytest.raises(MigrateFailed, match="the database has no such thing"):
            migrator.migrate(plan)
    else:
        assert "Applying recipes.0001_initial" in migrator.migrate(plan)
