"""A map holds the apps, entities, endpoints and queries of a project, and who uses whom."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from django_layers.__main__ import main
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

FILES = {
    "manage.py": "",
    "shop/__init__.py": "",
    "shop/models/__init__.py": "from shop.models.book import Book\n",
    "shop/models/book.py": "from django.db import models\n\n\nclass Book(models.Model):\n    title = models.TextField()\n"
    '    shelf = models.ForeignKey("depot.Shelf", on_delete=models.PROTECT)\n',
    "shop/schemas/book.py": "from pydantic import BaseModel\n\n\nclass BookRead(BaseModel):\n    title: str\n    shelf_id: int\n",
    "shop/repositories/orm/book.py": "from shop.models import Book\n\n\nclass DjangoBookRepository:\n"
    "    def count(self) -> int:\n        return Book.objects.filter(title='x').count()\n",
    "shop/services/book.py": "from shop.models import Book\n\n\ndef count() -> int:\n    return Book.objects.count()\n",
    "shop/api/book.py": "from ninja import Router\n\nrouter = Router()\n\n\n@router.get('/<script>')\ndef one(request) -> None:\n"
    "    return None\n",
    "depot/__init__.py": "",
    "depot/models.py": "from django.db import models\n\n\nclass Shelf(models.Model):\n    name = models.TextField()\n",
    "depot/services.py": "",
}


def drawn(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    build_tree(root, FILES)
    assert main(["map", str(root), "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_entities_have_their_fields_and_relations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = drawn(tmp_path, capsys)

    assert found["apps"] == ["depot", "shop"]
    assert [one["label"] for one in found["entities"]] == ["Shelf", "Book"]
    assert found["entities"][1]["fields"] == ["title", "shelf"]
    assert found["entities"][1]["relations"] == [{"field": "shelf", "target": "depot.models.Shelf", "is_many": False}]


def test_files_belong_to_the_entities_that_they_are_named_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {one["path"]: one for one in drawn(tmp_path, capsys)["files"]}

    assert {path for path, one in files.items() if one["entities"] == ["shop.models.book.Book"]} == {
        "shop/api/book.py",
        "shop/models/book.py",
        "shop/repositories/orm/book.py",
        "shop/schemas/book.py",
        "shop/services/book.py",
    }
    assert files["depot/models.py"]["entities"] == ["depot.models.Shelf"]


def test_endpoints_and_queries_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = drawn(tmp_path, capsys)

    assert found["endpoints"] == [
        {"file": "shop.api.book", "line": 7, "method": "GET", "path": "/<script>", "function": "one"}
    ]
    assert found["queries"] == [
        {
            "file": "shop.repositories.orm.book",
            "line": 5,
            "method": "DjangoBookRepository.count",
            "asks": ["Book.objects.filter(...).count()"],
        }
    ]


def test_a_use_that_breaks_a_rule_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = drawn(tmp_path, capsys)
    uses = {(one["source"], one["target"]): one["codes"] for one in found["uses"]}

    assert uses["shop.services.book", "shop.models.book"] == ["L101", "L402"]
    assert uses["shop.repositories.orm.book", "shop.models.book"] == []
    assert {one["code"] for one in found["wrong"]} == {"L101", "L402"}


def test_mermaid_draws_a_box_for_each_layer_and_red_where_a_rule_is_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_tree(tmp_path, FILES)
    assert main(["map", str(tmp_path), "--format", "mermaid"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines[0] == "flowchart TB"
    assert '    app_shop_models["models<br/>Book"]' in lines
    assert "  app_shop_services -->|L101 L402| app_shop_models" in lines
    assert any(line.startswith("  linkStyle ") for line in lines)


def test_the_page_is_one_file_that_names_no_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_tree(tmp_path, FILES)
    assert main(["map", str(tmp_path), "--output", str(tmp_path / "map.html")]) == 0
    page = (tmp_path / "map.html").read_text()

    assert "__DATA__" not in page
    assert page.replace("http://www.w3.org/2000/svg", "").count("http") == page.count("http-equiv")
    assert page.count("</script>") == 2
    assert "2 apps, 2 entities, 2 violations" in capsys.readouterr().err


def test_manage_py_draws_the_same(tmp_path: Path) -> None:
    build_tree(tmp_path, APP)
    out = StringIO()
    call_command("maplayers", str(tmp_path), "--format", "mermaid", stdout=out)

    assert out.getvalue().startswith("flowchart TB\n")


def test_nothing_to_draw_is_a_wrong_request(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("maplayers", str(tmp_path))

    assert caught.value.returncode == 2


def test_a_wrong_configuration_draws_no_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_tree(tmp_path, {**APP, "pyproject.toml": "[tool.django_layers]\nlevle = 1\n"})

    assert main(["map", str(tmp_path)]) == 2
    assert "L045" in capsys.readouterr().err
