"""Which operations an entity can have."""

from dataclasses import replace

import pytest

from django_layers.scaffold.language.spec import EntitySpec, FieldSpec, OperationSpec, PrimaryKey, Rows
from django_layers.scaffold.request.validate import validate
from tests.scaffold.entities import PANTRY_APP, RECIPES_APP
from tests.scaffold.facts import FACTS

KETTLE = EntitySpec(
    name="Kettle",
    app_label="recipes",
    primary_key=PrimaryKey.UUID,
    fields=(
        FieldSpec(name="recipe", type="fk", argument=("recipes.Recipe",), related="kettles"),
        FieldSpec(name="owner", type="owner"),
        FieldSpec(name="label", type="str", argument=("20",)),
        FieldSpec(name="code", type="str", argument=("20",), unique=True),
        FieldSpec(name="manual", type="file", optional=True),
    ),
    unique=(("recipe", "label"),),
)
NOTE = FieldSpec(name="note", type="str", argument=("20",))


def problems(*operations: OperationSpec, entity: EntitySpec = KETTLE) -> str:
    """What is said against an entity with these operations."""
    return "\n".join(map(str, validate(replace(entity, operations=operations), FACTS)))


def test_an_operation_may_say_fields_and_more() -> None:
    assert problems(OperationSpec(name="heat_up", fields=("label", "code"), inputs=(NOTE,))) == ""


@pytest.mark.parametrize("entity", [*RECIPES_APP.entities, *PANTRY_APP.entities], ids=lambda entity: entity.name)
def test_the_operations_that_are_rendered_are_valid(entity: EntitySpec) -> None:
    names = {operation.name for operation in entity.operations}

    found = [str(problem) for problem in validate(entity, FACTS) if problem.where in names or "--input" in str(problem)]

    assert found == []


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        (OperationSpec(name="heatUp"), "named like a function"),
        (OperationSpec(name="_heat"), "named like a function"),
        (OperationSpec(name="heat__up"), "named like a function"),
        (OperationSpec(name=""), "named like a function"),
        (OperationSpec(name="import"), "a word of Python"),
        (OperationSpec(name="update"), "Kettle has update anyway"),
        (OperationSpec(name="list"), "Kettle has list anyway"),
        (OperationSpec(name="set_manual"), "Kettle has set_manual anyway"),
        (OperationSpec(name="create_factory"), "two of its classes would be called KettleCreateFactory"),
        (OperationSpec(name="heat", fields=("lable",)), "Kettle has no field lable. Did you mean label?"),
        (OperationSpec(name="heat", fields=("degrees",)), "Say the type of what is no field: degrees:str=200."),
        (OperationSpec(name="heat", fields=("label", "label")), "it is said twice"),
        (OperationSpec(name="heat", fields=("owner",)), "the owner of a row never changes"),
        (OperationSpec(name="heat", fields=("manual",)), "a file has endpoints of its own"),
        (OperationSpec(name="heat", fields=("recipe",)), "set once"),
        (OperationSpec(name="heat", rows=Rows.ALL, fields=("code",)), "not all rows can have the same"),
        (OperationSpec(name="heat", inputs=(replace(NOTE, name="label"),)), "has a field of this name"),
        (OperationSpec(name="heat", inputs=(replace(NOTE, name="recipe_id"),)), "has a field of this name"),
        (OperationSpec(name="heat", inputs=(replace(NOTE, unique=True),)), "unique is about columns"),
        (OperationSpec(name="heat", inputs=(replace(NOTE, help="how"),)), "help is about columns"),
        (OperationSpec(name="heat", inputs=(replace(NOTE, type="strr"),)), "'strr' is no type"),
        (OperationSpec(name="heat", inputs=(NOTE, NOTE)), "there are two inputs of this name"),
        (
            OperationSpec(name="heat", inputs=(FieldSpec(name="pot", type="fk", argument=("recipes.Recipe",)),)),
            "an input can't be a fk",
        ),
    ],
)
def test_an_operation_that_means_nothing_is_refused(operation: OperationSpec, message: str) -> None:
    inputs = replace(operation, inputs=operation.inputs or ((NOTE,) if operation.name == "create_factory" else ()))

    assert message in problems(inputs)


def test_two_operations_need_two_names_and_two_endpoints() -> None:
    assert "among the operations of Kettle, heat comes from two places" in problems(
        OperationSpec(name="heat"), OperationSpec(name="heat", rows=Rows.ALL)
    )


def test_an_operation_needs_something_that_it_could_change() -> None:
    entity = replace(KETTLE, fields=KETTLE.fields[:2], unique=(("recipe", "owner"),))

    assert "has no field that could be changed" in problems(OperationSpec(name="heat"), entity=entity)


def test_an_operation_needs_the_layers_that_it_is_written_into() -> None:
    entity = replace(KETTLE, layers=frozenset({"models", "schemas"}))

    assert "it has no repositories and no services" in problems(OperationSpec(name="heat"), entity=entity)
