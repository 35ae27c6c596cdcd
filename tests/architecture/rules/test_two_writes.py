"""What writes twice, and what only asks."""

from pathlib import Path

import pytest

from tests.architecture.trees import codes

REPOSITORY = """
from typing import Protocol


class BookRepository(Protocol):
    def {name}(self, *keys: int) -> None: ...
    def add(self, title: str) -> int: ...
"""
SERVICE = """
from shop.repositories import BookRepository


class BookService:
    def __init__(self, books: BookRepository) -> None:
        self._books = books

    def go(self, key: int, title: str) -> int:
        self._books.{name}(key)
        return self._books.add(title)
"""


def found(root: Path, name: str) -> list[str]:
    return codes(
        root, {"shop/repositories.py": REPOSITORY.format(name=name), "shop/services.py": SERVICE.format(name=name)}
    )


@pytest.mark.parametrize("name", ["require", "require_all", "check_version", "arequire", "validate"])
def test_a_method_that_raises_or_gives_nothing_back_only_asks(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, name) == []


@pytest.mark.parametrize("name", ["delete", "adelete", "shuffle", "mark_read"])
def test_a_method_that_gives_nothing_back_writes(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, name) == ["L411"]
