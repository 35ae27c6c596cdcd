"""The specification of an entity as JSON data."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from django_layers.scaffold.language.spec import (
    Access,
    EntitySpec,
    FieldSpec,
    IndexColumn,
    OnDelete,
    OperationSpec,
    PrimaryKey,
    Returns,
    Rows,
)
from django_layers.scaffold.plans.ledger import JSON
from django_layers.scaffold.plans.spec_data import from_data, to_data
from django_layers.scaffold.plans.spec_file import read_spec_file
from django_layers.scaffold.refusals import InvalidRequest

SMALL = EntitySpec(name="Rating", app_label="recipes")

FULL = EntitySpec(
    name="Rating",
    app_label="recipes",
    plural="ratings",
    fields=(
        FieldSpec(name="recipe", type="fk", argument=("recipes.Recipe",), on_delete=OnDelete.CASCADE, embed=("title",)),
        FieldSpec(name="stars", type="int", min="1", max="5", default="3", filter=True, sort=True, index=True),
        FieldSpec(name="note", type="str", argument=("20",), null=True, optional=True, unique=True, help="a:min=1"),
        FieldSpec(name="code", type="str", max_length=8, readonly=True, writeonly=True, related="codes"),
    ),
    primary_key=PrimaryKey.UUID,
    unique=(("recipe", "note"),),
    indexes=((IndexColumn("stars", descending=True), IndexColumn("id")),),
    order=(IndexColumn("stars", descending=True),),
    public=Access.READ,
    write_users=True,
    versioned=True,
    asynchronous=True,
    timestamps=False,
    layers=frozenset({"models", "types"}),
    operations=(
        OperationSpec(name="praise"),
        OperationSpec(
            name="level",
            rows=Rows.ALL,
            fields=("stars",),
            inputs=(FieldSpec(name="reason", type="text", optional=True),),
            returns=Returns.NONE,
        ),
    ),
)


@pytest.mark.parametrize("entity", [SMALL, FULL])
def test_an_entity_survives_the_way_to_json_and_back(entity: EntitySpec) -> None:
    assert from_data(json.loads(json.dumps(to_data(entity)))) == entity


def test_what_has_its_default_value_is_left_out() -> None:
    assert to_data(SMALL) == {"name": "Rating", "app": "recipes"}


def test_a_file_may_write_fields_in_the_grammar_and_numbers_as_numbers(tmp_path: Path) -> None:
    file = tmp_path / "rating.toml"
    file.write_text(
        'name = "Rating"\napp = "recipes"\nfields = [\n  "title:str=20",\n'
        '  { name = "stars", type = "int", min = 1, default = 3 },\n]\n'
    )

    (entity,) = read_spec_file(file)

    assert entity.fields == (
        FieldSpec(name="title", type="str", argument=("20",)),
        FieldSpec(name="stars", type="int", min="1", default="3"),
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([], "entity: it must be an object with name and fields."),
        ({"app": "recipes"}, "name: it is missing."),
        ({"name": 1}, "name: 1 must be text."),
        ({"name": "A", "feilds": []}, "'feilds' is unknown. Did you mean fields?"),
        ({"name": "A", "fields": {}}, "fields: {} must be a list."),
        ({"name": "A", "fields": [1]}, "fields: 1 is neither an object nor text"),
        ({"name": "A", "fields": ["title:strr"]}, "'strr' is no type. Did you mean str?"),
        ({"name": "A", "fields": [{"name": "t", "type": "str", "uniqe": True}]}, "Did you mean unique?"),
        ({"name": "A", "fields": [{"name": "t", "type": "str", "unique": "yes"}]}, '"yes" must be true or false.'),
        ({"name": "A", "fields": [{"name": "t", "type": "str", "max_length": "8"}]}, "max_length must be a number."),
        ({"name": "A", "fields": [{"name": "t", "type": "fk", "on_delete": "drop"}]}, '"drop" is none of cascade'),
        ({"name": "A", "write": "user"}, 'write: "user" is not "users".'),
        ({"name": "A", "public": "everything"}, '"everything" is none of none, read, all'),
        ({"name": "A", "order": "a:down"}, "'down' is neither asc nor desc."),
    ],
)
def test_what_describes_no_entity_is_refused(data: JSON, problem: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        from_data(data)

    assert problem in str(caught.value)


def test_every_problem_is_listed() -> None:
    with pytest.raises(InvalidRequest) as caught:
        from_data({"nam": "A", "fields": [1, 2]})

    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(("name", "text"), [("a.json", "{"), ("a.toml", "= 1")])
def test_a_file_that_can_not_be_parsed_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    with pytest.raises(InvalidRequest, match="can't be read"):
        read_spec_file(tmp_path / name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="can't be read"):
        read_spec_file(tmp_path / "missing.json")


def test_the_inputs_of_an_operation_are_names_of_fields_or_fields_in_the_grammar() -> None:
    operation = {"name": "level", "on": "all", "input": ["stars", "reason:text:optional"]}

    (read,) = from_data({"name": "Rating", "operations": [operation]}).operations

    assert read == replace(FULL.operations[1], returns=Returns.READ)


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ("level", 'operations: "level" is no object with a name.'),
        ({"name": "level", "inputs": []}, "operations: 'inputs' is unknown. Did you mean input?"),
        ({"name": "level", "on": "some"}, 'on: "some" is none of one, all.'),
        ({"name": "level", "input": ["reason:txt="]}, "reason"),
    ],
)
def test_an_operation_that_is_none_is_refused(operation: JSON, message: str) -> None:
    with pytest.raises(InvalidRequest, match=re.escape(message)):
        from_data({"name": "Rating", "operations": [operation]})
