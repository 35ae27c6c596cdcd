from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Optional

import pytest
from annotated_types import Ge
from ninja import Schema

from django_layers.api.exactness import exactly
from django_layers.schemas import Page, ResponseSchema


class RatingRead(ResponseSchema):
    id: int


class InternalRating(RatingRead):
    secret: str = "hunter2"


class TagRead(ResponseSchema):
    name: str


class Resolving(Schema):
    id: int


class MoreText(str):
    pass


RATING = RatingRead(id=1)
INTERNAL = InternalRating(id=1)
TAG = TagRead(name="x")


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (RatingRead, RATING),
        (Resolving, Resolving(id=1)),
        (Page[RatingRead], Page[RatingRead](items=(), next_cursor=None)),
        (Optional[RatingRead], None),  # noqa: UP045 - the older spelling is what is tried
        (RatingRead | None, RATING),
        (RatingRead | TagRead, TAG),
        (int, 1),
        (None, None),
        (date, date(2026, 1, 1)),
        (list[RatingRead], []),
        (list[RatingRead], [RATING, RATING]),
        (list[RatingRead | None], [RATING, None]),
        (tuple[RatingRead, ...], (RATING,)),
        (dict[str, RatingRead], {"x": RATING}),
        (dict[int, str], {1: "x"}),
    ],
)
def test_what_needs_no_validation(annotation, value):
    assert exactly(annotation)(value)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (RatingRead, INTERNAL),
        (RatingRead, {"id": 1}),
        (RatingRead, None),
        (RatingRead | None, INTERNAL),
        (RatingRead | TagRead, 1),
        (int, True),
        (str, MoreText("x")),
        (date, datetime(2026, 1, 1)),
        (list[RatingRead], [RATING, INTERNAL]),
        (list[RatingRead], [RATING, TAG]),
        (list[RatingRead], (RATING,)),
        (list[RatingRead], [None]),
        (tuple[RatingRead, ...], [RATING]),
        (tuple[RatingRead, ...], (INTERNAL,)),
        (dict[str, RatingRead], {1: RATING}),
        (dict[str, RatingRead], {"x": INTERNAL}),
        (dict[str, RatingRead], [RATING]),
        # What is not known by its class alone is validated, whatever it is.
        (list[Resolving], [Resolving(id=1)]),
        (tuple[RatingRead, RatingRead], (RATING, RATING)),
        (list[Annotated[int, Ge(1)]], [1]),
        (list[list[int]], [[1]]),
        (dict[str, list[int]], {"x": [1]}),
        (Sequence[int], [1]),
        (int | list[int], 1),
        (object, 1),
    ],
)
def test_what_is_validated(annotation, value):
    assert not exactly(annotation)(value)


def test_what_has_to_keep_a_constraint_is_validated():
    assert exactly(int)(1)
    assert not exactly(int, [Ge(1)])(1)
