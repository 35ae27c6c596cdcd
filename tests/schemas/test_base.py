"""The kinds of DTO."""

from enum import Enum
from typing import Annotated

import pytest
from ninja.schema import NinjaGenerateJsonSchema
from pydantic import BaseModel, Field, JsonValue, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from django_layers.schemas import MISSING, Int32, InternalSchema, RequestSchema, ResponseSchema, UpdateSchema


class Size(Enum):
    SMALL = "small"


class Create(RequestSchema):
    name: Annotated[str, Field(min_length=1)]
    data: JsonValue = None
    tags: tuple[str, ...] = ()
    ratio: float = 0


class Update(UpdateSchema):
    name: Annotated[str, Field(min_length=1)] | MISSING = MISSING
    servings: Annotated[Int32, Field(ge=1)] | MISSING = MISSING
    parent_id: int | MISSING | None = MISSING
    size: Size | MISSING = MISSING


def problems(schema: type[BaseModel], **values: object) -> list[tuple[tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        schema.model_validate(values)
    return [(error["loc"], error["type"]) for error in caught.value.errors()]


@pytest.mark.parametrize("schema", [RequestSchema, UpdateSchema, ResponseSchema, InternalSchema])
def test_no_dto_can_be_changed(schema: type[BaseModel]) -> None:
    class Example(schema):  # type: ignore[valid-type, misc]
        name: str

    example = Example(name="a")
    with pytest.raises(ValidationError):
        example.name = "b"


@pytest.mark.parametrize("schema", [RequestSchema, UpdateSchema, InternalSchema])
def test_a_name_that_there_is_not_is_refused(schema: type[BaseModel]) -> None:
    assert problems(schema, nope=1) == [(("nope",), "extra_forbidden")]


def test_white_space_around_text_is_removed() -> None:
    assert Create(name="  a b ", tags=(" c ",)).model_dump() == {
        "name": "a b",
        "data": None,
        "tags": ("c",),
        "ratio": 0,
    }


def test_text_of_white_space_is_empty() -> None:
    assert problems(Create, name=" \n") == [(("name",), "string_too_short")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "a\x00"),
        ("tags", ["a", "\x00"]),
        ("data", {"a": [{"b": "\x00"}]}),
        ("data", {"a\x00": 1}),
    ],
)
def test_a_nul_character_is_refused_wherever_it_hides(field: str, value: object) -> None:
    assert problems(Create, **{"name": "a", field: value}) == [((field,), "nul_character")]


def test_a_nul_character_is_refused_in_a_nested_request() -> None:
    class Outer(RequestSchema):
        inner: Create

    assert problems(Outer, inner={"name": "\x00"})[0] == (("inner",), "nul_character")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "NaN"])
def test_a_number_that_is_not_finite_is_refused(value: object) -> None:
    assert problems(Create, name="a", ratio=value) == [(("ratio",), "finite_number")]


def test_what_was_sent_is_not_in_the_text_of_the_error() -> None:
    with pytest.raises(ValidationError) as caught:
        Create.model_validate({"name": "secret" * 3 + "\x00"})
    assert "secret" not in str(caught.value)


def test_a_field_that_is_left_out_is_missing() -> None:
    assert Update().name is MISSING
    assert Update(name="a").model_dump() == {"name": "a"}


def test_null_is_a_value_where_the_type_allows_it() -> None:
    assert Update(parent_id=None).parent_id is None


@pytest.mark.parametrize("field", ["name", "servings", "size"])
def test_null_is_refused_where_the_type_does_not_allow_it(field: str) -> None:
    assert [place for place, _ in problems(Update, **{field: None})] == [(field,)]


@pytest.mark.parametrize(("value", "kind"), [(0, "greater_than_equal"), (2**31, "less_than_equal")])
def test_both_bounds_hold_where_one_is_the_column_s(value: int, kind: str) -> None:
    assert problems(Update, servings=value) == [(("servings",), kind)]


@pytest.mark.parametrize("generator", [GenerateJsonSchema, NinjaGenerateJsonSchema])
@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_an_update_describes_its_fields_as_optional_without_a_default(
    generator: type[GenerateJsonSchema], mode: str
) -> None:
    schema = Update.model_json_schema(schema_generator=generator, mode=mode)  # type: ignore[arg-type]
    properties = schema["properties"]
    assert "required" not in schema
    assert all("default" not in each for each in properties.values())
    assert properties["name"] == {"minLength": 1, "title": "Name", "type": "string"}
    assert properties["servings"] == {"maximum": 2**31 - 1, "minimum": 1, "title": "Servings", "type": "integer"}
    assert properties["parent_id"]["anyOf"] == [{"type": "integer"}, {"type": "null"}]
    assert "#/$defs/Size" in str(properties["size"])


def test_an_update_inside_another_schema_describes_itself_just_so() -> None:
    class Outer(RequestSchema):
        inner: Update

    inner = Outer.model_json_schema(schema_generator=NinjaGenerateJsonSchema)["$defs"]["Update"]
    assert inner["properties"]["name"] == {"minLength": 1, "title": "Name", "type": "string"}
    assert "required" not in inner
