"""The grammar of fields, read and written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from django_layers.scaffold.language.grammar import (
    command_line,
    format_columns,
    format_field,
    parse_field,
    parse_fields,
    parse_index,
    parse_order,
    parse_reference,
    parse_unique,
    position_of,
)
from django_layers.scaffold.language.problems import GrammarError
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec, IndexColumn, OnDelete, PrimaryKey
from django_layers.scaffold.language.types import FIELD_TYPES
from tests.scaffold.strategies import valid_fields

SCALARS = [name for name, row in FIELD_TYPES.items() if not row.reference]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("stars:int:min=1:max=5", FieldSpec(name="stars", type="int", min="1", max="5")),
        ("title:str=200", FieldSpec(name="title", type="str", argument=("200",))),
        ("price:decimal=8,2:null", FieldSpec(name="price", type="decimal", argument=("8", "2"), null=True)),
        ("opens:time:default=09:00", FieldSpec(name="opens", type="time", default="09:00")),
        ("opens:time:default=09:00:optional", FieldSpec(name="opens", type="time", default="09:00", optional=True)),
        ("a:str:help=see: this", FieldSpec(name="a", type="str", help="see: this")),
        ("a:str:help=min: see this:max_length=3", FieldSpec(name="a", type="str", help="min: see this", max_length=3)),
        ("a:str:default=x=y", FieldSpec(name="a", type="str", default="x=y")),
        ("at:datetime:min=2026-01-01T09:00Z:max=2027-01-01T09:00Z", FieldSpec(name="at", type="datetime", min="2026-01-01T09:00Z", max="2027-01-01T09:00Z")),
        (
            "recipe:fk=recipes.Recipe:related=ratings:cascade:embed=id,title",
            FieldSpec(
                name="recipe",
                type="fk",
                argument=("recipes.Recipe",),
                related="ratings",
                on_delete=OnDelete.CASCADE,
                embed=("id", "title"),
            ),
        ),
        ("user:owner=shared", FieldSpec(name="user", type="owner", argument=("shared",))),
        ("state:choice=a,b:default=a", FieldSpec(name="state", type="choice", argument=("a", "b"), default="a")),
    ],
)  # fmt: skip
def test_field_is_read(text: str, field: FieldSpec) -> None:
    assert parse_field(text) == field


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SCALARS).flatmap(lambda kind: valid_fields("a", kind)))
def test_written_field_is_read_as_it_was(field: FieldSpec) -> None:
    assert parse_field(format_field(field)) == field


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abint:=,.minoptual '\n", max_size=40))
def test_any_text_is_read_or_refused_with_a_position_inside_it(text: str) -> None:
    fields, found = parse_fields([text])
    assert bool(fields) != bool(found)
    assert all(field.type in FIELD_TYPES for field in fields)
    assert all(problem.position is not None and 0 <= problem.position <= len(text) for problem in found)


def problems(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(GrammarError) as caught:
        parse_field(text)
    return [(problem.position, f"{problem.message} {problem.suggestion}") for problem in caught.value.problems]


def test_unknown_type_is_pointed_at_with_the_nearest_one() -> None:
    assert problems("title:srt") == [(6, "'srt' is no type. Did you mean str?")]


def test_type_that_is_like_none_lists_them_all() -> None:
    ((_, said),) = problems("title:qqqqq")
    assert "The types are str, text, int" in said


def test_unknown_modifier_is_pointed_at_with_the_nearest_one() -> None:
    assert problems("title:str:optionl") == [(10, "'optionl' is no modifier. Did you mean optional?")]


def test_several_mistakes_in_a_field_are_reported_together() -> None:
    assert [position for position, _ in problems("a:strr:optionl:min=:null:null:sort=1")] == [2, 7, 18, 25, 34]


@pytest.mark.parametrize("text", ["a:int:default=1:min", "a:int:default=1:null=2", "a:str:help=see:default"])
def test_modifier_without_its_value_is_not_swallowed_by_a_free_value(text: str) -> None:
    ((_, said),) = problems(text)
    assert "value" in said


def test_mistyped_modifier_is_not_swallowed_by_a_free_value() -> None:
    ((position, said),) = problems("a:int:default=1:uniqe")
    assert position == 16
    assert "Did you mean unique?" in said


def test_address_with_letters_is_no_mistyped_modifier() -> None:
    assert parse_field("a:ip:default=2001:db8::feed").default == "2001:db8::feed"


def test_caret_stands_below_the_mistake() -> None:
    with pytest.raises(GrammarError) as caught:
        parse_field("a:int:mim=1")
    assert str(caught.value).splitlines()[-2:] == ["    a:int:mim=1", "          ^"]


def test_line_break_in_a_field_does_not_move_the_caret() -> None:
    with pytest.raises(GrammarError) as caught:
        parse_field("a\nb:strr")
    assert len(str(caught.value).splitlines()) == 3


def test_two_answers_to_one_question_contradict_each_other() -> None:
    ((position, said),) = problems("a:fk=x.Y:cascade:protect")
    assert position is not None
    assert "cascade and protect contradict each other" in said


def test_grammar_error_is_a_wrong_request() -> None:
    with pytest.raises(GrammarError) as caught:
        parse_field("a")
    assert caught.value.exit_code == 2


def test_fields_that_can_be_read_are_returned_beside_the_problems_of_others() -> None:
    fields, found = parse_fields(["a:int", "b:itn", "c"])
    assert [field.name for field in fields] == ["a"]
    assert [problem.where for problem in found] == ["b", "c"]


def test_value_that_would_be_read_as_a_modifier_cannot_be_written() -> None:
    with pytest.raises(GrammarError, match="--from-spec"):
        format_field(FieldSpec(name="a", type="str", default="x:unique"))


@pytest.mark.parametrize(
    ("part", "position"), [("name", 0), ("type", 2), ("argument", 6), ("default", 8), ("min", None)]
)
def test_parts_of_a_field_are_found(part: str, position: int | None) -> None:
    assert position_of("a:str=9:default=x", part) == position


def test_options_are_read() -> None:
    assert parse_unique("recipe,user") == ("recipe", "user")
    assert parse_index("a,b:desc") == (IndexColumn("a"), IndexColumn("b", descending=True))
    assert parse_order("created_at:desc,title:asc") == (
        IndexColumn("created_at", descending=True),
        IndexColumn("title"),
    )
    assert format_columns(parse_index("a,b:desc")) == "a,b:desc"


@pytest.mark.parametrize("text", ["", "a,", ",a", "a,,b", "a:desc"])
def test_unique_set_with_a_hole_or_a_direction_is_refused(text: str) -> None:
    with pytest.raises(GrammarError, match="--unique"):
        parse_unique(text)


def test_wrong_direction_is_pointed_at() -> None:
    with pytest.raises(GrammarError) as caught:
        parse_index("a,b:down")
    assert caught.value.problems[0].position == 4


def test_reference_is_an_app_and_a_model() -> None:
    assert parse_reference("recipes.Rating") == ("recipes", "Rating")
    assert parse_reference("Rating") == ("", "Rating")


@pytest.mark.parametrize("text", ["", "recipes.", ".Rating", "a.b.C", "../x", "a.B;", "Recipes.Rating", "a.B\n"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(GrammarError):
        parse_reference(text)


def test_command_line_names_every_option() -> None:
    entity = EntitySpec(
        name="Rating",
        app_label="recipes",
        plural="scores",
        fields=(FieldSpec(name="stars", type="int"), FieldSpec(name="note", type="text")),
        primary_key=PrimaryKey.UUID,
        unique=(("stars", "note"),),
        indexes=((IndexColumn("stars", descending=True),),),
        order=(IndexColumn("stars"),),
        public=Access.READ,
        write_users=True,
        versioned=True,
        asynchronous=True,
        timestamps=False,
    )
    assert " ".join(command_line(entity)) == (
        "Rating --app recipes stars:int note:text --plural scores --pk uuid --unique stars,note --index stars:desc "
        "--order stars --public read --write users --versioned --async --no-timestamps"
    )
