"""What follows from a spec as a whole."""

import pytest

from django_layers.scaffold.language.derived import (
    automatic_fields,
    class_names,
    default_order,
    filters,
    on_delete,
    order_columns,
    owner_field,
    related_name,
    target_label,
)
from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.language.spec import EntitySpec, IndexColumn, OnDelete


def kettle(*fields: str, **options: bool) -> EntitySpec:
    return EntitySpec(name="Kettle", app_label="recipes", fields=tuple(map(parse_field, fields)), **options)  # type: ignore[arg-type]  # flags only


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("stars:int", {}),
        ("stars:int:index", {"stars": "stars"}),
        ("stars:int:filter", {"stars_min": "stars__gte", "stars_max": "stars__lte"}),
        ("stars:int:unique:filter", {"stars": "stars", "stars_min": "stars__gte", "stars_max": "stars__lte"}),
        ("title:str:filter", {"title_contains": "title__icontains"}),
        ("slug:slug:filter", {"slug": "slug", "slug_contains": "slug__icontains"}),
        ("done:bool", {"done": "done"}),
        ("state:choice=a,b", {"state": "state"}),
        ("recipe:fk=recipes.Recipe", {"recipe_id": "recipe_id"}),
        ("user:owner=shared", {"user_id": "user_id"}),
        ("user:owner", {}),
        ("tags:m2m=recipes.Tag", {}),
        ("tags:m2m=recipes.Tag:filter", {"tag_id": "tags"}),
        ("pin:int:unique:writeonly", {}),
        ("code:uuid:filter", {"code": "code"}),
    ],
)
def test_filters_follow_from_type_and_modifiers(field: str, expected: dict[str, str]) -> None:
    assert {item.name: item.lookup for item in filters(kettle(field))} == expected


def test_lists_can_be_ordered_by_what_is_said_indexed_or_counted() -> None:
    fields = [
        "a:int",
        "b:int:sort",
        "c:int:unique",
        "d:bool",
        "e:choice=x,y",
        "f:fk=auth.User",
        "g:int:index:writeonly",
    ]
    assert order_columns(kettle(*fields)) == ("created_at", "b", "c", "d", "e")
    assert order_columns(kettle(*fields, timestamps=False))[0] == "id"


def test_lists_begin_with_the_newest() -> None:
    assert default_order(kettle()) == (IndexColumn("created_at", descending=True),)
    assert default_order(kettle(timestamps=False)) == (IndexColumn("id", descending=True),)


def test_automatic_fields_follow_the_options() -> None:
    assert automatic_fields(kettle()) == ("id", "created_at", "updated_at")
    assert automatic_fields(kettle(timestamps=False, versioned=True)) == ("id", "version")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        (["a:fk=auth.User"], "kettles"),
        (["a:o2o=auth.User"], "kettle"),
        (["a:m2m=auth.User"], "kettles"),
        (["a:owner"], "+"),
        (["a:fk=auth.User:related=pots"], "pots"),
        (["a:fk=auth.User", "b:fk=auth.User"], "a_kettles"),
        (["a:fk=auth.User", "b:owner"], "kettles"),
        (["a:fk=self:optional"], "kettles"),
    ],
)
def test_way_back_is_the_conventional_one_unless_said(fields: list[str], name: str) -> None:
    entity = kettle(*fields)
    assert related_name(entity, entity.fields[0], user_model="auth.User") == name


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("a:fk=auth.User", OnDelete.PROTECT),
        ("a:fk=auth.User:optional", OnDelete.SET_NULL),
        ("a:fk=auth.User:cascade", OnDelete.CASCADE),
        ("a:owner", OnDelete.CASCADE),
        ("a:owner:protect", OnDelete.PROTECT),
    ],
)
def test_deletion_is_the_conventional_one_unless_said(field: str, expected: OnDelete) -> None:
    assert on_delete(parse_field(field)) is expected


def test_targets_are_labels() -> None:
    entity = kettle("a:fk=self", "b:fk=Recipe", "c:fk=auth.Group", "d:owner")
    labels = [target_label(entity, field, user_model="people.Account") for field in entity.fields]
    assert labels == ["recipes.Kettle", "recipes.Recipe", "auth.Group", "people.Account"]


def test_owner_is_found() -> None:
    owner = owner_field(kettle("a:int", "b:owner"))
    assert owner is not None
    assert owner.name == "b"
    assert owner_field(kettle("a:int")) is None


def test_classes_of_an_entity_are_named() -> None:
    names = class_names(kettle("state:choice=x,y", "recipe:fk=recipes.Recipe:embed=id"))
    assert {"Kettle", "KettleRead", "DjangoKettleRepository", "KettleState", "KettleRecipe"} <= set(names)
