"""Locals that the user renamed: the generated texts are told the new names, so that what is new reads them too."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.merging.edits import Splices
from django_layers.scaffold.merging.members import FUNCTIONS, Member, all_members
from django_layers.scaffold.merging.source import Source

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def with_renamed_locals(base: Source, mine: Source, theirs: Source) -> tuple[Source, Source, tuple[str, ...]]:
    """Return the two generated texts with the names that the user gave to locals, and a note on each renaming.

    Args:
        base: The text that was generated before.
        mine: The user's file.
        theirs: The text that is generated now.
    """
    own, new = dict(all_members(mine)), dict(all_members(theirs))
    changes: dict[str, Mapping[str, str]] = {}
    for path, member in all_members(base):
        if path in own and path in new:
            found = _renamed(member, own[path])
            if found:
                changes[path] = found
    if not changes:
        return base, theirs, ()
    notes = tuple(
        f"{path} calls `{old}` `{name}`, and so does what is new in it"
        for path, names in changes.items()
        for old, name in names.items()
    )
    return _with_names(base, changes), _with_names(theirs, changes), notes


def _renamed(base: Member, mine: Member) -> Mapping[str, str]:
    """Return the new names of the locals of a function that the user renamed and did nothing else to."""
    if not isinstance(base.node, FUNCTIONS) or not isinstance(mine.node, FUNCTIONS):
        return {}
    old, own = list(dict.fromkeys(_locals(base.node))), list(dict.fromkeys(_locals(mine.node)))
    lost, new = [name for name in old if name not in own], [name for name in own if name not in old]
    names = {name.id for name in ast.walk(mine.node) if isinstance(name, ast.Name)}
    # A name that is still read is not renamed: it may be one of the module now.
    if not lost or len(lost) != len(new) or names & set(lost):
        return {}
    return dict(zip(lost, new, strict=True))


def _locals(function: Function) -> Iterator[str]:
    """Give the names that a function binds, in order."""
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            yield node.arg
    stores = [node for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    yield from (node.id for node in sorted(stores, key=lambda node: (node.lineno, node.col_offset)))


def _with_names(source: Source, changes: Mapping[str, Mapping[str, str]]) -> Source:
    document, splices = source.document, Splices()
    for path, member in all_members(source):
        for node in ast.walk(member.node) if path in changes else ():
            if isinstance(node, ast.Name) and node.id in changes[path]:
                place, name = document.start(node), node.id
            elif isinstance(node, ast.arg) and node.arg in changes[path]:
                place, name = document.start(node), node.arg
            else:
                continue
            end = place + len(name.encode())
            # Before Python 3.12 a name inside an f-string doesn't know its place.
            if document.utf8[place:end] == name.encode():
                splices.replace(place, end, changes[path][name])
    return Source(Document.read(document.bom + splices.applied(document.utf8, document.newline)))
