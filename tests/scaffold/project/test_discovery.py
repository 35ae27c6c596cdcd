"""Where a project keeps things, found out in projects of many shapes."""

import json
from pathlib import Path

import pytest

from django_layers.scaffold.project.code_style import line_length, quote_character
from django_layers.scaffold.project.mounts import mounted_prefix
from tests.scaffold.projects import SETTINGS, TestProject, make_project

DISCOVER = """
import json
from dataclasses import asdict
from django_layers.scaffold.project.discovery import discover_project, new_app

def plain(value):
    return sorted(value) if isinstance(value, (set, frozenset)) else str(value)

project = discover_project()
found = asdict(project)
for argument in sys.argv[1:]:
    name, _, path = argument.partition("@")
    found[f"new {argument}"] = asdict(new_app(project, name, path=path or None))
print(json.dumps(found, default=plain))
"""

MODEL = "from django.db import models\n\n\nclass Recipe(models.Model):\n    pass\n"


def discover(project: TestProject, *new_apps: str) -> dict[str, dict[str, object]]:
    """Return what is found out about a project, as JSON data."""
    ran = project.django(DISCOVER, *new_apps)
    assert ran.code == 0, ran.err
    found: dict[str, dict[str, object]] = json.loads(ran.out)
    return found


def with_app(settings: str, app: str) -> str:
    """Return settings with one more app."""
    return settings.replace('"django_layers",', f'"django_layers",\n    "{app}",')


def test_an_ordinary_project(tmp_path: Path) -> None:
    found = discover(make_project(tmp_path / "mealgenie"))

    assert found["layout"] == {
        "root": str(tmp_path / "mealgenie"),
        "package": "config",
        "package_path": "config",
        "title": "Mealgenie",
        "api_prefix": "api/",
        "user_model": "auth.User",
        "user_module": "django.contrib.auth.models",
        "user_key": {"expression": "int", "module": ""},
        "line_length": 88,
        "quote": '"',
        "settings_module": "config.settings",
    }
    assert found["settings_file"] == "config/settings.py"
    assert found["urls_file"] == "config/urls.py"
    assert found["sources"] == "."
    assert found["apps"] == []


def test_a_telling_package_gives_the_title(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    (tmp_path / "config").rename(tmp_path / "mealGenie")
    for file in tmp_path.rglob("*.py"):
        file.write_text(file.read_text().replace("config", "mealGenie"))
    project = TestProject(tmp_path, {"DJANGO_SETTINGS_MODULE": "mealGenie.settings"})

    assert discover(project)["layout"]["title"] == "MealGenie"


def test_split_settings_lead_to_the_file_with_the_list(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"config/settings/__init__.py": "", "config/settings/base.py": SETTINGS})
    project.write({"config/settings/local.py": "from .base import *\n\nDEBUG = True\n"})
    (tmp_path / "config" / "settings.py").unlink()
    project = TestProject(tmp_path, {"DJANGO_SETTINGS_MODULE": "config.settings.local"})

    found = discover(project)

    assert found["settings_file"] == "config/settings/base.py"
    assert found["layout"]["settings_module"] == "config.settings.local"


def test_settings_without_a_list_are_named_themselves(tmp_path: Path) -> None:
    settings = SETTINGS.replace("INSTALLED_APPS = [", "globals()['INSTALLED' + '_APPS'] = [")

    assert discover(make_project(tmp_path, {"config/settings.py": settings}))["settings_file"] == "config/settings.py"


def test_a_custom_user_model_with_uuid_keys(tmp_path: Path) -> None:
    user = """
        import uuid
        from django.contrib.auth.models import AbstractUser
        from django.db import models


        class Member(AbstractUser):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        """
    settings = with_app(SETTINGS, "people") + '\nAUTH_USER_MODEL = "people.Member"\n'
    project = make_project(
        tmp_path, {"config/settings.py": settings, "people/__init__.py": "", "people/models.py": user}
    )

    layout = discover(project)["layout"]

    assert layout["user_model"] == "people.Member"
    assert layout["user_module"] == "people.models"
    assert layout["user_key"] == {"expression": "UUID", "module": "uuid"}


def test_sources_below_a_folder_of_their_own(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    (tmp_path / "src").mkdir()
    (tmp_path / "config").rename(tmp_path / "src" / "config")
    project = TestProject(tmp_path, {"PYTHONPATH": f"{tmp_path / 'src'}:{Path(__file__).parents[3]}"})

    found = discover(project, "recipes", "apps.recipes", "recipes@src/apps")

    assert found["layout"]["package_path"] == "src/config"
    assert found["sources"] == "src"
    assert (found["new recipes"]["path"], found["new recipes"]["package"]) == ("src/recipes", "recipes")
    for dotted in ("new apps.recipes", "new recipes@src/apps"):
        assert (found[dotted]["path"], found[dotted]["package"]) == ("src/apps/recipes", "apps.recipes")


def test_layers_that_are_modules_stay_modules_and_stubs_count_as_nothing(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert project.manage("startapp", "recipes").code == 0
    project.write({"config/settings.py": with_app(SETTINGS, "recipes"), "recipes/schemas.py": "X = 1\n"})

    (app,) = discover(project)["apps"]

    assert app == {
        "label": "recipes",
        "package": "recipes",
        "path": "recipes",
        "single_modules": ["schemas"],
        "tests": "tests",
    }


def test_models_and_tests_with_content_are_kept_as_modules(tmp_path: Path) -> None:
    files = {"recipes/__init__.py": "", "recipes/models.py": MODEL, "recipes/tests.py": "def test(): ...\n"}
    project = make_project(tmp_path, {"config/settings.py": with_app(SETTINGS, "recipes"), **files})

    (app,) = discover(project)["apps"]

    assert app["single_modules"] == ["models"]
    assert app["tests"] == "test_layers"


def test_apps_from_elsewhere_are_not_the_projects_own(tmp_path: Path) -> None:
    library = tmp_path / ".venv" / "lib" / "site-packages"
    project = make_project(tmp_path, {"config/settings.py": with_app(SETTINGS, "shipped")})
    project.write({".venv/lib/site-packages/shipped/__init__.py": ""})
    project = TestProject(tmp_path, {"PYTHONPATH": f"{library}:{Path(__file__).parents[3]}"})

    found = discover(project)

    assert found["apps"] == []
    assert found["installed"]["shipped"] == "shipped"


@pytest.mark.parametrize(
    ("file", "text", "length"),
    [
        ("ruff.toml", "line-length = 100\n", 100),
        ("pyproject.toml", "[tool.ruff]\nline-length = 79\n", 79),
        ("pyproject.toml", "[tool.black]\nline-length = 120\n", 120),
        ("pyproject.toml", "[project]\nname = 'x'\n", 88),
        ("ruff.toml", "line-length = [broken\n", 88),
    ],
)
def test_the_line_length_is_the_formatters(tmp_path: Path, file: str, text: str, length: int) -> None:
    (tmp_path / file).write_text(text)

    assert line_length(tmp_path) == length


def test_root_urls_outside_of_a_package_are_refused(tmp_path: Path) -> None:
    settings = SETTINGS.replace("config.urls", "urls")
    project = make_project(tmp_path, {"config/settings.py": settings, "urls.py": "urlpatterns = []\n"})

    ran = project.django(DISCOVER)

    assert "ROOT_URLCONF is 'urls', but django-layers needs a module in a package" in ran.err


@pytest.mark.parametrize("argument", ["recipes@..", "recipes@../elsewhere", "a.recipes@apps", "recipes@my-apps"])
def test_places_where_no_app_can_be_are_refused(tmp_path: Path, argument: str) -> None:
    ran = make_project(tmp_path).django(DISCOVER, argument)

    assert ran.code != 0
    assert "InvalidRequest" in ran.err or "NotImportable" in ran.err


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ("from config.api import api\nurlpatterns = [path('v1/', api.urls)]\n", "v1/"),
        ("from .api import api as root\nurlpatterns = [re_path(r'^rest/', root.urls)]\n", "rest/"),
        ("from config import api\nurlpatterns = [path('x/', api.api.urls)]\n", "x/"),
        ("import config.api\nurlpatterns = [path('y/', config.api.api.urls)]\n", "y/"),
        ("from other.api import api\nurlpatterns = [path('v1/', api.urls)]\n", None),
        ("urlpatterns = []\n", None),
        ("not python\n", None),
    ],
)
def test_the_prefix_of_a_mounted_api_is_read_from_the_urls(urls: str, expected: str | None) -> None:
    assert mounted_prefix(urls.encode(), api_module="config.api", package="config") == expected


@pytest.mark.parametrize(
    ("files", "quote"),
    [
        ({}, '"'),
        ({"ruff.toml": "line-length = 79\n"}, '"'),
        ({"ruff.toml": '[format]\nquote-style = "single"\n'}, "'"),
        ({"ruff.toml": '[format]\nquote-style = "preserve"\n'}, '"'),
        ({"pyproject.toml": '[tool.ruff.format]\nquote-style = "single"\n'}, "'"),
        ({"pyproject.toml": '[tool.black]\n\n[tool.ruff.format]\nquote-style = "single"\n'}, '"'),
        ({"ruff.toml": "", "pyproject.toml": '[tool.ruff.format]\nquote-style = "single"\n'}, '"'),
    ],
)
def test_the_quote_is_the_formatters(tmp_path: Path, files: dict[str, str], quote: str) -> None:
    (tmp_path / "ruff.toml").write_text("")
    project = tmp_path / "project"
    project.mkdir()
    for file, text in files.items():
        (project / file).write_text(text)
    assert quote_character(project) == quote
