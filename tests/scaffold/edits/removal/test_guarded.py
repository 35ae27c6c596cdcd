"""Taking members out of a module whose imports a linter has moved below TYPE_CHECKING."""

import pytest

from django_layers.scaffold.edits.removal.members import remove_members
from tests.scaffold.edits.asserts import removed, text

FRAGMENT = """
from a import A
from a.b import B, C
import c


def gone(a: A, b: B) -> C:
    return c.of(a, b)
"""
GONE = """

def gone(a: "A", b: "B") -> "C":
    return c.of(a, b)
"""
HEAD = "from typing import TYPE_CHECKING\n\nimport c\n"


def left(source: str) -> str:
    return removed(remove_members(text(source).encode(), text(FRAGMENT).encode())).decode()


@pytest.mark.parametrize(
    ("block", "after"),
    [
        ("    from a import A\n    from a.b import B, C\n", ""),
        ("    from a import A\n    from a.b import (\n        B,\n        C,\n    )\n", ""),
        ("    from a import A\n    from a.b import B\n    from a.b import C\n", ""),
        ("    from a import A, Mine\n\n    from a.b import B, C\n", "    from a import Mine\n"),
        ("    from a import A\n\n    from d import Mine\n", "    from d import Mine\n"),
        (
            "    from d import Mine\n\n    from a import A\n\n    from e import Own\n",
            "    from d import Mine\n\n    from e import Own\n",
        ),
    ],
)
def test_what_only_the_member_needed_goes_and_the_block_with_the_last_of_it(block: str, after: str) -> None:
    wanted = f"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n{after}" if after else ""

    assert left(f"{HEAD}\nif TYPE_CHECKING:\n{block}{GONE}") == wanted


@pytest.mark.parametrize(
    ("block", "rest"),
    [
        ("    from a import A\n", '\n\ndef stays(a: "A") -> None: ...\n'),
        ("    from a import A  # for somebody else\n", ""),
        ("    from d import A\n", ""),
    ],
)
def test_what_is_used_or_marked_or_of_something_else_stays(block: str, rest: str) -> None:
    kept = f"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n{block}{rest}"

    assert left(f"{HEAD}\nif TYPE_CHECKING:\n{block}{rest}{GONE}") == kept
