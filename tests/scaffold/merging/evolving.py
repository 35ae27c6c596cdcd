"""An entity as it is generated before and after it is changed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.rendering.format import format_rendered
from django_layers.scaffold.rendering.render import render_entity
from tests.scaffold.assembly import project_layout
from tests.scaffold.entities import RATING, RECIPES, RECIPES_APP

__all__ = ["CHANGES", "PAIRS", "pair"]

HELPFUL = FieldSpec(name="helpful", type="int", default="0", filter=True, sort=True)
VISITED = FieldSpec(name="visited", type="date", optional=True)
GRADE = FieldSpec(name="grade", type="choice", argument=("low", "high"), default="low")


def _with(*fields: FieldSpec) -> EntitySpec:
    return replace(RATING, fields=(*RATING.fields, *fields))


def _stars(**options: object) -> EntitySpec:
    return replace(
        RATING,
        fields=tuple(replace(each, **options) if each.name == "stars" else each for each in RATING.fields),
    )


CHANGES: dict[str, tuple[EntitySpec, EntitySpec]] = {
    "a field more": (RATING, _with(HELPFUL)),
    "two fields more": (RATING, _with(VISITED, GRADE)),
    "a field less": (_with(VISITED, HELPFUL), _with(HELPFUL)),
    "the last field less": (_with(GRADE), RATING),
    "another bound": (RATING, _stars(max="10")),
    "no filter": (RATING, _stars(filter=False, sort=False)),
}


@cache
def rendered(entity: EntitySpec) -> dict[str, str]:
    """Return the files of an entity, formatted, by their paths."""
    project = project_layout(Path("/nowhere"))
    files = render_entity(entity, RECIPES, project, RECIPES_APP.targets)
    return {str(file.path): file.text for file in format_rendered(files, project)}


def pair(change: str, path: str) -> tuple[str, str]:
    """Return a file as it was generated before and as it is generated after a change."""
    before, after = CHANGES[change]
    return rendered(before)[path], rendered(after)[path]


PAIRS = [
    (change, path)
    for change, (before, after) in CHANGES.items()
    for path, text in rendered(before).items()
    if rendered(after).get(path, text) != text
]
"""Every change with each file that it changes."""
