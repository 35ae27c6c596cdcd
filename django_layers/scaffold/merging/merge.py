"""Three texts in, one out."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.merging.edits import Clash
from django_layers.scaffold.merging.imports import with_merged_imports
from django_layers.scaffold.merging.members import all_members
from django_layers.scaffold.merging.names import mentions, unbound
from django_layers.scaffold.merging.renames import with_renamed_locals
from django_layers.scaffold.merging.result import Choice, Conflict, Merged, Skipped, Unmergeable
from django_layers.scaffold.merging.scopes import Scopes
from django_layers.scaffold.merging.source import Source

_PLAIN = ImportStyle()


def merge(
    base: bytes,
    mine: bytes,
    theirs: bytes,
    *,
    style: ImportStyle = _PLAIN,
    choices: Mapping[str, Choice] | None = None,
) -> Merged:
    """Bring what changed between two generated texts into a file that was edited since.

    Texts that say the same count as equal, however they are laid out. In a file that holds more than what is generated
    of it, base and theirs are the generated members alone; what others own stays as it is.

    Args:
        base: What was generated before.
        mine: The user's file.
        theirs: What is generated now.
        style: How imports are written.
        choices: Whose version is taken where both sides changed a member: by its path, that of its class, or the empty
            path for the whole file. The new version of a member that is named itself is taken in any case.

    Returns:
        The file with the changes; the file as it is, with the conflicts, where something has to be decided first.

    Raises:
        Unmergeable: one of the three is no Python.
    """
    choices = choices or {}
    old, own, new = Source.read(base), Source.read(mine), Source.read(theirs)
    # What is named itself is taken even where nothing is to be joined.
    takes = any(choice is Choice.THEIRS for path, choice in choices.items() if path)
    if own.whole_key == new.whole_key or (old.whole_key == new.whole_key and not takes):
        return Merged(mine)
    if own.whole_key == old.whole_key:
        return Merged(_in_the_form_of(own, theirs))
    old, new, renamed = with_renamed_locals(old, own, new)
    outcome = _merged(old, own, new, style=style, choices=choices, clashes={})
    unbound_in = outcome.clashes
    if unbound_in:
        # Once more, so that they are conflicts of the members that would read them, and can be decided.
        outcome = _merged(old, own, new, style=style, choices=choices, clashes=unbound_in)
    conflicts = outcome.conflicts
    if conflicts or outcome.changed is None:
        partial = None if outcome.changed is None else outcome.changed.document.source
        return Merged(mine, conflicts, (*renamed, *outcome.notes), outcome.skipped, partial)
    return Merged(outcome.changed.document.source, (), (*renamed, *outcome.notes), outcome.skipped, joined=True)


def says_the_same(one: bytes, other: bytes) -> bool:
    """Return whether two files say the same, however they are laid out; what is no Python must be equal but for newlines."""
    try:
        return Source.read(one).whole_key == Source.read(other).whole_key
    except Unmergeable:
        return one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def member_paths(source: bytes) -> frozenset[str]:
    """Return the paths of the members of a file, as `Class.method`; none where it is no Python."""
    try:
        return frozenset(path for path, _ in all_members(Source.read(source)))
    except Unmergeable:
        return frozenset()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one attempt came to.

    Attributes:
        changed: The merged file; None where there is none.
        conflicts: What clashed.
        notes: What a reader wouldn't expect.
        skipped: What didn't land.
        clashes: Why a member, by its path, can't be as it was merged.
    """

    changed: Source | None
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    clashes: Mapping[str, str] = field(default_factory=dict)


def _merged(
    base: Source,
    mine: Source,
    theirs: Source,
    *,
    style: ImportStyle,
    choices: Mapping[str, Choice],
    clashes: Mapping[str, str],
) -> _Outcome:
    scopes = Scopes(base, mine, theirs, choices, clashes)
    try:
        scopes.merge(base.document.tree, mine.document.tree, theirs.document.tree)
        changed = with_merged_imports(mine.changed(scopes.splices), base, theirs, style)
    except (Clash, CannotEdit) as error:
        return _Outcome(None, (*scopes.conflicts, _whole(base, mine, theirs, error.reason)))
    found = sorted(unbound(changed.document.utf8.decode()) - unbound(mine.document.utf8.decode()))
    reading = {} if clashes else _reading(changed, found)
    conflicts = [*scopes.conflicts, *_still_used(scopes, changed)]
    if found and not reading and not scopes.conflicts:
        conflicts.append(_whole(base, mine, theirs, _would_read(found)))
    gone = (
        Skipped(path, "" if base.is_named else " ".join(theirs.code.split())) for path, base, theirs in scopes.deleted
    )
    skipped = (*scopes.skipped, *gone)
    return _Outcome(changed, tuple(conflicts), tuple(scopes.notes), skipped, reading)


def _reading(merged: Source, names: Sequence[str]) -> Mapping[str, str]:
    """Return the innermost members that read some names, by path, each with the reason why that can't be."""
    found: dict[str, str] = {}
    for path, member in all_members(merged):
        inside = {node.id for node in ast.walk(member.node) if isinstance(node, ast.Name)}
        read = sorted(inside & set(names))
        if read and not isinstance(member.node, ast.ClassDef):
            found[path] = _would_read(read)
    return found


def _would_read(names: Sequence[str]) -> str:
    return f"merged, it would read {', '.join(names)}, which nothing in the file defines"


def _in_the_form_of(mine: Source, theirs: bytes) -> bytes:
    """Return a new text with the byte order mark and the newlines of the user's file."""
    text = Document.read(theirs).utf8.decode().replace("\r\n", "\n").replace("\n", mine.document.newline)
    return mine.document.bom + text.encode(mine.document.encoding)


def _whole(base: Source, mine: Source, theirs: Source, reason: str) -> Conflict:
    return Conflict("", reason, *(each.text(0, len(each.document.utf8)) for each in (base, mine, theirs)))


def _still_used(scopes: Scopes, merged: Source) -> list[Conflict]:
    """Give a conflict for each member that the user deleted, the new text changes, and the file still refers to."""
    text = merged.document.utf8.decode()
    return [
        Conflict(
            path, "it was deleted and is still referred to, so it may have been moved", base.text, None, theirs.text
        )
        for path, base, theirs in scopes.deleted
        if base.is_named and mentions(text, base.name)
    ]
