"""A marked section of a text file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_layers.scaffold.edits.marked_section import BEGIN, END, has_marker, with_section, without_section
from django_layers.scaffold.edits.outcome import Cannot, NotThere
from tests.scaffold.edits.asserts import assert_there, done, removed

SECTION = "Some text.\n"
MARKED = f"{BEGIN}\n{SECTION}{END}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, f"{MARKED}\n"),
        (b"", MARKED),
        (b"# Ours\n", f"# Ours\n\n{MARKED}\n"),
        (b"# Ours", f"# Ours\n\n{MARKED}"),
        (b"# Ours\r\n", f"# Ours\n\n{MARKED}\n".replace("\n", "\r\n")),
    ],
)
def test_a_section_is_written_at_the_end(before: bytes | None, after: str) -> None:
    assert done(with_section(before, SECTION)).decode() == after


@given(
    st.binary().filter(lambda text: not has_marker(text)),
    st.binary().filter(lambda text: not has_marker(text)),
    st.sampled_from(["", "Older text.\n", "Of three\n\nlines.\n"]),
)
def test_what_is_around_a_section_stays_to_the_byte(above: bytes, below: bytes, older: str) -> None:
    source = above + f"\n{BEGIN}\n{older}{END}\n".encode() + below
    newline = b"\r\n" if b"\r\n" in source else b"\n"

    result = done(with_section(source, SECTION))

    assert result == above + b"\n" + MARKED.encode().replace(b"\n", newline) + b"\n" + below
    assert_there(with_section(result, SECTION))


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (f"{BEGIN}\ntext\n", f"the marker `{END}` is missing"),
        (f"text\n{END}\n", f"the marker `{BEGIN}` is missing"),
        (f"{BEGIN}\n{BEGIN}\n{END}\n", f"the marker `{BEGIN}` stands in lines 1 and 2"),
        (f"{BEGIN}\n{END}\n\n{END}\n", f"the marker `{END}` stands in lines 2 and 4"),
        (f"{END}\n{BEGIN}\n", "line 1 ends what line 2 begins"),
        (f"{BEGIN} {END}\n", f"line 1 holds more than the marker `{BEGIN}`"),
    ],
)
def test_damaged_markers_are_left_alone(damaged: str, reason: str) -> None:
    outcome = with_section(damaged.encode(), SECTION)

    assert isinstance(outcome, Cannot)
    assert outcome.reason == reason
    assert without_section(damaged.encode()) == outcome


@given(st.binary().filter(lambda text: not has_marker(text)), st.sampled_from(["", "Of three\n\nlines.\n"]))
def test_taken_out_a_section_leaves_every_byte_as_it_was(source: bytes, section: str) -> None:
    assert removed(without_section(done(with_section(source, section)))) == source
    assert without_section(source) == NotThere()


def test_text_that_came_below_a_section_moves_up_to_what_was_above() -> None:
    written = done(with_section(b"# Ours\n", SECTION)) + b"\nBelow.\n"

    assert removed(without_section(written)) == b"# Ours\n\nBelow.\n"
