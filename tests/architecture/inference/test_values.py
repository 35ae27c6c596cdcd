"""Values are known from annotations, and from bodies where nothing is annotated."""

from pathlib import Path

import pytest

from tests.architecture.trees import codes, violations

MODEL = "from shop.models import Book\n"


@pytest.mark.parametrize(
    "body",
    [
        "class S:\n    book: Book\n\n    def go(self) -> None:\n        self.book.save(1)\n",
        "class S:\n    def __init__(self, book: Book) -> None:\n        self._book = book\n\n"
        "    def go(self) -> None:\n        self._book.save(1)\n",
        "class S:\n    def _one(self):\n        return Book()\n\n    def go(self) -> None:\n        self._one().save(1)\n",
        "def go() -> None:\n    for book in list(_all()):\n        book.save(1)\n\n\ndef _all():\n    yield Book()\n",
        "def go() -> None:\n    (one := Book()).save(1)\n",
        "def go() -> None:\n    a, b = 1, Book()\n    b.save(1)\n",
        "def go(x: int) -> None:\n    a = Book() if x else None\n    a.save(1)\n",
        "def go(x: int) -> None:\n    if x:\n        a = Book()\n    else:\n        a = None\n    a.save(1)\n",
        "def go(x: int) -> None:\n    a = 1\n    if x:\n        pass\n    else:\n        a = Book()\n    a.save(1)\n",
        "from typing import TypeVar\n\nT = TypeVar('T', bound=Book)\n\n\ndef go(row: T) -> None:\n    row.save(1)\n",
        "def go() -> None:\n    def inner():\n        return Book()\n\n    inner().save(1)\n",
        "def go(books: 'list[Book]') -> None:\n    [book.save(1) for book in books]\n",
        "def go(books: dict[int, Book]) -> None:\n    books[0].save(1)\n",
        "def go() -> None:\n    a, b = 1, Book()\n    a, b = b, a\n    a.save(1)\n",
        "def go() -> None:\n    def inner():\n        yield Book()\n\n    for book in inner():\n        book.save(1)\n",
        "def go(xs: list) -> None:\n    a = Book()\n    for x in xs:\n        a = x(a)\n    a.save(1)\n",
        "def go(xs: list) -> None:\n    a = Book()\n    while xs:\n        a = None\n    a.save(1)\n",
        "def go(xs: list) -> None:\n    a = None\n    for x in xs:\n        if a:\n            a.save(1)\n        a = Book()\n",
    ],
)
def test_an_instance_is_followed(tmp_path: Path, body: str) -> None:
    assert "L404" in codes(tmp_path, {"shop/services.py": MODEL + "\n\n" + body})


@pytest.mark.parametrize(
    "body",
    [
        "class Other:\n    def save(self) -> None: ...\n\n\ndef go() -> None:\n    Other().save()\n",
        "from pathlib import Path\n\n\ndef go(path: Path) -> None:\n    path.save()\n",
        "def go(rows: list[str]) -> int:\n    return rows.count('x')\n",
        "def go(names: set[str]) -> None:\n    names.add('x')\n",
        "from shop.models import Book  # layers: ignore[L101] for this test\n\n\n"
        "def go() -> None:\n    a, b = 'x', Book\n    a, b = b, a\n    b.save()\n",
    ],
)
def test_what_is_known_to_be_something_else_is_left_alone(tmp_path: Path, body: str) -> None:
    assert codes(tmp_path, {"shop/services.py": body}) == []


@pytest.mark.parametrize("is_first", [True, False])
def test_two_classes_of_one_name_have_each_their_own_attributes(tmp_path: Path, is_first: bool) -> None:
    holding = "class S:\n    def __init__(self, book: Book) -> None:\n        self._book = book\n\n"
    going = "    def go(self) -> None:\n        self._book.save(1)\n\n\n"
    classes = [holding + going, "class S:\n" + going]
    source = MODEL + "\n\n" + "".join(classes if is_first else reversed(classes))

    found = [one for one in violations(tmp_path, {"shop/services.py": source}) if one.code == "L404"]

    assert [source.split("\n")[one.line - 5] for one in found if "instance of the model" in one.message] == [
        holding.split("\n")[1]
    ]
