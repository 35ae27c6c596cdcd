"""Adding imports where isort would have put them."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.import_places import with_places
from django_layers.scaffold.edits.imports import ImportRequest, add_import, with_import, with_imports
from django_layers.scaffold.edits.outcome import AlreadyThere, Outcome
from tests.scaffold.edits.asserts import assert_cannot, assert_edit, assert_only_insertions, done, text

FIRST_PARTY = frozenset({"shop", "config"})


def add(source: str, module: str, *names: str, alias: str | None = None, line_length: int = 88) -> Outcome:
    return add_import(
        text(source).encode(),
        module=module,
        names=names,
        alias=alias,
        first_party=FIRST_PARTY,
        line_length=line_length,
    )


def test_names_join_an_import_of_their_module_in_order() -> None:
    assert_edit(
        add("from m import CONST, Alpha, zeta  # kept\n", "m", "beta", "Beta"),
        "from m import CONST, Alpha, Beta, beta, zeta  # kept\n",
    )


def test_names_join_a_parenthesised_import_on_lines_of_their_own() -> None:
    assert_edit(
        add("from m import (\n    a,  # first\n    # about c\n    c,\n)\n", "m", "b"),
        "from m import (\n    a,  # first\n    b,\n    # about c\n    c,\n)\n",
    )


def test_an_import_that_gets_too_long_is_wrapped() -> None:
    assert_edit(
        add("from module import alpha, gamma\n\nx = 1\n", "module", "beta", line_length=32),
        "from module import (\n    alpha,\n    beta,\n    gamma,\n)\n\nx = 1\n",
    )
    assert_edit(
        add("from module import alpha, beta\n", "module", "gamma", line_length=32),
        "from module import (\n    alpha,\n    beta,\n    gamma,\n)\n",
    )
    assert_edit(
        add("from module import (alpha, beta)\n", "module", "aaa", line_length=32),
        "from module import (\n    aaa,\n    alpha,\n    beta,\n)\n",
    )


def test_an_import_that_cannot_be_wrapped_gets_a_second_one() -> None:
    source = "from module import alpha, beta  # noqa\n"
    assert_edit(add(source, "module", "gamma", line_length=32), f"{source}from module import gamma\n")


def test_a_backslash_is_no_place_for_a_name() -> None:
    source = "from module import alpha, \\\n    beta\n"
    assert_edit(add(source, "module", "gamma"), "from module import alpha, \\\n    beta, gamma\n")


def test_a_file_with_one_name_an_import_keeps_to_it() -> None:
    assert_edit(
        add("from a import x\nfrom m import a\nfrom m import c\n", "m", "b"),
        "from a import x\nfrom m import a\nfrom m import b\nfrom m import c\n",
    )


def test_a_new_import_that_is_too_long_is_wrapped() -> None:
    assert_edit(
        add("", "module", "gamma", "alpha", line_length=30), "from module import (\n    alpha,\n    gamma,\n)\n"
    )


BLOCK = '''
"""Docstring."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.db import models

from shop import views

from . import local

X = 1
'''


@pytest.mark.parametrize(
    ("module", "names", "line", "following"),
    [
        ("sys", (), "import sys", "from pathlib import Path"),
        ("abc", (), "import abc", "import os"),
        ("typing", ("Any",), "from typing import Any", ""),
        ("collections.abc", ("Mapping",), "from collections.abc import Mapping", "from pathlib import Path"),
        ("ninja", ("Router",), "from ninja import Router", ""),
        ("ninja", (), "import ninja", "from django.db import models"),
        ("config.api", ("api",), "from config.api import api", "from shop import views"),
        (".types", ("Stars",), "from .types import Stars", ""),
        ("..", ("parent",), "from .. import parent", "from . import local"),
    ],
)
def test_a_new_import_goes_to_its_section(module: str, names: tuple[str, ...], line: str, following: str) -> None:
    lines = done(add(BLOCK, module, *names)).decode().splitlines()
    assert lines[lines.index(line) + 1] == following
    assert len(lines) == len(text(BLOCK).splitlines()) + 1


def test_a_missing_section_is_opened() -> None:
    assert_edit(
        add("import os\n\nfrom . import x\n", "django", "urls"),
        "import os\n\nfrom django import urls\n\nfrom . import x\n",
    )
    assert_edit(add("import os\n", "shop"), "import os\n\nimport shop\n")
    assert_edit(add("# Licence\nimport shop\n", "os"), "# Licence\nimport os\n\nimport shop\n")
    assert_edit(add("# Licence\n\nimport shop\n", "os"), "# Licence\n\nimport os\n\nimport shop\n")


def test_a_file_without_sections_gets_none() -> None:
    assert_edit(
        add("import os\nfrom django import urls\nX = 1\n", "shop", "y"),
        "import os\nfrom django import urls\nfrom shop import y\nX = 1\n",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "import os\n"),
        ("X = 1\n", "import os\n\nX = 1\n"),
        ("def f(): ...\n", "import os\n\n\ndef f(): ...\n"),
        ("@decorated\nclass C: ...\n", "import os\n\n\n@decorated\nclass C: ...\n"),
        ('"""Doc."""\n', '"""Doc."""\n\nimport os\n'),
        ('"""Doc."""', '"""Doc."""\n\nimport os\n'),
        ('"""Doc."""\n\n\nclass C: ...\n', '"""Doc."""\n\nimport os\n\n\nclass C: ...\n'),
        ('"""Doc."""\nX = 1\n', '"""Doc."""\n\nimport os\n\nX = 1\n'),
        ("#!/usr/bin/env python\n# Licence\n\nX = 1\n", "#!/usr/bin/env python\n# Licence\n\nimport os\n\nX = 1\n"),
        ("# coding: utf-8\nX = 1\n", "# coding: utf-8\nimport os\n\nX = 1\n"),
        ("# Licence\n\n# about X\nX = 1\n", "# Licence\n\nimport os\n\n# about X\nX = 1\n"),
        ("X = 1\nimport sys\n", "import os\n\nX = 1\nimport sys\n"),
        ('__version__ = "1"\nimport sys\n', '__version__ = "1"\nimport os\nimport sys\n'),
        ("import sys; X = 1\n", "Cannot"),
        ("# only a comment", "# only a comment\nimport os\n"),
    ],
)
def test_the_first_import_goes_above_the_code_and_below_the_heading(before: str, after: str) -> None:
    if after == "Cannot":
        assert_edit(add(before, "zlib"), "import sys; X = 1\nimport zlib\n")
    else:
        assert_edit(add(before, "os"), after)


def test_imports_for_type_checkers_only_are_not_there_and_not_joined() -> None:
    source = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from m import a\n"
    assert_edit(
        add(source, "m", "a"),
        "from typing import TYPE_CHECKING\n\nfrom m import a\n\nif TYPE_CHECKING:\n    from m import a\n",
    )


def test_imports_below_code_are_not_joined() -> None:
    assert_edit(
        add("import os\n\nX = 1\nfrom m import a\n", "m", "b"),
        "import os\n\nfrom m import b\n\nX = 1\nfrom m import a\n",
    )


@pytest.mark.parametrize(
    ("source", "module", "names", "alias"),
    [
        ("from m import b, a\n", "m", ("a",), None),
        ("from m import a as b\n", "m", ("a",), "b"),
        ("import m\n", "m", (), None),
        ("import a.b\n", "a.b", (), None),
        ("import a.b as c\n", "a.b", (), "c"),
        ("from . import a\n", ".", ("a",), None),
        ("try:\n    from m import a\nexcept ImportError:\n    a = None\n", "m", ("a",), None),
        ("from . import m\nx = 1\nfrom .y import (\n    z,\n)\n", ".y", ("z",), None),
    ],
)
def test_what_is_imported_is_there(source: str, module: str, names: tuple[str, ...], alias: str | None) -> None:
    assert add(source, module, *names, alias=alias) == AlreadyThere()


def test_a_package_does_not_import_its_modules() -> None:
    assert_edit(add("import a\n", "a.b"), "import a\nimport a.b\n")


@pytest.mark.parametrize(
    "source",
    ["from other import a\n", "def a(): ...\n", "class a: ...\n", "a = 1\n", "for a in x: ...\n", "with x as a: ...\n"],
)
def test_a_name_that_means_something_else_is_named(source: str) -> None:
    assert_cannot(add(source, "m", "a"), "line 1", '"a"')


def test_an_alias_stands_alone() -> None:
    assert_edit(add("from m import b\n", "m", "a", alias="x"), "from m import a as x\nfrom m import b\n")
    with pytest.raises(ValueError, match="single"):
        add("", "m", "a", "b", alias="x")


MODULES = [
    ("__future__", ["annotations"]),
    ("os", ["path", "sep", "PathLike", "O_APPEND", "environ"]),
    ("collections.abc", ["Mapping", "Iterator", "Sequence"]),
    ("django.db", ["models", "IntegrityError", "DatabaseError", "transaction", "DEFAULT_DB_ALIAS"]),
    ("django.db.models", ["Q", "F", "Avg", "Count", "CASCADE", "PROTECT"]),
    ("a_b", ["x1", "x10", "x9", "_x", "_X", "X"]),
    ("A2", ["x2"]),
    ("ninja", ["Router", "Schema"]),
    ("shop.models", ["Cart", "Order"]),
    ("config", ["shop_api", "layers"]),
    (".", ["recipe", "rating2"]),
    (".types", ["Stars", "STARS_MAX", "Status"]),
    ("..parent", ["thing"]),
]
STRAIGHT = ["sys", "re", "json.decoder", "django.urls", "ninja.errors", "shop", "shop.api"]


def test_many_imports_at_once_come_to_the_same_as_one_after_the_other() -> None:
    chance = random.Random(11)
    requests = [ImportRequest(module, (name,)) for module, names in MODULES for name in names]
    requests += [ImportRequest(module) for module in STRAIGHT]
    requests += [ImportRequest("django.forms", ("Form",), "Base"), ImportRequest("shop.items", ("Item",), "ShopItem")]
    style = ImportStyle(FIRST_PARTY, 70)
    sources = [
        b"",
        b'"""Doc."""\n\nVALUE = 1\n',
        b"import abc; import cgi\n",
        b"import abc; import shop\n",
        b"import abc\n\nfrom shop import x",
    ]
    for _ in range(80):
        chance.shuffle(requests)
        start, more = chance.randrange(len(requests)), chance.randrange(1, 9)
        document = Document.read(chance.choice(sources))
        for request in requests[:start]:
            document = with_import(document, request, style)
        one_by_one = document
        for request in requests[start : start + more]:
            one_by_one = with_import(one_by_one, request, style)

        at_once = with_places(*with_imports(document, requests[start : start + more], style))
        assert at_once.source == one_by_one.source


def test_beside_imports_that_share_a_line_the_order_is_that_of_one_after_the_other() -> None:
    document, style = Document.read(b"import abc; import shop\n"), ImportStyle(FIRST_PARTY)
    requests = [ImportRequest("re"), ImportRequest("shop.api", ("api",))]

    assert with_places(*with_imports(document, requests, style)).source == (
        with_import(with_import(document, requests[0], style), requests[1], style).source
    )


def test_many_imports_of_places_that_are_there_read_the_file_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document.read(b"import abc\n\nfrom shop import x\n")
    requests = [ImportRequest(f"shop.{name}", ("run",), name) for name in ("one", "two", "three")]
    reads: list[bytes] = []
    read = Document.read
    monkeypatch.setattr(Document, "read", lambda source: reads.append(source) or read(source))

    changed = with_places(*with_imports(document, requests, ImportStyle(FIRST_PARTY)))

    assert changed.source.count(b"as ") == 3
    assert len(reads) == 1


def test_what_isort_was_content_with_it_is_content_with_afterwards(tmp_path: Path) -> None:
    chance = random.Random(7)
    requests = [(module, [name], None) for module, names in MODULES for name in names]
    requests += [(module, [], None) for module in STRAIGHT]
    requests += [("django.forms", ["Form"], "Base"), ("json", [], "js"), ("shop.items", ["Item"], "ShopItem")]
    for number in range(40):
        chance.shuffle(requests)
        source = chance.choice([b"", b'"""Doc."""\n\nVALUE = 1\n', b"# Licence\n\n\ndef f() -> None: ...\n"])
        for module, names, alias in requests[: chance.randrange(1, len(requests))]:
            before = source
            outcome = add_import(
                source, module=module, names=names, alias=alias, first_party=FIRST_PARTY, line_length=70
            )
            if outcome != AlreadyThere():
                source = done(outcome)
                assert_only_insertions(before, source)
        (tmp_path / f"m{number}.py").write_bytes(source)
    known = 'lint.isort.known-first-party = ["shop", "config"]'
    ruff = [sys.executable, "-m", "ruff"]
    common = ["--isolated", "--line-length", "70", "."]
    for command in (["check", "--select", "I", "--no-cache", "--config", known], ["format", "--diff", "--no-cache"]):
        run = subprocess.run([*ruff, *command, *common], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout
