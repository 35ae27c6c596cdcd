"""`manage.py startlayer`, run as a user runs it."""

import json

import pytest

from tests.scaffold.projects import SETTINGS, TestProject, make_project

NAMES = [
    ("my-app", None),
    ("class", None),
    ("auth", None),
    ("config", None),
    ("json", None),
    ("helpers", None),
    ("recipes", "../x"),
    ("recipes", "no-package"),
    ("apps.recipes", "apps"),
]
REFUSE = f"""
import json
from django_layers.scaffold.errors import ScaffoldError
from django_layers.scaffold.project.discovery import discover_project
from django_layers.scaffold.planning.startlayer import plan_startlayer

project, said = discover_project(), {{}}
for name, path in {NAMES}:
    try:
        plan_startlayer(project, name, path=path)
    except ScaffoldError as error:
        assert error.exit_code == 2
        said[f"{{name}}@{{path}}"] = str(error)
print(json.dumps(said))
"""

INSTALLED = SETTINGS.replace('"django_layers",', '"django_layers",\n    "recipes",')
MODEL = "from django.db import models\n\n\nclass Old(models.Model):\n    pass\n"


def actions(out: str) -> dict[str, str]:
    """What a run says of each file."""
    lines = out.partition("\n\n")[0].splitlines()
    return {path: action for action, path in (line.split() for line in lines)}


def test_a_new_app_is_wired_and_a_second_run_changes_nothing(bare: TestProject) -> None:
    first = bare.manage("startlayer", "recipes")
    tree = bare.tree()
    second = bare.manage("startlayer", "recipes")

    assert (first.code, second.code) == (0, 0)
    assert actions(first.out)["config/settings.py"] == "edit"
    assert actions(first.out)["recipes/api/__init__.py"] == "create"
    assert '    "django_layers",\n    "ninja",\n    "recipes",\n]' in tree["config/settings.py"].decode()
    assert 'path("api/", api.urls)' in tree["config/urls.py"].decode()
    assert 'api.add_router("", recipes_router)' in tree["config/api.py"].decode()
    assert set(actions(second.out).values()) == {"identical"}
    assert actions(second.out).keys() == actions(first.out).keys()
    assert bare.tree() == tree


def test_what_would_be_done_is_shown_without_doing_it(bare: TestProject) -> None:
    tree = bare.tree()

    dry = bare.manage("startlayer", "recipes", "--dry-run", "--diff")
    check = bare.manage("startlayer", "recipes", "--check", "--json")

    assert dry.code == 0
    assert "+++ b/recipes/apps.py\n" in dry.out
    assert check.code == 1
    assert json.loads(check.out)["changed"] is True
    assert "CommandError: The project is not as this command would leave it." in check.err
    assert bare.tree() == tree


def test_the_stubs_of_startapp_are_replaced_and_its_files_kept(bare: TestProject) -> None:
    assert bare.manage("startapp", "recipes").code == 0
    bare.write({"recipes/admin.py": "from django.contrib import admin\n\nTOUCHED = True\n"})
    apps = bare.tree()["recipes/apps.py"]

    ran = bare.manage("startlayer", "recipes")

    assert ran.code == 0, ran.err
    assert {path for path, action in actions(ran.out).items() if action == "delete"} == {
        "recipes/models.py",
        "recipes/tests.py",
        "recipes/views.py",
    }
    assert bare.tree()["recipes/apps.py"] == apps
    assert bare.tree()["recipes/admin.py"].endswith(b"TOUCHED = True\n")


def test_a_layer_that_is_a_module_stays_one(bare: TestProject) -> None:
    bare.write({"config/settings.py": INSTALLED, "recipes/__init__.py": "", "recipes/models.py": MODEL})
    bare.write({"recipes/tests.py": "def test_old() -> None: ...\n"})

    ran = bare.manage("startlayer", "recipes")

    assert ran.code == 0, ran.err
    assert not (bare.root / "recipes" / "models").exists()
    assert bare.tree()["recipes/models.py"].decode() == MODEL
    assert (bare.root / "recipes" / "test_layers" / "memory.py").exists()


def test_a_split_turns_modules_into_packages(bare: TestProject) -> None:
    bare.write({"config/settings.py": INSTALLED, "recipes/__init__.py": "", "recipes/kinds.py": "A = 1\n"})
    bare.write({"recipes/models.py": "from .kinds import A\n" + MODEL})

    ran = bare.manage("startlayer", "recipes", "--split")

    assert ran.code == 0, ran.err
    assert actions(ran.out)["recipes/models.py"] == "delete"
    assert bare.tree()["recipes/models/__init__.py"].decode().startswith("from ..kinds import A\n")
    assert bare.manage("check").code == 0


def test_an_app_may_go_into_a_sub_package(bare: TestProject) -> None:
    bare.write({"apps/__init__.py": ""})

    ran = bare.manage("startlayer", "recipes", "--path", "apps")

    assert ran.code == 0, ran.err
    assert '"apps.recipes",' in bare.tree()["config/settings.py"].decode()
    assert "from apps.recipes.api import router" in bare.tree()["config/api.py"].decode()
    assert bare.manage("check").code == 0


def test_settings_that_can_not_be_edited_are_left_to_the_reader(bare: TestProject) -> None:
    head, _, tail = SETTINGS.partition("INSTALLED_APPS = [")
    names, _, rest = tail.partition("]")
    listed = ",".join(name.strip().strip('"') for name in names.split(",") if name.strip())
    bare.write({"config/settings.py": f'{head}INSTALLED_APPS = "{listed}".split(","){rest}'})
    settings = bare.tree()["config/settings.py"]

    ran = bare.manage("startlayer", "recipes")

    assert ran.code == 0, ran.err
    assert actions(ran.out)["config/settings.py"] == "manual"
    assert "INSTALLED_APPS" in ran.out.partition("Paste:")[2]
    assert bare.tree()["config/settings.py"] == settings


def test_a_file_in_the_way_stops_the_run_before_the_first_write(bare: TestProject) -> None:
    bare.write({"config/actors.py": "ACTORS = ['Nicholson']\n"})
    tree = bare.tree()

    ran = bare.manage("startlayer", "recipes")

    assert ran.code == 1
    assert actions(ran.out)["config/actors.py"] == "conflict"
    assert "does not define Actor, UserId, actor_of" in ran.out
    assert bare.tree() == tree


@pytest.mark.parametrize(
    "source",
    [
        "from ninja import NinjaAPI\n\napi = NinjaAPI()\n",
        "import ninja\n\napi: ninja.NinjaAPI = ninja.NinjaAPI(title='Mine')\n",
    ],
)
def test_an_api_without_authentication_stops_the_run(bare: TestProject, source: str) -> None:
    bare.write({"config/api.py": source})
    tree = bare.tree()

    ran = bare.manage("startlayer", "recipes")

    assert ran.code == 1
    assert actions(ran.out)["config/api.py"] == "conflict"
    assert "LayersAPI(auth=SessionAuthentication())" in " ".join(ran.out.split())
    assert bare.tree() == tree


def test_an_api_of_the_project_s_own_is_used(bare: TestProject) -> None:
    source = "from django_layers.api import LayersAPI, SessionAuthentication\n\napi = LayersAPI(auth=SessionAuthentication())\n"
    bare.write({"config/api.py": source})

    ran = bare.manage("startlayer", "recipes")

    assert ran.code == 0, ran.out + ran.err
    assert actions(ran.out)["config/api.py"] == "edit"


@pytest.mark.parametrize(
    ("name", "path", "reason"),
    [
        ("my-app", None, "must be an identifier"),
        ("class", None, "no keyword"),
        ("auth", None, "not of this project"),
        ("config", None, "is the package of the project"),
        ("json", None, "a module json already"),
        ("helpers", None, "a module helpers already"),
        ("recipes", "../x", "leaves the project"),
        ("recipes", "no-package", "can't be imported"),
        ("apps.recipes", "apps", "not by both"),
    ],
)
def test_an_app_that_can_not_be_is_refused(refusals: dict[str, str], name: str, path: str | None, reason: str) -> None:
    assert reason in refusals[f"{name}@{path}"]


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said to each name and path, by both."""
    project = make_project(tmp_path_factory.mktemp("refusing"), {"helpers.py": ""})
    ran = project.django(REFUSE)
    assert ran.code == 0, ran.err
    said: dict[str, str] = json.loads(ran.out)
    return said


def test_a_refused_name_is_a_wrong_request(bare: TestProject) -> None:
    tree = bare.tree()

    ran = bare.manage("startlayer", "my-app")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("CommandError: 'my-app' can't be part of the name of a package")
    assert bare.tree() == tree


def test_tools_that_are_configured_already_are_not_configured_again(bare: TestProject) -> None:
    bare.write(
        {"pyproject.toml": "[tool.mypy]\nstrict = true\n", "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = x\n"}
    )

    ran = bare.manage("startlayer", "recipes")

    assert "mypy.ini" not in bare.tree()
    assert "pyproject.toml configures mypy already" in ran.out
    assert '"pydantic.mypy"' in ran.out
    assert bare.tree()["pytest.ini"] == b"[pytest]\nDJANGO_SETTINGS_MODULE = x\n"
    assert "pyproject.toml" not in actions(ran.out)
