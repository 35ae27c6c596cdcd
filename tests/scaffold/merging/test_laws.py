"""What a merge keeps to, whatever was edited and whatever changes about what is generated."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.merging import Merged, merge, says_the_same
from tests.scaffold.merging.evolving import PAIRS, pair
from tests.scaffold.merging.hand_edits import HAND_EDITS, reformatted

STYLE = ImportStyle(first_party=frozenset({"recipes"}))
# Another layout makes a process run, and has a law of its own.
EDITS = sorted(set(HAND_EDITS) - {"another layout"})
some_pairs = st.sampled_from(PAIRS)
# What is taken out and put in again may come to stand elsewhere, where the user changed the order.
some_additions = st.sampled_from([each for each in PAIRS if each[0].endswith("more")])
some_edits = st.lists(st.sampled_from(EDITS), max_size=3, unique=True)


def merged(base: str, mine: str, theirs: str) -> Merged:
    return merge(base.encode(), mine.encode(), theirs.encode(), style=STYLE)


def edited(text: str, names: list[str]) -> str:
    for name in names:
        text = HAND_EDITS[name](text) or text
    return text


@settings(max_examples=12, deadline=None, derandomize=True)
@given(some_pairs, some_edits)
def test_what_was_not_edited_becomes_the_new_text_and_what_did_not_change_stays(
    changed: tuple[str, str], names: list[str]
) -> None:
    base, theirs = pair(*changed)
    mine = edited(base, names)

    assert merged(base, base, theirs).source.decode() == theirs
    assert merged(base, mine, base).source.decode() == mine
    assert merged(base, mine.replace("\n", "\r\n"), base).source.decode() == mine.replace("\n", "\r\n")


@settings(max_examples=12, deadline=None, derandomize=True)
@given(some_additions, some_edits)
def test_what_was_merged_is_merged_for_good_and_can_be_taken_back(changed: tuple[str, str], names: list[str]) -> None:
    base, theirs = pair(*changed)
    mine = edited(base, names)
    outcome = merged(base, mine, theirs)
    assume(not outcome.conflicts)
    result = outcome.source.decode()

    assert merged(theirs, result, theirs).source.decode() == result
    if not outcome.skipped:
        assert merged(theirs, result, base).source.decode() == mine


@settings(max_examples=4, deadline=None, derandomize=True)
@given(some_pairs, some_edits)
def test_another_layout_and_other_newlines_change_no_decision(changed: tuple[str, str], names: list[str]) -> None:
    base, theirs = pair(*changed)
    mine = edited(base, names)

    plain = merged(base, mine, theirs)
    for other in (reformatted(mine), mine.replace("\n", "\r\n")):
        outcome = merged(base, other, theirs)
        assert [each.path for each in outcome.conflicts] == [each.path for each in plain.conflicts]
        assert outcome.skipped == plain.skipped
        assert plain.conflicts or says_the_same(outcome.source, plain.source)
