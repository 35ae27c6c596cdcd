"""What templates are told: names, sentences, constraints, orders, samples."""

from dataclasses import replace
from pathlib import Path

import pytest

from django_layers.scaffold.language.grammar import parse_order
from django_layers.scaffold.language.spec import Access, EntitySpec, FieldSpec, Filling, IndexColumn, ModelSpec
from django_layers.scaffold.project.layout import KeyType, Target
from django_layers.scaffold.rendering.views.access import Rule, access_view
from django_layers.scaffold.rendering.views.entity import EntityView
from django_layers.scaffold.rendering.views.entity_builder import entity_view
from django_layers.scaffold.rendering.views.list_cases import DefaultOrderCase
from django_layers.scaffold.rendering.views.tests import TestsView, view_of_tests
from tests.scaffold.assembly import project_layout, target_of
from tests.scaffold.entities import CATEGORY, NOTE, PANTRY, RATING, RECIPES, REMINDER, SAMPLE, TAG, TARGETS

PROJECT = project_layout(Path("/project"))


def view(entity: EntitySpec, **more: Target) -> EntityView:
    return entity_view(entity, RECIPES, PROJECT, {**TARGETS, **{target.label: target for target in more.values()}})


def cases(*fields: FieldSpec, unique: tuple[tuple[str, ...], ...] = ()) -> TestsView:
    return view_of_tests(view(EntitySpec(name="Thing", app_label="recipes", fields=fields, unique=unique)))


@pytest.mark.parametrize(
    ("entity", "private", "public_read", "writes"),
    [
        (RATING, False, False, Rule.OWNER),
        (NOTE, True, False, Rule.OWNER),
        (CATEGORY, False, True, Rule.PERMISSION),
        (REMINDER, False, False, Rule.USERS),
        (TAG, False, True, Rule.EVERYBODY),
        (replace(RATING, public=Access.READ), False, True, Rule.OWNER),
    ],
)
def test_access_follows_the_owner_and_the_options(
    entity: EntitySpec, private: bool, public_read: bool, writes: Rule
) -> None:
    access = access_view(entity)

    assert (access.private, access.public_read, access.writes) == (private, public_read, writes)


def test_a_reference_in_a_unique_set_is_set_once() -> None:
    found = view(RATING)

    assert [field.dto for field in found.in_create] == ["recipe_id", "stars", "comment"]
    assert [field.dto for field in found.in_update] == ["stars", "comment"]
    assert [field.dto for field in found.in_changes] == ["stars", "comment"]


def test_readonly_fields_are_changed_by_services_only() -> None:
    found = view(REMINDER)

    assert "state" not in {field.dto for field in (*found.in_create, *found.in_update)}
    assert {field.dto: str(field.stored) for field in found.in_insert if field.stored} == {
        "state": "ReminderState.OPEN"
    }
    assert "state" in {field.dto for field in found.in_changes}


def test_references_are_checked_by_the_service_of_the_target_or_by_the_repository() -> None:
    found = view(CATEGORY)

    assert [found.check(reference) for reference in found.checked] == [
        "self.require(actor, data.parent_id)",
        "self._tags.require(actor, *data.tag_ids)",
        "self._categories.require_groups(*data.group_ids)",
    ]


@pytest.mark.parametrize(
    ("public", "conditions"),
    [
        (Access.READ, ["data.parent_id is not None", "", ""]),
        (Access.ALL, ["data.parent_id is not None", "data.tag_ids", ""]),
    ],
)
def test_nobody_is_asked_about_an_empty_list_where_nobody_need_sign_in(public: Access, conditions: list[str]) -> None:
    found = view(replace(CATEGORY, public=public))

    assert [found.given(reference) for reference in found.checked] == conditions


def test_a_target_of_the_same_name_in_another_app_goes_by_both_names() -> None:
    other = target_of(EntitySpec(name="Tag", app_label="pantry"), PANTRY)
    entity = replace(TAG, fields=(*TAG.fields, FieldSpec(name="twin", type="fk", argument=("pantry.Tag",))))

    (service,) = view(entity, other=other).services

    assert (service.attribute, service.class_name) == ("pantry_tags", "PantryTagService")
    assert service.provider == "pantry_dependencies.tag_service"


def test_sentences_have_their_articles_and_commas() -> None:
    assert view(CATEGORY).missing_on_create == "parent, tag or group"
    assert view(RATING).conflict_on_create == "there is a rating with this recipe and this user already."
    assert view(NOTE).missing_on_update == "note or recipe"


def test_the_default_order_has_an_index_that_begins_with_the_private_owner() -> None:
    assert view(NOTE).indexes[0].columns == ("user", "-created_at", "-id")
    assert view(RATING).indexes[0].columns == ("-created_at", "-id")


def test_an_order_of_several_columns_is_called_default() -> None:
    found = view(CATEGORY)

    assert found.default_order == "default"
    assert found.order == ("name", "-created_at")
    assert found.orders[0] == "default"


def by_default(order: str) -> list[DefaultOrderCase]:
    fields = (FieldSpec(name="rank", type="int"), FieldSpec(name="day", type="date"))
    entity = EntitySpec(name="Thing", app_label="recipes", fields=fields, order=parse_order(order))
    return list(view_of_tests(view(entity)).default_orders)


@pytest.mark.parametrize(
    ("order", "first_is_newest"),
    [("rank", True), ("rank:desc", False), ("rank,created_at", True), ("rank,created_at:desc", False)],
)
def test_the_rows_of_an_order_are_stored_so_that_the_rest_of_it_would_turn_them(
    order: str, first_is_newest: bool
) -> None:
    assert by_default(order)[0].first_is_newest is first_is_newest
    assert by_default(order)[0].against is None


def test_the_rows_of_an_order_have_values_that_the_next_column_would_turn() -> None:
    (up, _), (down, _) = by_default("rank,day"), by_default("rank,day:desc")
    assert up.against is not None
    assert down.against is not None

    (name, first, last), (_, *turned) = up.against, down.against

    assert (name, [last, first]) == ("day", turned)
    assert str(first) > str(last)


def test_a_list_of_keys_takes_as_many_as_it_says_and_not_one_more() -> None:
    found = view_of_tests(view(CATEGORY))

    assert [(keys.dto, str(keys.longest)) for keys in found.id_lists] == [
        ("tag_ids", "[999_999_999] * 100"),
        ("group_ids", "[999_999_999] * 100"),
    ]
    assert {mistake.why: str(mistake.value) for mistake in found.mistakes}["tag-ids-too-many"] == "[999_999_999] * 101"


def test_a_column_has_one_index_however_often_it_is_asked_for() -> None:
    field = FieldSpec(name="day", type="date", index=True)
    entity = EntitySpec(name="Thing", app_label="recipes", fields=(field,), indexes=((IndexColumn("day"),),))

    assert [index.columns for index in view(entity).indexes] == [("-created_at", "-id"), ("day",)]


def test_names_of_constraints_fit_every_database() -> None:
    long = EntitySpec(
        name="VeryLongNameOfAnEntity",
        app_label="recipes",
        fields=(FieldSpec(name="very_long_name_of_a_field", type="int", min="1", index=True),),
    )
    found = view(long)

    assert all(
        len(name) <= 30 for name in [*(row.name for row in found.constraints), *(row.name for row in found.indexes)]
    )


def test_mistakes_lie_just_outside_the_bounds() -> None:
    found = cases(
        FieldSpec(name="stars", type="int", min="1", max="5"),
        FieldSpec(name="price", type="decimal", argument=("4", "2"), min="0.50", max="99.99"),
    )

    values = {mistake.why: str(mistake.value) for mistake in found.mistakes}

    assert (values["stars-too-low"], values["stars-too-high"]) == ("0", "6")
    assert values["price-too-low"] == "'0.49'"
    assert "price-too-high" not in values


def test_a_bound_at_the_end_of_the_column_has_no_mistake_that_could_be_stored() -> None:
    assert cases(FieldSpec(name="n", type="smallint", min="-32768")).broken == ()


def test_pages_are_tried_where_there_are_rows_enough() -> None:
    on = FieldSpec(name="on", type="bool")
    number = FieldSpec(name="number", type="int")

    assert cases(on, number).enough_rows
    assert cases(on, number, unique=(("on", "number"),)).enough_rows
    assert not cases(on, unique=(("on",),)).enough_rows


def test_every_filter_and_every_order_is_tried() -> None:
    found = view_of_tests(view(SAMPLE))

    assert {case.filter.name for case in found.filters} == {row.name for row in view(SAMPLE).filters}
    assert {case.name for case in found.orders} == {order.removeprefix("-") for order in view(SAMPLE).orders}


ADOPTED = EntitySpec(
    name="Thing",
    app_label="recipes",
    fields=(
        FieldSpec(name="state", type="literal", argument=('"open"', '"shut"'), default="open", filter=True),
        FieldSpec(name="kind", type="literal", argument=('"a"', '"b"'), filter=True),
        FieldSpec(name="side", type="literal", argument=('"l"', '"r"'), default="l"),
        FieldSpec(name="place", type="int"),
        FieldSpec(name="made_at", type="datetime", filled=Filling.ALWAYS, index=True),
        FieldSpec(name="tag", type="fk", argument=("recipes.Tag",)),
    ),
    unique=(("side", "place"),),
    order=(IndexColumn("made_at"),),
    timestamps=False,
    model=ModelSpec(),
)


def test_rows_of_an_adopted_model_are_in_the_state_that_it_begins_with() -> None:
    found = view_of_tests(view(ADOPTED))

    assert [field.name for field in found.varied] == ["kind", "side", "place", "made_at"]
    assert cases(*ADOPTED.fields[:1]).varied == cases(*ADOPTED.fields[:1]).view.scalars


def test_a_save_of_the_models_own_may_refuse_a_second_row_of_the_same_reference_for_its_own_reasons() -> None:
    entity = replace(ADOPTED, unique=(("side", "place"), ("place", "tag")))
    own = replace(entity, model=ModelSpec(own_save=True))

    assert [unique.names for unique in view_of_tests(view(entity)).uniques] == [("side", "place"), ("place", "tag")]
    assert [unique.names for unique in view_of_tests(view(own)).uniques] == [("side", "place")]


def test_rows_are_not_told_by_what_only_the_model_writes() -> None:
    found = view_of_tests(view(ADOPTED))

    assert {case.filter.name for case in found.filters} == {"state", "kind", "side", "tag_id"}
    assert "made_at" not in {case.name for case in found.orders}
    assert found.default_orders == ()


def test_tests_of_a_service_need_a_database_where_storing_a_row_in_memory_does() -> None:
    asking = replace(TARGETS["recipes.Tag"], queries=True)
    own = replace(asking, label="recipes.Thing", entity="Thing")

    assert not view_of_tests(view(ADOPTED)).queries
    assert view_of_tests(view(ADOPTED, tag=asking)).queries
    assert view_of_tests(view(ADOPTED, own=own)).queries
    assert not view_of_tests(view(ADOPTED, tag=replace(asking, layered=False))).queries


def test_what_is_embedded_needs_its_target() -> None:
    entity = replace(RATING, fields=(FieldSpec(name="user", type="owner", embed=("username",)),), unique=())

    with pytest.raises(ValueError, match="targets"):
        view(entity)


def test_keys_of_users_are_called_what_the_project_calls_them() -> None:
    project = replace(PROJECT, user_key=KeyType("UUID", "uuid"))

    found = entity_view(RATING, RECIPES, project, TARGETS)

    (owner,) = (field for field in found.fields if field.name == "user")
    assert str(owner.read) == "UserId"
