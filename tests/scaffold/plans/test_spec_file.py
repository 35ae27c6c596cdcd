"""Files that describe entities."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.plans.spec_file import as_json, as_toml, read_spec_file
from django_layers.scaffold.refusals import InvalidRequest
from tests.scaffold.entities import PANTRY_APP, RECIPES_APP
from tests.scaffold.plans.test_spec_data import FULL

# A help that the field grammar can't say, with signs that TOML has its own ways with.
ODD = FieldSpec(name="odd", type="str", help='a:min=1 "\\ é \x7f\t')
ENTITIES = (*RECIPES_APP.entities, *PANTRY_APP.entities, replace(FULL, fields=(*FULL.fields, ODD)))


def read(folder: Path, text: str, suffix: str = "toml") -> tuple[EntitySpec, ...]:
    """What a file with this text describes."""
    file = folder / f"spec.{suffix}"
    file.write_text(text, encoding="utf-8")
    return read_spec_file(file)


def test_entities_survive_the_way_to_a_file_and_back(tmp_path: Path) -> None:
    assert read(tmp_path, as_toml(ENTITIES)) == ENTITIES
    assert read(tmp_path, as_json(ENTITIES), "json") == ENTITIES


@pytest.mark.parametrize(
    ("kind", "written", "text"),
    [
        ("date", "2026-01-31", "2026-01-31"),
        ("time", "09:30:00", "09:30:00"),
        ("datetime", "2026-01-31T09:30:00Z", "2026-01-31T09:30:00+00:00"),
    ],
)
def test_a_day_and_a_time_of_toml_are_what_their_texts_are(tmp_path: Path, kind: str, written: str, text: str) -> None:
    [entity] = read(tmp_path, f'name = "Tag"\nfields = [{{ name = "at", type = "{kind}", default = {written} }}]\n')

    assert entity.fields == (FieldSpec(name="at", type=kind, default=text),)


def test_a_day_where_no_text_can_stand_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match='unique: "2026-01-31" must be'):
        read(tmp_path, 'name = "Tag"\nunique = 2026-01-31\n')


@pytest.mark.parametrize(("suffix", "text"), [("toml", 'name = "Tag"\n'), ("json", '{"name": "Tag"}')])
def test_a_byte_order_mark_is_passed_over(tmp_path: Path, suffix: str, text: str) -> None:
    assert read(tmp_path, f"\ufeff{text}", suffix) == (EntitySpec(name="Tag", app_label=""),)


def test_an_app_may_be_said_once_for_those_that_name_none(tmp_path: Path) -> None:
    text = 'app = "recipes"\n[[entities]]\nname = "Tag"\n[[entities]]\nname = "Jar"\napp = "pantry"\n'

    assert read(tmp_path, text) == (
        EntitySpec(name="Tag", app_label="recipes"),
        EntitySpec(name="Jar", app_label="pantry"),
    )


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        ({"entities": []}, ["entities must be a list of objects, one for each entity."]),
        ({"entities": {}}, ["entities must be a list of objects, one for each entity."]),
        ({"entities": [{"name": "Tag"}], "ap": "x"}, ["'ap' is unknown. Did you mean app?"]),
        ({"entities": [{"name": "Tag"}], "app": 1}, ["app: 1 must be text."]),
        (
            {"entities": [{"name": "Tag", "pk": "serial"}, {"fields": ["a:strr"]}, "Jar"]},
            [
                'Tag: pk: "serial" is none of auto, uuid.',
                "entity 2: a: 'strr' is no type.",
                "entity 3: entity: it must be",
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_with_the_entity_and_the_key(
    tmp_path: Path, data: dict[str, object], messages: list[str]
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        read(tmp_path, json.dumps(data), "json")

    said = "\n".join(caught.value.problems)
    assert [message for message in messages if not re.search(f"^{re.escape(message)}", said, re.MULTILINE)] == []
