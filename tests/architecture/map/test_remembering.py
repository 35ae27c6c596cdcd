"""A map is drawn once, as long as every file holds what it held."""

from pathlib import Path

import pytest

from django_layers.__main__ import main
from tests.architecture.trees import APP
from tests.scaffold.trees import build_tree

CROSSING = "from shop.models import Book\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build_tree(tmp_path, {**APP, "manage.py": ""})
    return tmp_path


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that a map is drawn from."""
    from django_layers.architecture.map import surveying

    read: list[str] = []
    read_source = surveying.read_source

    def note(source, texts):  # type: ignore[no-untyped-def]
        read.append(source.path.name)
        return read_source(source, texts)

    monkeypatch.setattr(surveying, "read_source", note)
    return read


def text(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """Return the map of a project as JSON."""
    assert main(["map", str(root), "--format", "json", *options]) == 0
    return capsys.readouterr().out


def test_the_same_files_are_drawn_once(root: Path, drawn: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    first = text(root, capsys)
    assert drawn
    drawn.clear()

    assert text(root, capsys) == first
    assert drawn == []


def test_a_change_is_drawn(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "L101" not in text(root, capsys)

    (root / "shop" / "services.py").write_text(CROSSING)

    assert "L101" in text(root, capsys)


def test_a_new_file_is_drawn(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text(root, capsys)

    (root / "shop" / "api.py").write_text("")

    assert "shop/api.py" in text(root, capsys)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}'])
def test_a_damaged_map_is_drawn_anew(root: Path, capsys: pytest.CaptureFixture[str], damage: bytes) -> None:
    first = text(root, capsys)
    [kept] = (root / ".layers-cache").glob("*.map.json")

    kept.write_bytes(damage)

    assert text(root, capsys) == first


def test_nothing_is_kept_without_a_cache(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text(root, capsys, "--no-cache")

    assert not (root / ".layers-cache").exists()


def test_a_suppression_that_runs_out_is_drawn(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    from django_layers.architecture import checking

    (root / "shop" / "services.py").write_text(
        "from shop.models import Book  # layers: ignore[L101] until=2030-01-31 reports\n"
    )
    assert "L023" not in text(root, capsys)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "datetime":
            return datetime(2031, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(checking, "datetime", Later)

    assert "L023" in text(root, capsys)
