"""Which sets of layers can be imported on their own."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from django_layers.layers import LAYERS
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.request.layers import LAYER_NAMES
from django_layers.scaffold.request.validate import validate
from tests.scaffold.facts import FACTS

ALL = frozenset(LAYER_NAMES)
CHOICE = FieldSpec(name="state", type="choice", argument=("new", "old"))


def said(layers: Iterable[str], *fields: FieldSpec, present: Iterable[str] = ()) -> str:
    """Everything that is wrong with an entity in these layers."""
    entity = EntitySpec(name="Kettle", app_label="recipes", fields=fields, layers=frozenset(layers))
    return "\n".join(map(str, validate(entity, replace(FACTS, present=frozenset(present)))))


def test_every_layer_but_gateways_can_be_asked_for_and_comes_after_what_it_imports() -> None:
    assert frozenset(LAYER_NAMES) == {layer.name for layer in LAYERS} - {"gateways"} | {"tests"}
    for layer in LAYERS:
        before = LAYER_NAMES[: LAYER_NAMES.index(layer.name)] if layer.name in LAYER_NAMES else ()
        assert layer.name == "gateways" or {*layer.may_import} - {"gateways"} <= {*before}


@pytest.mark.parametrize(
    "layers",
    [
        {"models"},
        {"schemas"},
        {"models", "schemas"},
        {"schemas", "repositories", "services"},
        ALL - {"api"},
        ALL - {"tests"},
        ALL - {"types"},
        ALL - {"dependencies", "api"},
    ],
)
def test_layers_with_all_that_they_stand_on_are_taken(layers: set[str]) -> None:
    assert said(layers) == ""


@pytest.mark.parametrize(
    ("layers", "broken", "missing"),
    [
        ({"services"}, "services", "schemas and repositories"),
        ({"models", "repositories.orm"}, "repositories.orm", "schemas and repositories"),
        ({"models", "tests"}, "tests", "schemas, repositories, repositories.orm and services"),
        (ALL - {"services"}, "dependencies, api and tests", "services"),
        (ALL - {"models"}, "repositories.orm, dependencies, api and tests", "models"),
        (ALL - {"dependencies"}, "api", "dependencies"),
    ],
)
def test_layers_that_lack_what_they_stand_on_are_refused(layers: set[str], broken: str, missing: str) -> None:
    assert f"{broken} can't be imported without {missing}." in said(layers)


def test_the_ways_out_are_ways_out() -> None:
    text = said({"models", "services"})
    more, less = (part.partition(";")[0].rstrip(".").split(",") for part in text.split("--only ")[1:])

    assert (more, less) == (["models", "schemas", "repositories", "services"], ["models"])
    assert said(more) == said(less) == ""


def test_types_are_needed_where_there_are_choices() -> None:
    assert "models can't be imported without types." in said({"models"}, CHOICE)
    assert said({"models", "types"}, CHOICE) == ""


def test_what_is_there_already_need_not_be_asked_for() -> None:
    there = {"types", "models", "schemas", "repositories"}

    assert said({"services"}, CHOICE, present=there) == ""
    assert "api can't be imported without repositories.orm, services and dependencies." in said({"api"}, present=there)


def test_tests_need_those_of_what_the_entity_refers_to() -> None:
    field = FieldSpec(name="shelf", type="fk", argument=("pantry.Shelf",))
    entity = EntitySpec(name="Kettle", app_label="recipes", fields=(field,))
    facts = replace(FACTS, untested=frozenset({"pantry.Shelf"}))

    assert "its tests would need those of pantry.Shelf" in "".join(map(str, validate(entity, facts)))
    assert validate(entity, FACTS) == ()
    assert validate(replace(entity, layers=ALL - {"tests"}), facts) == ()
