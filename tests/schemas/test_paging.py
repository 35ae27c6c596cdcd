"""Queries and pages."""

from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from django_layers.schemas import Page, PageQuery, ResponseSchema


class RecipeRead(ResponseSchema):
    id: int


def test_a_page_has_25_items_unless_asked_otherwise() -> None:
    assert PageQuery().limit == 25


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_page_has_an_upper_and_a_lower_bound(limit: int) -> None:
    with pytest.raises(ValidationError):
        PageQuery(limit=limit)


def test_an_entity_can_tighten_the_bounds() -> None:
    class SmallQuery(PageQuery):
        limit: Annotated[int, Field(ge=1, le=10)] = 5

    assert SmallQuery().limit == 5
    with pytest.raises(ValidationError):
        SmallQuery(limit=11)


def test_a_page_is_described_by_the_name_of_what_it_holds() -> None:
    schema = Page[RecipeRead].model_json_schema()
    assert schema["title"] == "RecipeReadPage"
    assert schema["required"] == ["items", "next_cursor"]
    assert schema["properties"]["items"]["items"] == {"$ref": "#/$defs/RecipeRead"}


def test_callers_can_rely_on_every_field_of_a_page() -> None:
    schema = Page[RecipeRead].model_json_schema(mode="serialization")
    assert schema["required"] == ["items", "next_cursor", "previous_cursor", "total"]


def test_a_page_keeps_the_items_that_it_is_given() -> None:
    recipe = RecipeRead(id=1)
    assert Page[RecipeRead](items=(recipe,), next_cursor=None).items[0] is recipe
