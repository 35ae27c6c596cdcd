"""The ledger of the example: what was generated, beside what is there now."""

from pathlib import PurePosixPath

import pytest

from django_layers.scaffold.plans.ledger import FileKind
from django_layers.scaffold.plans.ledger_reading import read_ledger
from tests.example.mealgenie import EDITED_BY_HAND, EXAMPLE, commands

APP = PurePosixPath("recipes")
ENTITIES = ["ingredient", "rating", "recipe", "recipe_ingredient"]


def test_each_entity_has_its_ledger() -> None:
    found = sorted(path.stem for path in (EXAMPLE / APP / ".layers").glob("*.json"))

    assert found == ENTITIES
    assert len([command for command in commands() if command[0] == "addentity"]) == len(ENTITIES)


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_generated_file_is_as_it_was_generated_unless_it_is_known_to_be_edited(entity: str) -> None:
    ledger = read_ledger(EXAMPLE, APP, entity)
    assert ledger is not None

    whole = [file for file in ledger.files if file.kind is FileKind.WHOLE]
    edited = {file.path.as_posix() for file in whole if (EXAMPLE / file.path).read_text(encoding="utf-8") != file.text}

    assert edited == {file.path.as_posix() for file in whole} & EDITED_BY_HAND


def test_the_ledger_keeps_no_text_that_no_entity_needs() -> None:
    needed = set()
    for entity in ENTITIES:
        ledger = read_ledger(EXAMPLE, APP, entity)
        assert ledger is not None
        needed |= {file.digest for file in ledger.files}

    assert {path.stem for path in (EXAMPLE / APP / ".layers" / "base").iterdir()} == needed
