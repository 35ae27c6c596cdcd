"""What formatters and linters make of a file is no edit; everything else is."""

import pytest

from django_layers.scaffold.merging import is_unedited, merge

GENERATED = '''
"""Ratings."""

from datetime import date

from shop import Actor, Rating

LIMIT = 5


class Ratings:
    """The rules.

    Attributes:
        limit: how many.
    """

    limit: int = LIMIT

    def add(self, actor: Actor, day: date | None) -> tuple[Rating, ...]:
        """Add one.

        Raises:
            NotFound: there is none.
        """
        # Said by the generator.
        return self.rows.add(actor, day)
'''
BELOW = GENERATED.replace("from shop import Actor, Rating\n", "", 1)
GUARD = (
    "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from shop import Actor\n    from shop import Rating\n"
)
REWRITTEN = {
    "carriage returns": GENERATED.replace("\n", "\r\n"),
    "single quotes": GENERATED.replace('"""', "'''"),
    "a late evaluation": GENERATED.replace('"""\n', '"""\n\nfrom __future__ import annotations\n', 1),
    "imports for types": BELOW.replace("LIMIT", f"{GUARD}\nLIMIT", 1),
    "quoted annotations": GENERATED.replace(": Actor", ': "Actor"').replace(
        "-> tuple[Rating, ...]", '-> "tuple[Rating, ...]"'
    ),
    "a quoted part of an annotation": GENERATED.replace("tuple[Rating, ...]", 'tuple["Rating", ...]'),
    "sections of docstrings underlined": GENERATED.replace("Raises:\n", "Raises\n        ------\n").replace(
        "Attributes:\n", "Attributes\n    ----------\n"
    ),
    "a blank line below a section": GENERATED.replace("there is none.\n", "there is none.\n\n"),
}
EDITED = {
    "another value": GENERATED.replace("LIMIT = 5", "LIMIT = 6"),
    "another comment": GENERATED.replace("by the generator", "by hand"),
    "a comment more": GENERATED.replace("LIMIT = 5", "LIMIT = 5  # by hand"),
    "another annotation": GENERATED.replace("date | None", "date"),
    "another import": GENERATED.replace("import date", "import date, time"),
    "another docstring": GENERATED.replace("there is none.", "it is by hand."),
    "code below TYPE_CHECKING": BELOW.replace("LIMIT", f"{GUARD}    from shop import Mine\n\nLIMIT", 1),
    "a text that looks like an annotation": GENERATED.replace("actor, day)", 'actor, "day")'),
    "no Python": GENERATED + "<<<<<<<",
}


@pytest.mark.parametrize("text", REWRITTEN.values(), ids=REWRITTEN)
def test_what_a_tool_rewrote_is_unedited(text: str) -> None:
    assert text != GENERATED
    assert is_unedited(text.encode(), GENERATED.encode())


@pytest.mark.parametrize("text", EDITED.values(), ids=EDITED)
def test_what_a_person_wrote_is_edited(text: str) -> None:
    assert not is_unedited(text.encode(), GENERATED.encode())


@pytest.mark.parametrize("text", REWRITTEN.values(), ids=REWRITTEN)
def test_what_a_tool_rewrote_stands_in_the_way_of_no_change(text: str) -> None:
    theirs = GENERATED.replace("limit: int = LIMIT\n", "limit: int = LIMIT\n    least: int = 1\n").replace("5", "7")

    merged = merge(GENERATED.encode(), text.encode(), theirs.encode())

    assert not merged.conflicts
    assert is_unedited(merged.source, theirs.encode())


def test_what_is_needed_when_code_runs_stays_where_it_was_moved() -> None:
    theirs = GENERATED.replace("LIMIT = 5", "LIMIT = 7").replace("self.rows", "self.all")

    merged = merge(GENERATED.encode(), REWRITTEN["imports for types"].encode(), theirs.encode())

    assert GUARD.encode() in merged.source
