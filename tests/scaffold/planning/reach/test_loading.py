"""Loading a plan without what it can't reach."""

from pathlib import Path

import pytest

from django_layers.scaffold.planning.migration import check_loads
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.refusals import PlanDoesNotLoad
from tests.scaffold.planning.reach.projects import plan_of, project_of
from tests.scaffold.projects import SETTINGS, make_project

API = """
    from ninja import NinjaAPI

    from pantry.api import router as pantry_router
    from recipes.api import router as recipes_router

    api = NinjaAPI()
    api.add_router("/pantry", pantry_router)
    api.add_router("/recipes", recipes_router)
"""
FILES = {
    "config/settings.py": f'{SETTINGS}\nINSTALLED_APPS += ["recipes", "pantry"]\n',
    "config/urls.py": "from django.urls import path\nfrom config.api import api\nurlpatterns = [path('', api.urls)]\n",
    "config/api.py": API,
    "recipes/__init__.py": "",
    "recipes/schemas.py": "from pydantic import BaseModel\n\n\nclass Read(BaseModel):\n    stars: int\n",
    "recipes/api.py": "from ninja import Router\nfrom recipes.schemas import Read\nrouter = Router()\n",
    "pantry/__init__.py": "",
    "pantry/api.py": "from ninja import Router\nrouter = Router()\n",
}
WITHOUT_STARS = {"recipes/schemas.py": "from pydantic import BaseModel\n\n\nclass Read(BaseModel):\n    points: int\n"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Two apps with an API, on the import path of the processes that are tried."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    make_project(tmp_path)
    return project_of(tmp_path, FILES)


def test_an_app_that_imports_nothing_that_changes_is_not_loaded(project: Project) -> None:
    root = project.layout.root
    (root / "pantry/api.py").write_text("raise RuntimeError('it was loaded')\n")
    plan = plan_of(root, WITHOUT_STARS)

    check_loads(plan, project)

    with pytest.raises(PlanDoesNotLoad, match="it was loaded"):
        check_loads(plan)


def test_one_that_does_is_loaded_however_many_modules_lie_between(project: Project) -> None:
    root = project.layout.root
    (root / "pantry/services.py").write_text("from recipes.schemas import Read\nSTARS = Read.model_fields['stars']\n")
    (root / "pantry/api.py").write_text(
        "from ninja import Router\nfrom pantry import services\nrouter = Router()\nX = services.STARS\n"
    )

    with pytest.raises(PlanDoesNotLoad, match=r"KeyError: 'stars' \(.*pantry/services.py, line 2\)"):
        check_loads(plan_of(root, WITHOUT_STARS), project)


def test_one_that_reads_it_of_its_package_is_loaded(project: Project) -> None:
    root = project.layout.root
    (root / "pantry/api.py").write_text(
        "import recipes as r\nfrom ninja import Router\nrouter = Router()\nX = r.schemas.Read.model_fields['stars']\n"
    )
    (root / "recipes/__init__.py").write_text("from recipes import schemas\n")

    with pytest.raises(PlanDoesNotLoad, match=r"KeyError: 'stars' \(.*pantry/api.py, line 4\)"):
        check_loads(plan_of(root, WITHOUT_STARS), project)


def test_a_name_that_goes_is_missed_by_who_imports_it(project: Project) -> None:
    root = project.layout.root
    (root / "pantry/api.py").write_text(
        "from ninja import Router\nfrom recipes.schemas import Read\nrouter = Router()\n"
    )

    with pytest.raises(PlanDoesNotLoad, match=r"cannot import name 'Read'.*pantry/api.py, line 2"):
        check_loads(
            plan_of(root, {"recipes/schemas.py": "Write = 1\n", "recipes/api.py": FILES["pantry/api.py"]}), project
        )


def test_a_problem_that_comes_of_what_is_left_out_is_none(project: Project) -> None:
    root = project.layout.root
    # What is mounted is counted, which nothing of the plan changes.
    (root / "config/urls.py").write_text(
        f"{FILES['config/urls.py']}assert len(api._routers) == 3, [name for name, _ in api._routers]\n"
    )

    check_loads(plan_of(root, WITHOUT_STARS), project)


def test_a_relation_that_is_named_in_a_string_leads_to_what_changes(project: Project) -> None:
    root = project.layout.root
    (root / "recipes/models.py").write_text(
        "from django.db import models\n\n\nclass Recipe(models.Model):\n    title = models.TextField()\n"
    )
    (root / "pantry/api.py").write_text(
        "from ninja import Router\nfrom django.apps import apps\nrouter = Router()\n"
        "def field(path):\n"
        "    model = apps.get_model('recipes', 'Recipe')\n"
        "    return model._meta.get_field(path.removeprefix('permission__'))\n"
        "FIELD = field('permission__title')\n"
    )
    renamed = (root / "recipes/models.py").read_text().replace("title", "name")
    plan = plan_of(root, {"recipes/models.py": renamed})

    check_loads(plan, project)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "django_layers.scaffold.planning.reach.gathering.leading_to",
            lambda modules: {"permission"} if modules == {"recipes.models"} else set(),
        )
        with pytest.raises(PlanDoesNotLoad, match="Recipe has no field named 'title'"):
            check_loads(plan, project)
