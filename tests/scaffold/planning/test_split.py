"""Turning a module into a package."""

from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.split import deepened, split_module
from django_layers.scaffold.plans.plan import Action

MODULE = PurePosixPath("recipes/models.py")
PACKAGE = PurePosixPath("recipes/models/__init__.py")


def test_relative_imports_get_one_dot_more_and_nothing_else_changes() -> None:
    before = (
        b"from . import a  # here\r\nfrom .b import (\r\n    c,\r\n)\r\nfrom ..d import e\r\nimport os\r\nf = 1.5\r\n"
    )
    after = b"from .. import a  # here\r\nfrom ..b import (\r\n    c,\r\n)\r\nfrom ...d import e\r\nimport os\r\nf = 1.5\r\n"

    assert deepened(before) == after


def test_imports_inside_functions_count_too() -> None:
    assert deepened(b"def f():\n    from .x import y\n") == b"def f():\n    from ..x import y\n"


def test_a_module_that_says_where_it_is_is_refused() -> None:
    with pytest.raises(CannotEdit, match="line 2 reads __file__"):
        deepened(b"import os\nHERE = os.path.dirname(__file__)\n")


def test_the_move_is_a_new_file_and_then_a_deletion(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    (tmp_path / MODULE).write_bytes(b"from .types import X\n")
    draft = Draft(tmp_path)

    split_module(draft, MODULE, PACKAGE, rank=3)

    assert [(change.action, change.path, change.after) for change in draft.plan().writes] == [
        (Action.CREATE, PACKAGE, b"from ..types import X\n"),
        (Action.DELETE, MODULE, None),
    ]


def test_a_module_that_can_not_be_moved_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    (tmp_path / MODULE).write_bytes(b"print(__file__)\n")
    draft = Draft(tmp_path)

    split_module(draft, MODULE, PACKAGE, rank=3)

    assert [change.path for change in draft.plan().conflicts] == [MODULE]
