"""`--context` says of a file, there or not, which layer it is in and what belongs where."""

import json
from pathlib import Path

import pytest

from django_layers.__main__ import main
from django_layers.architecture.context import context_of
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    build_tree(tmp_path, {**APP, "manage.py": "", "shop/repositories/__init__.py": "", "blog/models.py": ""})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "part", "own"),
    [
        ("shop/services.py", "services", ("types", "schemas", "repositories", "gateways", "services")),
        ("shop/models.py", "models", ("types", "models")),
        ("shop/repositories/orm/book.py", "repositories.orm", ("types", "models", "schemas", "repositories")),
        ("shop/views.py", "views", ("types", "schemas", "services", "dependencies")),
        ("blog/../shop/services.py", "services", ("types", "schemas")),
        ("shop/api/__init__.py", "api", ("types", "schemas", "dependencies", "api")),
    ],
)
def test_a_file_is_placed_whether_it_is_there_or_not(project: Path, path: str, part: str, own: tuple[str, ...]) -> None:
    context = context_of(Path(path))

    assert (context.place.app, context.place.part) == ("shop", part)
    assert set(own) <= set(context.may_import)
    assert "models" not in context.of_other_apps


def test_json_says_where_things_belong(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--context", "shop/services.py", "--format", "json"]) == 0

    data = json.loads(capsys.readouterr().out)
    homes = {one["layer"]: one["path"] for one in data["homes"]}
    assert (data["version"], data["app"], data["layer"]) == (1, "shop", "services")
    assert homes["models"] == "shop/models.py"
    assert homes["repositories"] == "shop/repositories"
    assert homes["repositories.orm"] == "shop/repositories/orm"


def test_text_says_the_same(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--context", "shop/api.py"]) == 0

    out = capsys.readouterr().out
    assert "shop/api.py is of api in shop." in out
    assert "every query of an entity: shop/repositories/orm" in out


def test_a_file_of_no_layered_app_is_said_to_be(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--context", "blog/models.py"]) == 0
    assert capsys.readouterr().out == "blog/models.py is in no layered app; there are: shop.\n"


def test_other_names_of_layers_are_known(project: Path) -> None:
    build_tree(project, {"pyproject.toml": '[tool.django_layers]\nlayers.services = ["use_cases"]\n'})

    assert context_of(Path("shop/use_cases/book.py")).place.part == "services"
