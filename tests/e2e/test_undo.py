"""A command and its undo leave a tree byte for byte as it was, whatever the project is like."""

from pathlib import Path

import pytest

from tests.e2e.undoing import SHAPES, undone
from tests.scaffold.trees import snapshot


def there_and_back(shape: str, root: Path, count: int) -> None:
    project, start = SHAPES[shape](root)
    before = snapshot(root)
    started = project.manage(*start)
    assert started.code == 0, started.err
    layered = snapshot(root)

    undone(project, count)
    assert snapshot(root) == layered
    ran = project.manage("removelayer", "recipes")

    assert ran.code == 0, ran.err
    assert snapshot(root) == before


@pytest.mark.parametrize(("shape", "count"), [("single modules", 3), ("sub-package", 1)])
def test_a_few_entities_leave_no_byte_behind(shape: str, count: int, tmp_path: Path) -> None:
    there_and_back(shape, tmp_path / "project", count)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_five_entities_leave_no_byte_behind(shape: str, tmp_path: Path) -> None:
    there_and_back(shape, tmp_path / "project", 5)


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["packages", "single modules"])
def test_twenty_entities_leave_no_byte_behind(shape: str, tmp_path: Path) -> None:
    there_and_back(shape, tmp_path / "project", 20)
