"""Asking for the fields of an entity."""

from collections.abc import Sequence
from io import StringIO

import pytest

from django_layers.scaffold.refusals import Unfinished
from django_layers.scaffold.request.questions import Questioner


def no_problem(fields: Sequence[str]) -> list[str]:
    """Accept every field."""
    return []


def test_fields_are_asked_for_until_an_empty_answer() -> None:
    questions = StringIO()

    fields = Questioner(StringIO("title:str=200\nstars:int\n\nleft:int\n"), questions).fields("Rating", no_problem)

    assert fields == ("title:str=200", "stars:int")
    assert questions.getvalue().count("Field (empty to end): ") == 3


def test_several_fields_and_quotes_go_into_one_answer() -> None:
    answers = StringIO("title:str 'note:text:help=how it was'\n\n")

    assert Questioner(answers, StringIO()).fields("Rating", no_problem) == ("title:str", "note:text:help=how it was")


def test_a_field_with_a_problem_is_asked_for_again() -> None:
    questions = StringIO()

    fields = Questioner(StringIO("bad\ngood:int\n\n"), questions).fields(
        "Rating", lambda fields: [f"{field} has no type" for field in fields if ":" not in field]
    )

    assert fields == ("good:int",)
    assert "bad has no type\n" in questions.getvalue()


def test_an_answer_with_an_open_quote_is_asked_for_again() -> None:
    questions = StringIO()

    assert Questioner(StringIO("title:str:help='x\n\n"), questions).fields("Rating", no_problem) == ()
    assert "No closing quotation" in questions.getvalue()


@pytest.mark.parametrize("answers", ["", "title:str\n", "title:str\nstars:int"])
def test_the_end_of_the_input_means_no(answers: str) -> None:
    with pytest.raises(Unfinished):
        Questioner(StringIO(answers), StringIO()).fields("Rating", no_problem)
