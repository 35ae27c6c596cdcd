"""`--stdin-filename` checks what an editor holds in place of what the disk does."""

import io
import json
import sys
from pathlib import Path

import pytest

from django_layers.__main__ import main
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

CROSSING = b"from shop.models import Book\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    build_tree(tmp_path, {**APP, "manage.py": "", "shop/api.py": CROSSING})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str, content: bytes
) -> list[tuple[str, str]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    main(["check", "--stdin-filename", path, "--format", "json"])
    return [(one["path"], one["code"]) for one in json.loads(capsys.readouterr().out)["violations"]]


@pytest.mark.parametrize("path", ["shop/services.py", "shop/../shop/services.py", "shop/views.py"])
def test_only_what_the_editor_holds_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    assert found(monkeypatch, capsys, path, CROSSING) == [(path.replace("shop/../", ""), "L101")]
    assert found(monkeypatch, capsys, path, b"") == []


@pytest.mark.parametrize(
    ("content", "code"), [(b"def (", "L001"), (b"\xff", "L002"), (b"\0", "L002"), (b"(" * 5000, "L003")]
)
def test_what_cannot_be_read_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: bytes, code: str
) -> None:
    assert found(monkeypatch, capsys, "shop/services.py", content) == [("shop/services.py", code)]


@pytest.mark.parametrize("path", ["gone/services.py", "shop/data.txt", "shop"])
def test_a_path_that_no_module_can_have_is_a_wrong_request(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))

    assert main(["check", "--stdin-filename", path]) == 2
