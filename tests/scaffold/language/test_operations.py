"""The names of an operation, and what it says of itself."""

import pytest

from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.language.operations import (
    arguments_of,
    endpoint_name,
    phrase,
    request_class,
    taken_names,
    with_operation,
)
from django_layers.scaffold.language.spec import EntitySpec, OperationSpec, Returns, Rows

PLAN = EntitySpec(
    name="MealPlan", app_label="recipes", fields=(parse_field("title:str=20"), parse_field("photo:image"))
)
PUBLISH = OperationSpec(name="publish")
MARK = OperationSpec(
    name="mark_done",
    rows=Rows.ALL,
    fields=("title",),
    inputs=(parse_field("why:text:optional"),),
    returns=Returns.NONE,
)


@pytest.mark.parametrize(
    ("operation", "endpoint", "says", "schema", "arguments"),
    [
        (PUBLISH, "publish_meal_plan", "publish a meal plan", "", ["publish"]),
        (
            MARK,
            "mark_meal_plans_done",
            "mark all meal plans done",
            "MealPlanMarkDone",
            ["mark_done", "--on", "all", "--input", "title", "why:text:optional"],
        ),
    ],
)
def test_an_operation_is_called_after_what_it_does(
    operation: OperationSpec, endpoint: str, says: str, schema: str, arguments: list[str]
) -> None:
    assert endpoint_name(PLAN, operation) == endpoint
    assert phrase(PLAN, operation, owned=False) == says
    assert request_class(PLAN, operation) == schema
    assert arguments_of(operation) == arguments


def test_all_rows_are_those_of_the_actor_where_rows_have_an_owner() -> None:
    assert phrase(PLAN, MARK, owned=True) == "mark all meal plans of the actor done"


def test_what_an_entity_has_anyway_is_taken() -> None:
    assert {"update", "list", "photo", "set_photo", "remove_photo"} <= taken_names(PLAN)


def test_an_operation_is_added_once() -> None:
    with_both = with_operation(with_operation(PLAN, PUBLISH), MARK)

    assert with_both.operations == (PUBLISH, MARK)
    assert with_operation(with_both, PUBLISH) is with_both
