"""What numbers are not."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import pytest
from pydantic import MISSING, Field, JsonValue, ValidationError

from django_layers.schemas import Int32, RequestSchema, UpdateSchema

Stars = Annotated[int, Field(ge=1, le=5)]


class Sent(RequestSchema):
    """A field for each way to ask for numbers, and some that ask for other things."""

    stars: Stars = 1
    minutes: Annotated[Int32, Field(ge=0)] | None = None
    weight: float = 0.0
    tag_ids: tuple[int, ...] = ()
    is_open: bool = False
    either: int | bool = 0
    document: JsonValue = None
    price: Decimal = Decimal(0)


class Changed(UpdateSchema):
    stars: Stars | MISSING = MISSING


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("stars", True, "int_type"),
        ("minutes", False, "int_type"),
        ("weight", True, "float_type"),
        ("tag_ids", [1, True], "int_type"),
        ("price", True, "decimal_type"),
    ],
)
def test_true_and_false_are_no_numbers(name: str, value: object, kind: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Sent.model_validate({name: value})
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [(kind, (name,))]


def test_they_are_none_where_a_field_may_be_missing_either() -> None:
    with pytest.raises(ValidationError):
        Changed.model_validate({"stars": True})
    assert Changed.model_validate({"stars": 1}).stars == 1
    assert Changed.model_validate({}).stars is MISSING


@pytest.mark.parametrize(
    ("name", "value"),
    [("is_open", True), ("either", True), ("document", [True, {"a": False}]), ("stars", 5), ("tag_ids", (1, 0))],
)
def test_what_may_be_a_boolean_and_what_is_a_number_stays(name: str, value: object) -> None:
    found = getattr(Sent.model_validate({name: value}), name)
    assert found == value
    assert type(found) is type(value)


def test_a_number_may_be_text_as_it_is_in_a_query() -> None:
    assert Sent.model_validate({"stars": "5", "weight": "1.5", "minutes": None}) == Sent(stars=5, weight=1.5)
