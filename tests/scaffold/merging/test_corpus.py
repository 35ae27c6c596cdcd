"""Whatever people do to a generated file, and whatever changes about it: no edit is lost, every change lands or is listed."""

from __future__ import annotations

import pytest

from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.merging import Merged, merge
from django_layers.scaffold.merging.names import unbound
from django_layers.scaffold.merging.source import Source
from tests.scaffold.merging.evolving import PAIRS, pair
from tests.scaffold.merging.hand_edits import HAND_EDITS, reformatted

STYLE = ImportStyle(first_party=frozenset({"recipes"}))
CASES = [
    pytest.param(change, path, edit, id=f"{change}-{path.rpartition('recipes/')[2]}-{edit}")
    for change, path in PAIRS
    for edit in HAND_EDITS
    if HAND_EDITS[edit](pair(change, path)[0]) is not None
]


def says(text: bytes | str) -> str:
    return Source.read(text if isinstance(text, bytes) else text.encode()).whole_key


def merged(base: str, mine: str, theirs: str) -> Merged:
    return merge(base.encode(), mine.encode(), theirs.encode(), style=STYLE)


def test_there_are_hundreds_of_cases() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize(("change", "path", "edit"), CASES[::4])
def test_some_edits_and_changes_give_what_the_edit_gives_on_the_changed_text(change: str, path: str, edit: str) -> None:
    give_what_the_edit_gives_on_the_changed_text(change, path, edit)


@pytest.mark.slow
@pytest.mark.parametrize(("change", "path", "edit"), CASES)
def test_all_edits_and_changes_give_what_the_edit_gives_on_the_changed_text(change: str, path: str, edit: str) -> None:
    give_what_the_edit_gives_on_the_changed_text(change, path, edit)


def give_what_the_edit_gives_on_the_changed_text(change: str, path: str, edit: str) -> None:
    base, theirs = pair(change, path)
    mine, wanted = HAND_EDITS[edit](base), HAND_EDITS[edit](theirs)
    assert mine is not None
    if wanted is None:
        # What was edited is no longer generated: that is for the user to decide.
        assert merged(base, mine, theirs).conflicts
        return

    result = merged(base, mine, theirs)

    assert not result.conflicts, [(each.path, each.reason) for each in result.conflicts]
    if edit == "reordered members":
        # Where a new member goes depends on its neighbours.
        assert sorted(result.source.decode().split("\n")) == sorted(wanted.split("\n"))
    else:
        assert says(result.source) == says(wanted)
    assert not unbound(result.source.decode()) - unbound(mine)


@pytest.mark.parametrize(("change", "path", "edit"), CASES[::9])
def test_another_layout_changes_no_decision(change: str, path: str, edit: str) -> None:
    base, theirs = pair(change, path)
    mine = HAND_EDITS[edit](base)
    assert mine is not None

    plain, laid_out = merged(base, mine, theirs), merged(base, reformatted(mine), theirs)

    assert [each.path for each in laid_out.conflicts] == [each.path for each in plain.conflicts]
    if not plain.conflicts:
        assert says(laid_out.source) == says(plain.source)


@pytest.mark.parametrize(("change", "path"), PAIRS)
def test_a_change_and_its_undoing_leave_an_edited_file_as_it_was(change: str, path: str) -> None:
    base, theirs = pair(change, path)
    mine = base
    for edit in ("a new method", "a docstring"):
        mine = HAND_EDITS[edit](mine) or mine

    there = merged(base, mine, theirs)
    back = merged(theirs, there.source.decode(), base)

    assert not there.conflicts
    assert not back.conflicts
    assert back.source.decode() == mine
