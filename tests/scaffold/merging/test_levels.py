"""Every level of the merge is there for something: without it, a case that it is there for comes out differently."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import pytest

from django_layers.scaffold.merging import Merged, merge
from django_layers.scaffold.merging.edits import Clash

MERGING = "django_layers.scaffold.merging"


def clashes(*_: object, **__: object) -> None:
    """Stands for a level: what it would have joined has to be decided as a whole."""
    raise Clash("this level is switched off")


LEVELS = {
    "members": ("scopes:Scopes.merge", clashes),
    "statements without a name": ("scopes:_paired", lambda _, other: other),
    "heads of classes and functions": ("scopes:Scopes.heads", clashes),
    "elements": ("expressions:Expressions.elements", clashes),
    "elements without a name": ("expressions:Expressions.rewritten", lambda *_: set()),
    "statements of a body": ("statements:Statements.merge", clashes),
    "a body in a block": ("statements:_block_around", lambda *_: None),
    "one statement": ("statements:Statements.statement", clashes),
    "tokens": ("expressions:Expressions.tokens", clashes),
    "renamed locals": ("merge:with_renamed_locals", lambda base, _, theirs: (base, theirs, ())),
    "moved and renamed members": ("scopes:find_again", lambda *_: None),
    "imports": ("merge:with_merged_imports", lambda merged, *_: merged),
    "names that nothing binds": ("merge:unbound", lambda _: frozenset()),
}
"""Where each level is, as `module:name` under the merge, and what stands there when it is switched off."""


@dataclass(frozen=True)
class Case:
    """Three texts, and what becomes of them.

    Attributes:
        level: The level that joins them.
        base: What was generated before.
        mine: What the user made of it.
        theirs: What is generated now.
        wanted: The merged text; None where it must be a conflict.
        without: The text without the level; None where it is a conflict then.
    """

    level: str
    base: str
    mine: str
    theirs: str
    wanted: str | None
    without: str | None = None


CASES = {
    "each side changed another function": Case(
        "members",
        "def one():\n    return 1\n\n\ndef two():\n    return 2\n",
        "def one():\n    return 10\n\n\ndef two():\n    return 2\n",
        "def one():\n    return 1\n\n\ndef two():\n    return 20\n",
        "def one():\n    return 10\n\n\ndef two():\n    return 20\n",
    ),
    "each side changed another field of a class": Case(
        "members",
        "class A:\n    one: int = 1\n    two: int = 2\n",
        "class A:\n    one: int = 10\n    two: int = 2\n",
        "class A:\n    one: int = 1\n    two: int = 2\n    three: int = 3\n",
        "class A:\n    one: int = 10\n    two: int = 2\n    three: int = 3\n",
    ),
    "each side changed another argument of a call that stands alone": Case(
        "statements without a name",
        "register(A, one=1, two=2)\n",
        "register(A, one=10, two=2)\n",
        "register(A, one=1, two=20)\n",
        "register(A, one=10, two=20)\n",
        # Taken for two statements of which one is new.
        "register(A, one=10, two=2)\n\n\nregister(A, one=1, two=20)\n",
    ),
    "each side gave a class another base": Case(
        "heads of classes and functions",
        "class A(Base):\n    one: int = 1\n",
        "class A(Mine, Base):\n    one: int = 1\n",
        "class A(Base, Theirs):\n    one: int = 1\n",
        "class A(Mine, Base, Theirs):\n    one: int = 1\n",
    ),
    "each side changed another decorator": Case(
        "heads of classes and functions",
        '@get("", response=int)\ndef a():\n    return 1\n',
        '@mine\n@get("", response=int)\ndef a():\n    return 1\n',
        '@get("", response=str)\ndef a():\n    return 1\n',
        '@mine\n@get("", response=str)\ndef a():\n    return 1\n',
    ),
    "each side gave a function another parameter": Case(
        "heads of classes and functions",
        "def a(self, *, one=1):\n    return 1\n",
        "def a(self, *, one=1, mine=2):\n    return 1\n",
        "def a(self, *, one=1, theirs=3):\n    return 1\n",
        "def a(self, *, one=1, theirs=3, mine=2):\n    return 1\n",
    ),
    "each side put another element into a list": Case(
        "elements",
        'NAMES = ["one", "two"]\n',
        'NAMES = ["mine", "one", "two"]\n',
        'NAMES = ["one", "two", "theirs"]\n',
        'NAMES = ["mine", "one", "two", "theirs"]\n',
    ),
    "each side changed another key of a dictionary": Case(
        "elements",
        'FILTERS = {"one": 1, "two": 2}\n',
        'FILTERS = {"one": 10, "two": 2}\n',
        'FILTERS = {"one": 1, "two": 2, "three": 3}\n',
        'FILTERS = {"one": 10, "two": 2, "three": 3}\n',
    ),
    "each side gave a call another keyword argument": Case(
        "elements",
        "def a():\n    return Row(one=1)\n",
        "def a():\n    return Row(mine=2, one=1)\n",
        "def a():\n    return Row(one=1, theirs=3)\n",
        "def a():\n    return Row(mine=2, one=1, theirs=3)\n",
    ),
    "each side changed another argument of a call in a list": Case(
        "elements without a name",
        "FIELDS = [int, Field(ge=1, le=5)]\n",
        "FIELDS = [int, Field(ge=0, le=5)]\n",
        "FIELDS = [int, Field(ge=1, le=9)]\n",
        "FIELDS = [int, Field(ge=0, le=9)]\n",
        "FIELDS = [int, Field(ge=1, le=9), Field(ge=0, le=5)]\n",
    ),
    "a statement above one that changed": Case(
        "statements of a body",
        "def a(row):\n    check(row)\n    return row\n",
        "def a(row):\n    mine(row)\n    check(row)\n    return row\n",
        "def a(row):\n    check(row)\n    return row.one\n",
        "def a(row):\n    mine(row)\n    check(row)\n    return row.one\n",
    ),
    "a block around statements of which one changed": Case(
        "a body in a block",
        "def a(row):\n    check(row)\n    return row\n",
        "def a(row):\n    with mine():\n        check(row)\n        return row\n",
        "def a(row):\n    check(row)\n    return row.one\n",
        "def a(row):\n    with mine():\n        check(row)\n        return row.one\n",
    ),
    "each side changed another part of one statement": Case(
        "one statement",
        "def a(row):\n    return check(row) + get(row)\n",
        "def a(row):\n    return check(row, 10) + get(row)\n",
        "def a(row):\n    return check(row) + get(row, 20)\n",
        "def a(row):\n    return check(row, 10) + get(row, 20)\n",
    ),
    "one side changed an annotation and the other the value": Case(
        "tokens",
        "class A:\n    one: int = 1\n",
        "class A:\n    one: int = 10\n",
        "class A:\n    one: str = 1\n",
        "class A:\n    one: str = 10\n",
    ),
    "a local that has another name now": Case(
        "renamed locals",
        "def a(key):\n    row = get(key)\n    return Row(one=row.one)\n",
        "def a(key):\n    found = get(key)\n    return Row(one=found.one)\n",
        "def a(key):\n    row = get(key)\n    return Row(one=row.one, two=row.two)\n",
        "def a(key):\n    found = get(key)\n    return Row(one=found.one, two=found.two)\n",
    ),
    "a method that is in another class now": Case(
        "moved and renamed members",
        "class A:\n    def create(self, row):\n        return self.add(Row(one=row.one))\n\n    def get(self): ...\n",
        "class A:\n    def get(self): ...\n\n\nclass B:\n    def make(self, row):\n        return self.add(Row(one=row.one))\n",
        "class A:\n    def create(self, row):\n        return self.add(Row(one=row.two))\n\n    def get(self): ...\n",
        "class A:\n    def get(self): ...\n\n\nclass B:\n    def make(self, row):\n        return self.add(Row(one=row.two))\n",
        "class A:\n    def get(self): ...\n\n\nclass B:\n    def make(self, row):\n        return self.add(Row(one=row.one))\n",
    ),
    "an import of both sides": Case(
        "imports",
        "from shop import one\n\nONE = one()\n",
        "from shop import one\n\nONE = one()\nMINE = one(1)\n",
        "from shop import two\n\nONE = two()\n",
        "from shop import one, two\n\nONE = two()\nMINE = one(1)\n",
    ),
    "an import that nothing needs any more": Case(
        "imports",
        "from shop import one, two\n\nONE = one()\nTWO = two()\n",
        "from shop import one, two\n\nONE = one()\nTWO = two()\nMINE = 1\n",
        "from shop import one\n\nONE = one()\n",
        "from shop import one\n\nONE = one()\nMINE = 1\n",
        "from shop import one, two\n\nONE = one()\nMINE = 1\n",
    ),
    "a local that is gone and that new code reads": Case(
        "names that nothing binds",
        "def a(key):\n    row = get(key)\n    return Row(one=row.one)\n",
        "def a(key):\n    return Row(one=get(key).one)\n",
        "def a(key):\n    row = get(key)\n    return Row(one=row.one, two=row.two)\n",
        None,
        "def a(key):\n    return Row(one=get(key).one, two=row.two)\n",
    ),
}


REST = "\n\nadd = check = get = mine = register = Base = Field = Mine = Row = Theirs = object\n"
"""What binds the names that the cases take for granted, below each of the three texts."""


def merged(case: Case) -> Merged:
    return merge(*((text + REST).encode() for text in (case.base, case.mine, case.theirs)))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_level_decides_what_becomes_of_a_case(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = merged(case)
    monkeypatch.setattr(*_seam(case.level))
    without = merged(case)

    assert _text(outcome) == case.wanted
    assert _text(without) == case.without
    assert case.wanted != case.without


def test_there_is_a_case_for_every_level() -> None:
    assert {case.level for case in CASES.values()} == {*LEVELS}


def _seam(level: str) -> tuple[object, str, object]:
    (module, _, path), off = LEVELS[level][0].partition(":"), LEVELS[level][1]
    owner: object = import_module(f"{MERGING}.{module}")
    *outer, name = path.split(".")
    for each in outer:
        owner = getattr(owner, each)
    return owner, name, off


def _text(outcome: Merged) -> str | None:
    """What a case became; None for a conflict."""
    return None if outcome.conflicts else outcome.source.decode().removesuffix(REST)
