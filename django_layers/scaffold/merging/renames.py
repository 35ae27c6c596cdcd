"""Locals that the user renamed: the generated texts are told the new names, so that what is new reads them too."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TypeAlias

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
    """Return the new names of the locals of a function that the user renamed.

    A local that is gone and another that is new are one only where both are given the same value.
    """
    if not isinstance(base.node, FUNCTIONS) or not isinstance(mine.node, FUNCTIONS):
        return {}
    old, own = _origins(base.node), _origins(mine.node)
    lost, new = [name for name in old if name not in own], [name for name in own if name not in old]
    names = {name.id for name in ast.walk(mine.node) if isinstance(name, ast.Name)}
    # A name that is still read is not renamed: it may be one of the module now.
    if not lost or len(lost) != len(new) or names & set(lost):
        return {}
    renamed = dict(zip(lost, new, strict=True))
    same = all(_said(old[name], renamed) == _said(own[renamed[name]], {}) for name in lost)
    return renamed if same else {}


def _origins(function: Function) -> dict[str, tuple[ast.AST | None, ...]]:
    """Return the names that a function binds, in order, each with what says where its first value comes from."""
    found: list[tuple[int, int, str, tuple[ast.AST | None, ...]]] = [
        (node.lineno, node.col_offset, node.arg, (node.annotation,))
        for node in ast.walk(function)
        if isinstance(node, ast.arg)
    ]
    for node in ast.walk(function):
        for target, value in _bindings(node):
            found += [
                (name.lineno, name.col_offset, name.id, (target, value))
                for name in ast.walk(target)
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            ]
    origins: dict[str, tuple[ast.AST | None, ...]] = {}
    for _, _, bound, origin in sorted(found, key=lambda each: each[:2]):
        origins.setdefault(bound, origin)
    return origins


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Give the targets of a node that binds names, each with what is bound to it."""
    match node:
        case ast.Assign():
            yield from ((target, node.value) for target in node.targets)
        case ast.AnnAssign() | ast.NamedExpr():
            yield node.target, node.value
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            yield node.target, node.iter
        case ast.withitem(optional_vars=ast.expr() as target):
            yield target, node.context_expr


def _said(origin: tuple[ast.AST | None, ...], names: Mapping[str, str]) -> list[str]:
    """Return what an origin says when names are replaced."""
    texts = []
    for part in origin:
        copied = deepcopy(part)
        for node in ast.walk(copied) if copied is not None else ():
            if isinstance(node, ast.Name):
                node.id = names.get(node.id, node.id)
        texts.append("" if copied is None else ast.dump(copied))
    return texts


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
    return source.changed(splices)
