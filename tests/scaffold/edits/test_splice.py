"""Inserting into sequences of any layout."""

import ast
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.edits.splice import insert_element, quote_of, quoted
from tests.scaffold.edits.asserts import text

ELEMENTS = st.sampled_from(
    ['"a"', "'b'", '("c")', '(("d"))', '"é[,]#"', 'f"{1, 2}"', "[1, (2,)]", "(1, 2)", '"x"\n"y"']
)
GAPS = st.sampled_from(["", " ", "\n", "\n    ", "\n\t", "  # one, [two] (three\n    ", "\n    # own line\n    "])


@st.composite
def sequences(draw: st.DrawFn) -> str:
    """A list or tuple in which anything that can stand between elements does."""
    elements = draw(st.lists(ELEMENTS, max_size=4))
    opening, closing = draw(st.sampled_from(["[]", "()"]))
    inside = draw(GAPS)
    for index, element in enumerate(elements):
        is_last = index == len(elements) - 1
        comma = draw(st.sampled_from([",", ""])) if is_last else ","
        comma = "," if opening == "(" and len(elements) == 1 else comma
        inside += element + draw(GAPS) + comma + draw(GAPS)
    return f"before = 1\nX = {opening}{inside}{closing}  # after\nafter = X\n"


@settings(max_examples=300, deadline=None)
@given(sequences(), st.integers(0, 4), st.sampled_from(["\n", "\r\n"]), st.sampled_from([None, 20, 88]))
def test_an_element_lands_where_it_should_and_nothing_else_moves(
    source: str, position: int, newline: str, line_length: int | None
) -> None:
    written = source.replace("\n", newline).encode()
    document = Document.read(written)
    node = document.tree.body[1]
    assert isinstance(node, ast.Assign)
    assert isinstance(node.value, ast.List | ast.Tuple)
    index = min(position, len(node.value.elts))
    try:
        changed = insert_element(document, node.value, index, "NEW", line_length=line_length)
    except CannotEdit:
        # Only an empty sequence with its bracket in an odd place may be refused.
        assert not node.value.elts
        return
    remaining = iter(changed.source)
    assert all(byte in remaining for byte in written)
    assert not re.search(rb"NEW,?[ \t]*#", changed.source), "the comment is another element's"
    before: dict[str, object] = {}
    after: dict[str, object] = {"NEW": "new"}
    exec(written, before)
    exec(changed.source, after)
    was, now = before["X"], after["X"]
    assert isinstance(was, list | tuple)
    assert isinstance(now, list | tuple)
    assert list(now) == [*was[:index], "new", *was[index:]]
    assert type(was) is type(now)
    assert (b"\r\n" in changed.source) == (newline == "\r\n")
    assert b"\n" not in changed.source.replace(newline.encode(), b"")


@pytest.mark.parametrize(
    ("before", "index", "after"),
    [
        ("X = [1]\n", 0, "X = [NEW, 1]\n"),
        ("X = 1, 2\n", 1, "X = 1, NEW, 2\n"),
        ("X = (1), (2)\n", 2, "X = (1), (2), NEW\n"),
        ("X = ((1), (2))\n", 2, "X = ((1), (2), NEW)\n"),
        ("X = 1,\n", 1, "X = 1, NEW,\n"),
        ("X = [ ]\n", 0, "X = [NEW ]\n"),
        ("X = [\n]\n", 0, "X = [\n    NEW,\n]\n"),
        ("X = [1,  # one\n]\n", 1, "X = [1,  # one\n    NEW,\n]\n"),
        ("X = [1,\n     2]\n", 0, "X = [NEW,\n     1,\n     2]\n"),
        ('X = [\n"""1\n# 2""",\n3,\n]\n', 1, 'X = [\n"""1\n# 2""",\nNEW,\n3,\n]\n'),
        ("X = [\n    1, 2\n]\n", 1, "X = [\n    1, NEW, 2\n]\n"),
        ("X = [\n    1, 2\n]\n", 2, "X = [\n    1, 2,\n    NEW\n]\n"),
    ],
)
def test_the_style_of_the_sequence_is_kept(before: str, index: int, after: str) -> None:
    document = Document.read(before.encode())
    node = document.tree.body[0]
    assert isinstance(node, ast.Assign)
    assert isinstance(node.value, ast.List | ast.Tuple)
    assert insert_element(document, node.value, index, "NEW").source.decode() == after


def test_the_last_string_decides_about_quotes() -> None:
    document = Document.read(text('"""Doc."""\nX = [r"a", b, \'c\']\nY = []\n').encode())
    first, second = document.tree.body[1:]
    assert isinstance(first, ast.Assign)
    assert isinstance(first.value, ast.List)
    assert isinstance(second, ast.Assign)
    assert quote_of(document, first.value.elts) == "'"
    assert quote_of(document, first.value.elts[:2]) == '"'
    assert quote_of(document, [], otherwise="'") == '"'


def test_a_file_without_strings_gets_the_quote_of_the_project() -> None:
    document = Document.read(b'"""Doc."""\n\nX = []\n')
    assert quote_of(document, [], otherwise="'") == "'"
    assert quote_of(document, []) == '"'


@pytest.mark.parametrize("value", ["a", "it's", 'say "x"', "back\\slash", "new\nline", "é", "\u2028"])
def test_a_quoted_value_is_the_value(value: str) -> None:
    assert ast.literal_eval(quoted(value, "'")) == value
    assert ast.literal_eval(quoted(value, '"')) == value


def test_an_insertion_that_would_say_something_else_is_refused() -> None:
    document = Document.read(b"X = [1]\n")
    node = document.tree.body[0]
    assert isinstance(node, ast.Assign)
    assert isinstance(node.value, ast.List)
    with pytest.raises(CannotEdit, match="an insertion would change"):
        document.insert([], document.twin(node.value)[0].__class__(body=[], type_ignores=[]))
