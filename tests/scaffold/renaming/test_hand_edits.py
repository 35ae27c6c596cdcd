"""Whatever people do to a generated file, a renamed field is renamed in it, and no edit is lost."""

from __future__ import annotations

from functools import cache

import pytest

from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.merging import Merged, merge
from django_layers.scaffold.merging.names import unbound
from django_layers.scaffold.merging.source import Source
from django_layers.scaffold.renaming.transform import renamed
from tests.scaffold.entities import NOTE, RATING, RECIPE
from tests.scaffold.merging.hand_edits import HAND_EDITS
from tests.scaffold.renaming.golden import Rendering, Roles, rename

STYLE = ImportStyle(first_party=frozenset({"recipes"}))
RENAMES: dict[str, tuple[EntitySpec, dict[str, str]]] = {
    "stars": (RATING, {"stars": "score"}),
    "two fields": (RATING, {"comment": "remark", "recipe": "dish"}),
    "a choice": (RECIPE, {"status": "state"}),
    "an upload": (NOTE, {"photo": "shot"}),
}


@cache
def change(name: str) -> tuple[Roles, dict[str, Rendering]]:
    entity, renames = RENAMES[name]
    found = rename(entity, **renames)
    return found.roles, {str(file.path): file for file in found.files if file.before != file.after}


CASES = [
    pytest.param(name, path, edit, id=f"{name}-{path.rpartition('recipes/')[2]}-{edit}")
    for name in RENAMES
    for path, file in change(name)[1].items()
    for edit in HAND_EDITS
    # Another layout takes a formatter's run for each file; the merge has its own tests of that.
    if edit != "another layout" and HAND_EDITS[edit](file.before) and HAND_EDITS[edit](file.after)
]


def evolved(name: str, file: Rendering, mine: str) -> Merged:
    """Return a user's file after a rename: in the old text and in theirs first, then merged with the new text."""
    roles, _ = change(name)
    base, own = (renamed(text.encode(), file.name, roles) for text in (file.before, mine))
    return merge(base, own, file.after.encode(), style=STYLE)


def says(text: str) -> str:
    return Source.read(text.encode()).whole_key


def test_there_are_hundreds_of_cases() -> None:
    assert len(CASES) >= 200


@pytest.mark.parametrize(("name", "path", "edit"), CASES[::12])
def test_some_edits_are_there_on_the_renamed_text(name: str, path: str, edit: str) -> None:
    an_edit_is_there_on_the_renamed_text(name, path, edit)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "path", "edit"), CASES)
def test_all_edits_are_there_on_the_renamed_text(name: str, path: str, edit: str) -> None:
    an_edit_is_there_on_the_renamed_text(name, path, edit)


def an_edit_is_there_on_the_renamed_text(name: str, path: str, edit: str) -> None:
    file = change(name)[1][path]
    mine, wanted = HAND_EDITS[edit](file.before), HAND_EDITS[edit](file.after)
    assert mine is not None
    assert wanted is not None

    result = evolved(name, file, mine)

    assert not result.conflicts, [(each.path, each.reason) for each in result.conflicts]
    # A method that was given another name keeps it: that one is no longer the field's.
    wanted = wanted.replace("remove_shot_by_hand", "remove_photo_by_hand")
    assert says(result.source.decode()) == says(wanted)
    assert not unbound(result.source.decode()) - unbound(mine)
