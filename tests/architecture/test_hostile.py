"""Whatever a file holds, the checker says where it is and what is wrong, and never fails itself."""

import errno
import os
import time
from collections.abc import Callable
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


def test_a_link_to_an_app_does_not_take_its_place(tmp_path: Path) -> None:
    build_tree(tmp_path, {f"backend/{path}": text for path, text in APP.items()})
    build_tree(tmp_path, {"backend/shop/services.py": CROSSING, "backend/manage.py": ""})
    (tmp_path / "again").symlink_to(tmp_path / "backend" / "shop")

    report = check([tmp_path])

    assert report.apps == ("shop",)
    assert [(one.code, one.path) for one in report.violations] == [("L101", tmp_path / "backend/shop/services.py")]


def test_what_only_a_link_leads_to_is_checked(tmp_path: Path) -> None:
    build_tree(tmp_path, {f"elsewhere/{path}": text for path, text in {**APP, "shop/services.py": CROSSING}.items()})
    build_tree(tmp_path, {"project/manage.py": ""})
    (tmp_path / "project" / "shop").symlink_to(tmp_path / "elsewhere" / "shop")

    assert [one.code for one in check([tmp_path / "project"]).violations] == ["L101"]


def test_a_link_to_nowhere_is_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    build_tree(tmp_path, APP)
    (tmp_path / "shop" / "api.py").symlink_to(tmp_path / "gone.py")

    assert [one.code for one in check([tmp_path]).violations] == ["L002"]


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Close a folder for whoever runs the tests, root included."""
    scan = os.scandir
    closed = set()

    def scandir(folder: str) -> object:
        if Path(folder) in closed:
            raise PermissionError(errno.EACCES, "Permission denied")
        return scan(folder)

    monkeypatch.setattr("os.scandir", scandir)
    return closed.add


def test_a_folder_without_permission_is_an_error_of_its_own(tmp_path: Path, close: Callable[[Path], None]) -> None:
    build_tree(tmp_path, {**APP, "shop/services.py": CROSSING, "shop/api/__init__.py": CROSSING})
    close(tmp_path / "shop" / "api")

    found = check([tmp_path]).violations

    assert [(one.code, one.path.name, one.severity) for one in found] == [
        ("L005", "api", "error"),
        ("L101", "services.py", "error"),
    ]
    assert "Permission denied" in found[0].message


def test_an_excluded_folder_may_be_closed(tmp_path: Path, close: Callable[[Path], None]) -> None:
    configuration = '[tool.django_layers]\nexclude = ["data"]\n'
    build_tree(tmp_path, {**APP, "pyproject.toml": configuration, "data/one.py": ""})
    close(tmp_path / "data")

    assert check([tmp_path]).violations == ()


def test_an_excluded_folder_that_was_closed_and_is_gone_is_told(tmp_path: Path, close: Callable[[Path], None]) -> None:
    configuration = '[tool.django_layers]\nexclude = ["data"]\n'
    build_tree(tmp_path, {**APP, "pyproject.toml": configuration, "data/one.py": ""})
    close(tmp_path / "data")
    assert check([tmp_path], remember=True).violations == ()

    (tmp_path / "data" / "one.py").unlink()
    (tmp_path / "data").rmdir()

    assert [one.code for one in check([tmp_path], remember=True).violations] == ["L015"]


def test_a_project_without_permission_is_no_project_without_apps(tmp_path: Path, close: Callable[[Path], None]) -> None:
    build_tree(tmp_path, APP)
    close(tmp_path / "shop")

    assert [one.code for one in check([tmp_path]).violations] == ["L005"]


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


MANY_WAYS = {
    "if": "    if x.a{n}:\n        v{n} = x.b{n}\n",
    "try": "    try:\n        v{n} = x.b{n}\n    except E{n}:\n        w{n} = x.c{n}\n",
}


@pytest.mark.parametrize("statement", MANY_WAYS)
def test_a_function_of_thousands_of_ways_through_it_is_checked(tmp_path: Path, statement: str) -> None:
    _check_many(tmp_path, MANY_WAYS[statement])


def test_a_match_of_thousands_of_cases_is_checked(tmp_path: Path) -> None:
    _check_many(tmp_path, "        case {{'a{n}': v{n}}} as w{n}:\n            u{n} = v{n}\n", "    match x:\n")


def _check_many(root: Path, statement: str, start: str = "") -> None:
    """Check a function of 8,000 statements; all of them takes about a second, and a minute if each looked at the others."""
    body = "".join(statement.format(n=number) for number in range(8_000))
    build_tree(root, {**APP, "shop/services.py": f"def f(x):\n{start}{body}"})

    begun = time.process_time()
    check([root])

    assert time.process_time() - begun < 12


WRAPPING = "[f{next}([x]), f{next}((x, 1)), f{next}({{1: x}})]"


def test_functions_that_wrap_what_they_are_given_and_hand_it_on_end(tmp_path: Path) -> None:
    functions = [f"def f{number}(x):\n    return {WRAPPING.format(next=number + 1)}\n" for number in range(30)]
    own = f"def own(x):\n    return {WRAPPING.format(next='').replace('f(', 'own(')}\n"
    text = f"{CROSSING}{''.join(functions)}def f30(x):\n    return x\n{own}"
    last = "def _go(book: Book) -> object:\n    return f0(book), own(book)\n"

    begun = time.process_time()
    found = codes(tmp_path, {"shop/repositories.py": text + last})

    assert set(found) == {"L306"}
    assert time.process_time() - begun < 10


def test_what_is_wrapped_thousands_of_times_ends(tmp_path: Path) -> None:
    text = (
        CROSSING
        + "def f() -> object:\n    x = Book.objects.all()\n"
        + "    x = [x]\n" * 3_000
        + "    return _same(x)\n"
    )

    assert codes(tmp_path, {"shop/repositories.py": f"{text}\n\ndef _same(x):\n    return x\n"}) == ["L302"]
