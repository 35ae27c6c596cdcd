"""Three-way merge of texts by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_layers.scaffold.merging import merge_lines

texts = st.lists(st.sampled_from(["a", "b", "c", "d"])).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(texts, texts)
def test_what_only_one_side_changed_is_taken(base: str, other: str) -> None:
    assert merge_lines(base, base, other) == other
    assert merge_lines(base, other, base) == other
    assert merge_lines(base, other, other) == other


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
        ("a\nb\nc\nd\n", "b\nc\n", "b\nc\nd\n"),
        ("a\nB\nc\n", "a\nX\nc\n", None),
        ("a\nc\n", "a\nX\nc\n", None),
    ],
)
def test_changes_of_both_sides_are_joined_or_clash(mine: str, theirs: str, merged: str | None) -> None:
    assert merge_lines("a\nb\nc\n", mine, theirs) == merged
