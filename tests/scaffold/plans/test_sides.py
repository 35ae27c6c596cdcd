"""The two versions of a file that a merge left conflict markers in."""

import pytest

from django_layers.scaffold.plans.sides import is_unmerged, sides

PLAIN = b"one\n<<<<<<< ours\ntwo\n=======\nthree\nfour\n>>>>>>> theirs\nfive\n"


def test_each_side_has_its_own_lines_and_those_of_both() -> None:
    assert is_unmerged(PLAIN)
    assert sides(PLAIN) == (b"one\ntwo\nfive\n", b"one\nthree\nfour\nfive\n")


def test_what_was_there_before_is_of_neither_side() -> None:
    before = PLAIN.replace(b"=======", b"||||||| base\nzero\n=======")

    assert sides(before) == sides(PLAIN)


def test_carriage_returns_make_no_difference_to_markers() -> None:
    assert sides(PLAIN.replace(b"\n", b"\r\n"))[0] == b"one\r\ntwo\r\nfive\r\n"


@pytest.mark.parametrize("line", [b"<<<<<<< ours", b"||||||| base\r", b"=======", b">>>>>>>", b"<<<<<<< \r\r"])
def test_one_marker_is_enough_for_a_file_to_be_unmerged(line: bytes) -> None:
    assert is_unmerged(line)
    assert is_unmerged(b"one\n" + line + b"\ntwo\n")


@pytest.mark.parametrize("line", [b"a <<<<<<< b", b"========", b" =======", b"<<<<<<<ours", b"\r=======", b"<<<<<< a"])
def test_a_file_without_markers_is_merged(line: bytes) -> None:
    assert not is_unmerged(line)
    assert not is_unmerged(b"one\n" + line + b"\ntwo\n")
