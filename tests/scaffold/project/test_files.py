"""What somebody wrote is told from what tools keep beside it."""

import ntpath
from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.project import files
from django_layers.scaffold.project.files import is_written_folder, written_files
from tests.scaffold.trees import build_tree


def test_modules_and_templates_are_given_in_their_order(tmp_path: Path) -> None:
    build_tree(tmp_path, {"b.py": "", "a/page.html": "", "a/logo.svg": "", "README.md": "", "c/migrations/0001.py": ""})

    assert [*written_files(tmp_path)] == [PurePosixPath("b.py"), PurePosixPath("a/page.html")]


@pytest.mark.parametrize("name", [".git", "__pycache__", "node_modules", "migrations", "env"])
def test_what_tools_keep_was_written_by_nobody(tmp_path: Path, name: str) -> None:
    build_tree(tmp_path, {"env/pyvenv.cfg": "", f"{name}/module.py": ""})

    assert not is_written_folder(str(tmp_path / name))
    assert [*written_files(tmp_path)] == []


def test_a_hidden_folder_is_known_by_either_separator_where_both_are_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "basename", ntpath.basename)

    assert not is_written_folder("C:\\project/shop\\.cache")
    assert is_written_folder("C:\\project/shop\\services")
