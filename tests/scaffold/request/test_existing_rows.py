"""What existing rows need when a model changes, said before anything is written."""

from dataclasses import replace

import pytest

from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.request.existing_rows import ExistingRows, existing_rows, parse_backfill


def rating(*fields: str, unique: tuple[tuple[str, ...], ...] = ()) -> EntitySpec:
    return EntitySpec(name="Rating", app_label="recipes", fields=tuple(map(parse_field, fields)), unique=unique)


def needs(before: str, after: str, **backfill: str) -> tuple[ExistingRows, list[str]]:
    """What rows need where one field becomes another."""
    old = rating(*([before] if before else []))
    rows, problems = existing_rows(old, rating(after), backfill)
    return rows, list(map(str, problems))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "stars:int"),
        ("", "title:str=20"),
        ("", "day:date"),
        ("", "status:choice=draft,live"),
        ("stars:int:null", "stars:int"),
        ("stars:int", "stars:int:min=1"),
        ("stars:int:min=1", "stars:int:min=2"),
        ("stars:int:max=5", "stars:int:max=4"),
        ("title:str=20", "title:str=10"),
        ("title:text", "title:text:max_length=10"),
        ("status:choice=draft,live", "status:choice=draft"),
        ("price:decimal=8,2", "price:decimal=6,2"),
    ],
)
def test_a_change_that_existing_rows_may_not_fit_needs_a_value(before: str, after: str) -> None:
    rows, (problem,) = needs(before, after)
    name = after.partition(":")[0]

    assert rows.defaults == {}
    assert rows.fills == ()
    assert problem.startswith(f"{name}: it ")
    assert f"Add --backfill {name}=VALUE, or default=VALUE to the field." in problem


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "stars:int:default=1"),
        ("", "stars:int:null"),
        ("", "stars:int:optional"),
        ("", "note:text:optional"),
        ("", "active:bool:optional"),
        ("", "tags:m2m=recipes.Tag"),
        ("", "photo:image:optional"),
        ("stars:int", "stars:int:null"),
        ("stars:int:min=2:max=4", "stars:int:min=1:max=5"),
        ("stars:int:min=2", "stars:int"),
        ("title:str=10", "title:str=20"),
        ("status:choice=draft", "status:choice=live,draft"),
        ("price:decimal=6,2", "price:decimal=8,2"),
        ("stars:int:null", "stars:int:default=1"),
    ],
)
def test_a_change_that_every_row_fits_needs_none(before: str, after: str) -> None:
    assert needs(before, after) == (ExistingRows(), [])


@pytest.mark.parametrize(
    ("after", "text", "code"),
    [
        ("stars:int:min=1", "3", "3"),
        ("title:str=20", "it's: here", '"it\'s: here"'),
        ("price:decimal=8,2", "0.10", "Decimal('0.10')"),
        ("day:date", "2026-01-31", "dt.date(2026, 1, 31)"),
        ("active:bool", "true", "True"),
        ("status:choice=draft,live", "draft", "'draft'"),
    ],
)
def test_a_value_is_read_as_the_type_of_the_field(after: str, text: str, code: str) -> None:
    name = after.partition(":")[0]

    rows, problems = needs("", after, **{name: text})

    assert problems == []
    assert {key: str(value) for key, value in rows.defaults.items()} == {name: code}


@pytest.mark.parametrize(
    ("after", "text", "reason"),
    [
        ("stars:int", "many", "is no"),
        ("stars:int:min=1", "0", "below min=1"),
        ("title:str=3", "four", "more than 3 characters"),
        ("status:choice=draft,live", "gone", "gone"),
    ],
)
def test_a_value_that_the_field_does_not_take_is_refused(after: str, text: str, reason: str) -> None:
    name = after.partition(":")[0]

    _, (problem,) = needs("", after, **{name: text})

    assert problem.startswith(f"--backfill {name}={text}: ")
    assert reason in problem


def test_a_new_unique_field_can_not_be_filled_with_one_value() -> None:
    _, (problem,) = needs("", "code:uuid:unique", code="00000000-0000-0000-0000-000000000001")

    assert "it is unique, so the rows that exist can't all get one value. Add it with null" in problem


def test_a_new_reference_is_refused_with_the_way_in_steps() -> None:
    _, (problem,) = needs("", "recipe:fk=recipes.Recipe")

    assert "Add it with optional, fill it in a data migration" in problem


def test_a_value_that_no_row_needs_is_refused() -> None:
    assert needs("stars:int", "stars:int:max=5", stars="5")[1] == []
    assert needs("stars:int", "stars:int", stars="5")[1] == [
        "stars: no row needs a value: --backfill stars has nothing to do. Leave it out."
    ]
    assert "Rating has no such field afterwards" in needs("stars:int", "stars:int", other="5")[1][0]


def test_rows_out_of_all_new_bounds_are_filled_in_one_step_and_the_reader_is_told() -> None:
    rows, _ = needs("stars:int", "stars:int:min=1:max=5", stars="3")

    (fill,) = rows.fills
    assert str(fill.condition) == "models.Q(stars__lt=1) | models.Q(stars__gt=5)"
    assert rows.notices == ("Rows whose stars is no longer allowed get 3.",)


def test_the_default_of_the_field_is_what_rows_get_where_nothing_else_is_said() -> None:
    rows, _ = needs("stars:int", "stars:int:min=1:default=2")

    assert [str(fill.value) for fill in rows.fills] == ["2"]


def test_fields_that_become_unique_are_worth_a_sentence() -> None:
    old = rating("stars:int", "day:date")

    alone, _ = existing_rows(old, rating("stars:int:unique", "day:date"), {})
    together, _ = existing_rows(old, replace(old, unique=(("stars", "day"),)), {})

    assert alone.notices == ("Migrating is refused while two rows have the same stars: look for such rows first.",)
    assert "the same stars and day" in together.notices[0]


@pytest.mark.parametrize("texts", [["stars"], ["=3"], ["stars=3", "stars=4"]])
def test_what_does_not_say_one_value_for_one_field_is_refused(texts: list[str]) -> None:
    assert parse_backfill(texts)[1]
    assert parse_backfill(["title=a=b"]) == ({"title": "a=b"}, ())
