"""The table of field types, proven by what Django and Pydantic make of it."""

import datetime as dt
import json
from decimal import Context, Decimal
from typing import Any

import pytest
from django.db import models
from django.test.utils import isolate_apps
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError, create_model

from django_layers.scaffold.language.annotations import (
    alias_name,
    filter_type,
    plain_type,
    request_type,
    schema_default,
)
from django_layers.scaffold.language.expressions import Expression, Import, as_json, literal
from django_layers.scaffold.language.fields import (
    allows_null,
    bound,
    choice_members,
    default_value,
    dto_name,
    field_series,
    is_required,
    model_arguments,
    row_name,
)
from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.language.modifiers import MODIFIERS
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.language.types import FIELD_TYPES
from django_layers.scaffold.rendering.views.mistakes import broken_constraints
from django_layers.schemas import RequestSchema
from tests.scaffold.strategies import valid_fields

ENTITY = EntitySpec(name="Kettle", app_label="recipes")
VALUED = [name for name, row in FIELD_TYPES.items() if row.series is not None and name != "choice"]
SCALARS = [*VALUED, "choice", "file"]


def evaluated(expression: Expression, **names: object) -> Any:
    namespace: dict[str, object] = dict(names)
    for item in expression.imports:
        exec(str(item), namespace)
    return eval(expression.code, namespace)


def request_model(field: FieldSpec) -> type[RequestSchema]:
    annotation = evaluated(request_type(ENTITY, field))
    if allows_null(field):
        annotation = annotation | None
    default = schema_default(ENTITY, field)
    value = ... if default is None else evaluated(default)
    return create_model("KettleCreate", __base__=RequestSchema, **{field.name: (annotation, value)})


fields_with_values = st.sampled_from(VALUED).flatmap(lambda kind: valid_fields("a", kind))


@settings(max_examples=200, deadline=None)
@given(fields_with_values)
def test_samples_are_accepted_by_the_request_as_values_and_as_json(field: FieldSpec) -> None:
    schema = request_model(field)
    for sample in field_series(field).samples:
        assert getattr(schema(**{field.name: sample}), field.name) == sample
        body = json.dumps({field.name: evaluated(as_json(sample))})
        assert getattr(schema.model_validate_json(body), field.name) == sample
        assert evaluated(literal(sample)) == sample


@settings(max_examples=200, deadline=None)
@given(fields_with_values, st.integers(0, 20_000))
def test_series_gives_valid_values_that_differ(field: FieldSpec, number: int) -> None:
    series = field_series(field)
    schema = request_model(field)
    rows = range(number, number + min(series.size, 10))
    values = [evaluated(Expression(series.code, series.imports), n=n) for n in rows]
    for value in values:
        assert getattr(schema(**{field.name: value}), field.name) == value
    if field.type not in ("float", "json", "bool"):
        assert len(set(values)) == len(values)


def as_sqlite_keeps(value: Decimal, digits: int, places: int) -> Decimal:
    """Return what Django reads of a decimal that SQLite has stored as a float."""
    read = Context(prec=15).create_decimal_from_float(float(value))
    return read.quantize(Decimal(1).scaleb(-places), context=Context(prec=digits))


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 65), st.integers(0, 30), st.sampled_from(["", "min", "max"]), st.data())
def test_decimals_of_factories_are_those_that_sqlite_keeps(
    digits: int, places: int, limit: str, data: st.DataObject
) -> None:
    places = min(digits, places)
    units = data.draw(st.integers(-(10**digits) + 1, 10**digits - 1))
    bounds = {limit: f"{Decimal(f'{units}E-{places}'):f}"} if limit else {}
    field = FieldSpec(name="a", type="decimal", argument=(str(digits), str(places)), **bounds)
    series = field_series(field)
    assume(not limit or series.size > 1)

    values = [evaluated(Expression(series.code, series.imports), n=n) for n in (0, 1, 77, 9_999)]

    for value in (*series.samples, *values):
        assert isinstance(value, Decimal | int)
        kept = as_sqlite_keeps(Decimal(value), digits, places)
        assert str(kept) == str(Decimal(value)) or kept == value == 0


def test_what_breaks_a_bound_of_many_digits_breaks_it_for_sqlite_too() -> None:
    low = "0.1234567890123456789012"
    field = FieldSpec(name="a", type="decimal", argument=("30", "28"), min=low)

    (mistake,) = broken_constraints(EntitySpec(name="Kettle", app_label="recipes", fields=(field,)), field)

    assert float(evaluated(mistake.value)) < float(low)


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("a:int:min=0", "n % 10_000"),
        ("a:int:max=0", "-(n % 10_000)"),
        ("a:int:min=3", "3 + n % 10_000"),
        ("a:float:min=0:max=2", "n % 100 / 100 * 2.0"),
        ("a:duration:min=0s", "dt.timedelta(seconds=n % 10_000)"),
    ],
)
def test_a_series_from_zero_adds_nothing_to_it(field: str, code: str) -> None:
    assert field_series(parse_field(field)).code == code


@settings(max_examples=200, deadline=None)
@given(fields_with_values)
def test_mistakes_are_refused(field: FieldSpec) -> None:
    schema = request_model(field)
    for value, why in FIELD_TYPES[field.type].mistakes:
        assert not accepts(schema, {field.name: value}), why


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SCALARS).flatmap(lambda kind: valid_fields("a", kind)))
def test_model_field_passes_djangos_checks(field: FieldSpec) -> None:
    members = dict(choice_members(field)) if field.type == "choice" else {}
    names = {"KettleA": models.TextChoices("KettleA", members)} if members else {}
    arguments = {name: evaluated(value, **names) for name, value in model_arguments(ENTITY, field)}
    with isolate_apps("django.contrib.auth"):
        meta = type("Meta", (), {"app_label": "auth"})
        column = getattr(models, FIELD_TYPES[field.type].model)(**arguments)
        kettle = type("Kettle", (models.Model,), {"a": column, "Meta": meta, "__module__": __name__})
        assert kettle.check() == []  # type: ignore[attr-defined]  # a model, which `type` does not know
        assert column.null == allows_null(field)


@settings(max_examples=100, deadline=None)
@given(fields_with_values)
def test_default_of_the_request_is_that_of_the_model(field: FieldSpec) -> None:
    schema = request_model(field)
    assert schema.model_fields[field.name].is_required() == (default_value_is_missing(field))
    default = dict(model_arguments(ENTITY, field)).get("default")
    if default is not None:
        value = evaluated(default)
        assert getattr(schema(), field.name) == (value() if value is dict else value)


def accepts(schema: type[RequestSchema], body: dict[str, object]) -> bool:
    try:
        schema.model_validate(body)
    except ValidationError:
        return False
    return True


def default_value_is_missing(field: FieldSpec) -> bool:
    return field.default is None and not field.null and not field.optional


@pytest.mark.parametrize(
    ("text", "model", "plain", "request_", "default"),
    [
        ("a:str", "max_length=200", "str", "Annotated[str, Field(min_length=1, max_length=200)]", None),
        ("a:str=5:optional", "max_length=5, blank=True, default=''", "str", "Annotated[str, Field(max_length=5)]", "''"),
        ("a:text:optional", "blank=True, default=''", "str", "str", "''"),
        ("a:text:null", "null=True, blank=True", "str | None", "Annotated[str, Field(min_length=1)]", "None"),
        ("a:int", "", "int", "Int32", None),
        ("a:int:optional", "null=True, blank=True", "int | None", "Int32", "None"),
        ("a:int:min=1", "", "int", "Annotated[Int32, Field(ge=1)]", None),
        ("a:int:min=1:max=5:unique", "unique=True", "int", "Annotated[int, Field(ge=1, le=5)]", None),
        ("a:bool:optional", "default=False", "bool", "bool", "False"),
        ("a:datetime", "", "dt.datetime", "AwareDatetime", None),
        ("a:json:default={}", "default=dict", "dict[str, JsonValue]", "dict[str, JsonValue]", "Field(default_factory=dict)"),
        ("a:choice=x,y:default=y", "max_length=20, choices=KettleA, default=KettleA.Y", "KettleA", "KettleA", "KettleA.Y"),
        ("a:email:max_length=50", "max_length=50", "str", None, None),
        ("a:uuid:help=it's", 'help_text="it\'s"', "UUID", "UUID", None),
    ],
)  # fmt: skip
def test_field_becomes_expressions(
    text: str, model: str, plain: str, request_: str | None, default: str | None
) -> None:
    field = parse_field(text)
    assert ", ".join(f"{name}={value}" for name, value in model_arguments(ENTITY, field)) == model
    assert str(plain_type(ENTITY, field)) == plain
    if request_ is not None:
        assert str(request_type(ENTITY, field)) == request_
    found = schema_default(ENTITY, field)
    assert (found and found.code) == default


def test_references_have_the_type_of_the_targets_key() -> None:
    key = Expression("UUID", (Import("uuid", "UUID"),))
    assert str(plain_type(ENTITY, parse_field("shelf:fk=pantry.Shelf"), key)) == "UUID"
    assert str(plain_type(ENTITY, parse_field("shelf:fk=pantry.Shelf:optional"), key)) == "UUID | None"
    assert str(plain_type(ENTITY, parse_field("tags:m2m=recipes.Tag"), key)) == "tuple[UUID, ...]"
    assert str(filter_type(ENTITY, parse_field("tags:m2m=recipes.Tag"), key)) == "UUID"
    with pytest.raises(ValueError, match="the type of its key"):
        plain_type(ENTITY, parse_field("shelf:fk=pantry.Shelf"))


def test_references_are_named_by_their_keys_in_schemas() -> None:
    names = {
        text: (row_name(parse_field(text)), dto_name(parse_field(text)))
        for text in ("a:fk=x.Y", "tags:m2m=x.Y", "a:int")
    }
    assert names == {"a:fk=x.Y": ("a_id", "a_id"), "tags:m2m=x.Y": ("tags", "tag_ids"), "a:int": ("a", "a")}


@pytest.mark.parametrize(
    ("choices", "members"),
    [
        (("draft", "in-progress"), (("DRAFT", "draft"), ("IN_PROGRESS", "in-progress"))),
        (("1st", "class"), (("GRADE_1ST", "1st"), ("CLASS", "class"))),
    ],
)
def test_choices_have_valid_names(choices: tuple[str, ...], members: tuple[tuple[str, str], ...]) -> None:
    assert choice_members(FieldSpec(name="grade", type="choice", argument=choices)) == members


@pytest.mark.parametrize(
    ("name", "alias"), [("stars", "Stars"), ("field", "FieldValue"), ("kettle_read", "KettleReadValue")]
)
def test_alias_of_a_type_hides_nothing(name: str, alias: str) -> None:
    assert alias_name(ENTITY, FieldSpec(name=name, type="int")) == alias


def test_blank_and_unsafe_texts_are_refused_unless_optional() -> None:
    required = TypeAdapter(request_model(parse_field("a:url")))
    for value in ("", "ftp://x.example", "https://x.example/a b"):
        with pytest.raises(ValidationError):
            required.validate_python({"a": value})
    assert request_model(parse_field("a:url:optional"))(a="")  # type: ignore[call-arg]  # made above


def test_addresses_are_written_in_one_way() -> None:
    made = request_model(parse_field("a:ip"))(a="2001:DB8:0:0::1")  # type: ignore[call-arg]  # made above
    assert made.a == "2001:db8::1"  # type: ignore[attr-defined]  # made above


def test_decimal_default_has_the_places_of_its_field() -> None:
    assert str(default_value(parse_field("a:decimal=8,2:default=3"))) == "3.00"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90m", dt.timedelta(minutes=90)),
        ("1h30m", dt.timedelta(minutes=90)),
        ("1:30:00", dt.timedelta(minutes=90)),
        ("2 01:30", dt.timedelta(days=2, minutes=90)),
        ("-5s", dt.timedelta(seconds=-5)),
    ],
)
def test_durations_are_read(text: str, value: dt.timedelta) -> None:
    assert bound(FieldSpec(name="a", type="duration"), text) == value


@given(st.timedeltas(dt.timedelta(days=-1000), dt.timedelta(days=1000)))
def test_json_of_a_duration_is_read_back_as_it_was(value: dt.timedelta) -> None:
    assert TypeAdapter(dt.timedelta).validate_json(json.dumps(evaluated(as_json(value)))) == value
    assert evaluated(literal(value)) == value


def test_decimal_is_written_with_its_zeros() -> None:
    assert literal(Decimal("1.50")).code == "Decimal('1.50')"


def test_required_is_what_a_request_must_hold() -> None:
    texts = [
        "a:int",
        "a:int:default=1",
        "a:int:optional",
        "a:m2m=x.Y",
        "a:file",
        "a:owner",
        "a:fk=x.Y",
        "a:int:null:readonly",
    ]
    assert [text for text in texts if is_required(parse_field(text))] == ["a:int", "a:fk=x.Y"]


def test_every_modifier_is_taken_by_some_type_and_every_type_takes_known_ones() -> None:
    taken = frozenset().union(*(row.modifiers for row in FIELD_TYPES.values()))
    assert taken == set(MODIFIERS)
