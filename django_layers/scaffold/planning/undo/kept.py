"""Which parts of an entity stay when the edited ones do: what they stand on."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.planning.undo.parts import Part
from django_layers.scaffold.planning.undo.uses import target_of, uses_of
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.rendering.artifacts import ENTITY

__all__ = ["asked_for", "with_what_they_use"]


def asked_for(app: AppLayout, entity: str) -> Mapping[PurePosixPath, PurePosixPath]:
    """Return the files of an entity that use another without naming it, each with that other.

    They are the tests of endpoints, which ask for them by their addresses.

    Args:
        app: the layout of the app.
        entity: the entity in snake case.
    """
    return {artifact.place(app, entity)[0]: app.file(artifact.needs, entity) for artifact in ENTITY if artifact.needs}


def with_what_they_use(
    kept: Iterable[Part],
    parts: Sequence[Part],
    exports: Mapping[str, str],
    asked_for: Mapping[PurePosixPath, PurePosixPath],
) -> tuple[Part, ...]:
    """Return parts that stay, with every other part that one of them uses, directly or through others.

    Args:
        kept: the parts that stay in any case.
        parts: all parts of the entity.
        exports: dotted names under which parts are to be had besides their own, and those.
        asked_for: the files that use another without naming it, each with that other.
    """
    by_name = {part.dotted: part for part in parts}
    names = {**{name: name for name in by_name}, **exports}
    found: dict[str, Part] = {}
    waiting = list(kept)
    while waiting:
        part = waiting.pop()
        if part.dotted not in found:
            found[part.dotted] = part
            waiting += [by_name[name] for name in _used_names(part, names) if name in by_name]
            waiting += [each for each in parts if each.path == asked_for.get(part.path)]
    return tuple(part for part in parts if part.dotted in found)


def _used_names(part: Part, names: Mapping[str, str]) -> set[str]:
    try:
        uses = uses_of(part.content, part.module, is_package=part.path.name == "__init__.py", member=part.member)
    except CannotEdit:
        return set(names.values())  # Nobody can tell what it uses, so all of it stays.
    return {names[target] for use in uses if (target := target_of(use, names)) is not None}
