"""What is refused, and what is not."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_layers.scaffold.language.grammar import command_line
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.request.validate import validate
from tests.scaffold.arguments import entity_of, problems_of
from tests.scaffold.facts import FACTS
from tests.scaffold.invalid_requests import (
    INVALID_APPS,
    INVALID_FIELDS,
    INVALID_NAMES,
    INVALID_OPTIONS,
    InvalidRequest,
    invalid_requests,
)
from tests.scaffold.strategies import valid_entities

RATING = [
    *["Rating", "--app", "recipes", "recipe:fk=recipes.Recipe:related=scores", "user:owner=shared"],
    *["stars:int:min=1:max=5", "comment:text:optional", "--unique", "recipe,user"],
]


def messages(*arguments: str) -> str:
    return "\n".join(map(str, problems_of(["Kettle", "--app", "recipes", *arguments], FACTS)))


def test_the_rating_of_the_example_is_valid() -> None:
    assert problems_of(RATING, FACTS) == ()


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (
            "shelf:fk=pantry.Shelf",
            "the service of pantry.Shelf asks this one already, and each would wait for the other.",
        ),
        ("shelf:fk=pantry.Shelf:unchecked", ""),
        ("shelf:fk=pantry.Shelf:optional:readonly", ""),
        (
            "recipe:fk=recipes.Recipe",
            "no first row could be stored, since each row of recipes.Recipe needs one of this.",
        ),
        ("recipe:fk=recipes.Recipe:optional", ""),
        ("diary:fk=pantry.Diary:unchecked", "requests could refer to those of others"),
        ("diary:fk=pantry.Diary:unchecked:readonly:optional", ""),
        ("diary:fk=pantry.Diary", ""),
        ("user:owner:unchecked", "unchecked is not for the type owner"),
    ],
)
def test_references_in_a_circle_need_one_that_nobody_asks_about(field: str, message: str) -> None:
    facts = replace(FACTS, circular=frozenset({"pantry.Shelf"}), requiring=frozenset({"recipes.Recipe"}))

    said = "\n".join(map(str, problems_of(["Kettle", "--app", "recipes", field], facts)))

    assert message in said
    assert bool(said) == bool(message)


def test_entity_with_only_a_name_is_valid() -> None:
    assert problems_of(["Kettle", "--app", "recipes"], FACTS) == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_valid_entity_has_no_problem_and_comes_back_from_the_command_line(data: st.DataObject) -> None:
    entity = data.draw(valid_entities(FACTS))
    assert validate(entity, FACTS) == ()
    assert entity_of(command_line(entity)) == (entity, ())


@settings(max_examples=150, deadline=None)
@given(invalid_requests())
def test_any_invalid_request_has_a_problem(request: InvalidRequest) -> None:
    assert problems_of(request.arguments, FACTS), request


@pytest.mark.parametrize(
    ("reason", "text"), [(reason, text) for reason, texts in INVALID_FIELDS.items() for text in texts]
)
def test_wrong_field_is_refused(reason: str, text: str) -> None:
    assert messages(text), reason


@pytest.mark.parametrize(
    ("reason", "arguments"), [(reason, one) for reason, several in INVALID_OPTIONS.items() for one in several]
)
def test_wrong_arguments_are_refused(reason: str, arguments: list[str]) -> None:
    assert messages(*arguments), reason


@pytest.mark.parametrize(
    ("reason", "name"), [(reason, name) for reason, names in INVALID_NAMES.items() for name in names]
)
def test_wrong_name_of_an_entity_is_refused(reason: str, name: str) -> None:
    assert problems_of([name, "--app", "recipes"], FACTS), reason


@pytest.mark.parametrize(("reason", "app"), [(reason, app) for reason, apps in INVALID_APPS.items() for app in apps])
def test_wrong_app_is_refused(reason: str, app: str) -> None:
    assert problems_of(["Kettle", "--app", app], FACTS), reason


def test_every_problem_of_a_request_is_reported_at_once() -> None:
    found = problems_of(
        ["kettle", "--app", "recipies", "a:strr", "save:int", "b:int:min=2:max=1", "c:fk=auth.Usr", "--unique", "b,x"],
        FACTS,
    )
    assert {problem.where for problem in found} >= {"kettle", "--app", "a", "save", "b", "c", "--unique b,x"}


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("a:fk=recipes.Recpie", "Did you mean recipes.Recipe?"),
        ("a:fk=auth.User:embed=usrname", "Did you mean username?"),
        ("a:fk=Recipe", "Write recipes.Recipe."),
        ("a:fk=legacy.Person", "Write auth.User."),
        ("a:text:max_length=9", "Text of limited length is str=500."),
        ("a:str:unique:optional", "Use null instead of optional"),
        ("a:int:max=3000000000", "Use bigint"),
        ("a:fk=auth.User:set_null", "Add optional."),
        ("a:fk=self", "Add optional."),
        ("a:m2m=auth.User:null", "An empty list says the same."),
        ("save:int", "belongs to Django's models"),
        ("limit:int", "belongs to the paging of lists"),
        ("model_x:int", "belongs to Pydantic"),
    ],
)
def test_problem_says_the_way_out(argument: str, expected: str) -> None:
    assert expected in messages(argument)


def test_names_of_columns_get_the_nearest_choice() -> None:
    assert "Did you mean stars?" in messages("stars:int", "b:int", "--unique", "starz,b")
    assert "Did you mean created_at?" in messages("stars:int", "--order", "create_at")
    assert "Did you mean recipes?" in "".join(map(str, problems_of(["Kettle", "--app", "recipies"], FACTS)))


def test_problem_points_into_what_was_written() -> None:
    field = FieldSpec(name="stars", type="int", min="5", max="1")
    entity = EntitySpec(name="Kettle", app_label="recipes", fields=(field,))
    (problem,) = validate(entity, FACTS, sources={"stars": "stars:int:min=5:max=1"})
    assert str(problem).splitlines()[1:] == ["    stars:int:min=5:max=1", "              ^"]


def test_route_of_another_app_is_refused_with_the_way_out() -> None:
    found = messages("a:int", "--plural", "shelves")
    assert "the route /shelves is that of the app pantry" in found
    assert "--plural" in found


def test_class_that_the_app_has_already_is_refused() -> None:
    facts = replace(FACTS, models={"auth.User": FACTS.models["auth.User"]})
    found = "".join(map(str, problems_of(["Recipe", "--app", "recipes", "--plural", "dishes"], facts)))
    assert "RecipeRead, RecipeService" in found


def test_private_rows_are_embedded_in_private_rows_only() -> None:
    diary = "diary:fk=pantry.Diary:embed=id,title"
    for others in ([], ["user:owner=shared"], ["--public", "read"]):
        assert "each row of pantry.Diary is for its owner only" in messages(diary, *others)
    assert "Give Kettle an owner (user:owner), or leave embed out." in messages(diary)
    assert messages(diary, "user:owner") == ""
    assert messages("diary:fk=pantry.Diary") == ""


def test_image_without_pillow_is_refused() -> None:
    assert not problems_of(["Kettle", "--app", "recipes", "photo:image"], FACTS)
    facts = replace(FACTS, has_pillow=False)
    assert "pip install pillow" in "".join(map(str, problems_of(["Kettle", "--app", "recipes", "photo:image"], facts)))


def test_unknown_layer_is_refused() -> None:
    entity = EntitySpec(name="Kettle", app_label="recipes", layers=frozenset({"models", "servces"}))
    assert "Did you mean services?" in "".join(map(str, validate(entity, FACTS)))


def test_types_of_a_spec_file_are_checked_too() -> None:
    entity = EntitySpec(name="Kettle", app_label="recipes", fields=(FieldSpec(name="a", type="strr"),))
    assert "Did you mean str?" in "".join(map(str, validate(entity, FACTS)))


@pytest.mark.parametrize(
    "field",
    [
        "date:date",
        "time:time:optional",
        "type:choice=a,b",
        "match:str",
        "hash:str",
        "model:str",
        "user:fk=auth.User",
        'a:str:default=it\'s {x} "y"',
        "a:choice=1st,class,None",
        "a:time:default=09:00",
        "name:str:help=see: this",
    ],
)
def test_common_names_and_harmless_text_are_not_refused(field: str) -> None:
    assert messages(field) == ""


def test_two_references_to_one_model_have_two_ways_back() -> None:
    assert messages("a:fk=auth.User", "b:fk=auth.User", "c:m2m=auth.User") == ""
    assert "the field a" in messages("a:fk=auth.User:related=x", "b:fk=auth.User:related=x")


def test_an_app_that_is_not_clear_is_one_problem() -> None:
    entity = replace(entity_of(["Kettle", "--app", "recipes"])[0], app_label="")

    assert [str(problem) for problem in validate(entity, FACTS)] == [
        "--app: it is not clear which app the entity is for. Add --app with one of "
        + ", ".join(sorted(label for label, app in FACTS.apps.items() if app.layered))
        + "."
    ]


def test_a_unique_set_inside_another_makes_that_one_needless() -> None:
    fields = ("a:int", "b:int", "c:int")

    found = messages(*fields, "--unique", "a,b", "--unique", "c,b,a")

    assert "--unique a,b,c: rows are unique by a and b already" in found
    assert messages(*fields, "--unique", "a,b", "--unique", "b,c") == ""


def test_a_field_of_one_value_is_in_no_unique_set() -> None:
    found = messages("a:int", "b:int:min=3:max=3", "c:int:min=3:max=4", "--unique", "a,b", "--unique", "a,c")

    assert found == "--unique a,b: b has one value only, which parts no rows. Leave out b."
