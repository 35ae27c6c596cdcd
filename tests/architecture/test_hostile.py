"""Whatever a file holds, the checker says where it is and what is wrong, and never fails itself."""

from pathlib import Path

import pytest

from django_layers.architecture.checking import check
from tests.architecture.trees import APP, codes, violations
from tests.scaffold.trees import build_tree

CROSSING = "from shop.models import Book\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"def broken(:\n", "L001"),
        (b"x = 1\nclass\n", "L001"),
        (b"x = 1\n\0\n", "L002"),
        (b"name = '\xff\xfe'\n", "L002"),
        (b"# coding: no-such-encoding\n", "L002"),
        (b"x = " + b"(" * 10_000 + b")" * 10_000 + b"\n", "L003"),
        (b"x = " + b"-" * 10_000 + b"1\n", "L003"),
        (b"x = y" + b".z" * 10_000 + b"\n", "L003"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_of_its_own(tmp_path: Path, content: bytes, code: str) -> None:
    found = violations(tmp_path, {"shop/services.py": content})

    assert [(one.code, one.path.name, one.severity) for one in found] == [(code, "services.py", "error")]


def test_a_broken_file_is_located(tmp_path: Path) -> None:
    [one] = violations(tmp_path, {"shop/services.py": "x = 1\ndef broken(:\n"})

    assert (one.line, one.column) == (2, 12)


def test_null_bytes_are_located(tmp_path: Path) -> None:
    [one] = violations(tmp_path, {"shop/services.py": "x = 1\ny = '\0'\n"})

    assert one.line == 2


def test_other_files_are_checked_although_one_is_broken(tmp_path: Path) -> None:
    assert codes(tmp_path, {"shop/api.py": "def (", "shop/services.py": CROSSING}) == ["L001", "L101"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    build_tree(tmp_path, {**APP, "shop/services.py": CROSSING})
    (tmp_path / "shop" / "again").symlink_to(tmp_path)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")

    assert [one.code for one in check([tmp_path]).violations] == ["L101"]


def test_a_link_to_nowhere_is_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    build_tree(tmp_path, APP)
    (tmp_path / "shop" / "api.py").symlink_to(tmp_path / "gone.py")

    assert [one.code for one in check([tmp_path]).violations] == ["L002"]


def test_imports_in_a_circle_end(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "shop/one.py": "from shop.two import thing\nfrom shop.two import *\n",
        "shop/two.py": "from shop.one import thing\nfrom shop.one import *\n",
        "shop/services.py": "from shop.one import thing, other\nthing.objects.all()\n",
    }

    assert codes(tmp_path, files) == ["L004", "L403", "L004"]


def test_classes_that_derive_from_themselves_end(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "shop/services.py": "class A(B):\n    pass\n\n\nclass B(A):\n    def go(self):\n        return self.x.y()\n"
    }

    assert codes(tmp_path, files) == []


def test_functions_that_call_each_other_end(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "shop/services.py": "def a():\n    return b()\n\n\ndef b():\n    return a()\n\n\nx = y = x\n"
    }

    assert codes(tmp_path, files) == []


def test_columns_count_characters_and_not_bytes(tmp_path: Path) -> None:
    text = 'from shop.models import Book\n\n\ndef größe():\n    return "äöü", Book.objects.count()\n'
    found = violations(tmp_path, {"shop/services.py": text})

    assert [(one.code, one.column, one.symbol) for one in found] == [
        ("L101", 25, "shop.services"),
        ("L402", 19, "größe"),
    ]


def test_a_large_file_is_checked(tmp_path: Path) -> None:
    text = CROSSING + "".join(f"NAMES_{number} = ({'x' * 2000!r}, {number})\n" for number in range(500))

    assert len(text) > 1_000_000
    assert codes(tmp_path, {"shop/services.py": text}) == ["L101"]


def test_a_long_chain_of_functions_ends(tmp_path: Path) -> None:
    text = CROSSING + "".join(f"\n\ndef f{number}(x):\n    return f{number + 1}(x)\n" for number in range(2_000))

    assert codes(tmp_path, {"shop/services.py": text}) == ["L101"]


def test_names_that_stand_for_each_other_end(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "shop/models.py": "from django.db import models\n\nA = B\nB = A\n\n\nclass Book(models.Model):\n"
        "    kind = models.CharField(choices=A)\n",
        "shop/schemas.py": "from typing import Optional\n\nfrom pydantic import BaseModel\n\nX = Y\nY = X\nZ = Optional['Z']\n\n\n"
        "class BookCreate(BaseModel):\n    kind: X\n    other: Z\n",
    }

    assert codes(tmp_path, files) == []


def test_a_function_that_asks_thousands_of_times_is_checked(tmp_path: Path) -> None:
    text = CROSSING + "\n\ndef f():\n" + "".join(f"    Book.objects.filter(a={number})\n" for number in range(2_000))

    assert codes(tmp_path, {"shop/services.py": text}).count("L402") == 2_000
