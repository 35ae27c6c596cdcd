"""Finding a member again that the user renamed or moved to another class."""

from __future__ import annotations

import ast
from difflib import SequenceMatcher

from django_layers.scaffold.merging.members import FUNCTIONS, Member, all_members
from django_layers.scaffold.merging.source import Source

ENOUGH = 0.6
"""How much of the code of two members must be the same for one to be the other."""


def find_again(path: str, member: Member, base: Source, mine: Source) -> tuple[str, Member] | None:
    """Return the path and the member of the user's file that a generated one became; None where there is no such one.

    Args:
        path: The path of the generated one, which is no longer in the user's file.
        member: The generated one.
        base: The file as it was generated.
        mine: The user's file.
    """
    if not isinstance(member.node, (*FUNCTIONS, ast.ClassDef)):
        return None
    generated = dict(all_members(base))
    best: tuple[float, str, Member] | None = None
    for other_path, other in all_members(mine):
        if other_path in generated or not _same_kind(member.node, other.node):
            continue
        # Of the same name it was moved, and may have changed more.
        same_name = path.rpartition(".")[2] == other_path.rpartition(".")[2]
        likeness = _likeness(member, other) + (0.2 if same_name else 0)
        if likeness >= ENOUGH and (best is None or likeness > best[0]):
            best = (likeness, other_path, other)
    return None if best is None else best[1:]


def _same_kind(one: ast.stmt, other: ast.stmt) -> bool:
    return isinstance(one, ast.ClassDef) == isinstance(other, ast.ClassDef) and isinstance(
        other, (*FUNCTIONS, ast.ClassDef)
    )


def _likeness(one: Member, other: Member) -> float:
    return SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def _words(member: Member) -> list[str]:
    tokens = member.source.tokens.between(member.start, member.end)
    return [token.text for token in tokens if not token.is_comment and token.text not in "()[]{},:.=\"'"]
