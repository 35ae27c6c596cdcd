"""Conflict markers as git writes them, around the members of a file that both sides changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.merging.diff3 import regions
from django_layers.scaffold.merging.members import all_members
from django_layers.scaffold.merging.result import Conflict, Merged
from django_layers.scaffold.merging.source import Source

_MINE, _BASE, _MIDDLE, _THEIRS = "<<<<<<< yours", "||||||| generated before", "=======", ">>>>>>> generated now"
_MARKER = re.compile(rb"^(<{7}|>{7})( |$)|^={7}\r?$", re.MULTILINE)


def first_marker(source: bytes) -> int | None:
    """Return the number of the first line with a conflict marker; None where the file has not all kinds of them."""
    found = list(_MARKER.finditer(source))
    kinds = {match[0][:1] for match in found}
    return source.count(b"\n", 0, found[0].start()) + 1 if len(kinds) == 3 else None


def with_markers(merged: Merged, *, base: bytes, mine: bytes, theirs: bytes) -> bytes:
    """Return the user's file with all that could be merged, and with markers around what could not.

    Args:
        merged: What the merge came to.
        base: What was generated before.
        mine: The user's file.
        theirs: What is generated now.
    """
    document = Source.read(merged.partial or mine).document
    places = [_place(document, conflict) for conflict in merged.conflicts]
    known = [place for place in places if place is not None]
    if merged.partial is None or len(known) < len(places) or _overlap(known):
        return _by_line(Source.read(base).document, Source.read(mine).document, Source.read(theirs).document)
    utf8 = document.utf8
    for conflict, (start, end) in sorted(
        zip(merged.conflicts, known, strict=True), key=lambda each: each[1], reverse=True
    ):
        block = _block(conflict.mine, conflict.base, conflict.theirs)
        utf8 = utf8[:start] + block.replace("\n", document.newline).encode() + utf8[end:]
    return document.bom + utf8.decode().encode(document.encoding)


def _place(document: Document, conflict: Conflict) -> tuple[int, int] | None:
    """Return where the user's version of a member stands, lines as a whole; None where that isn't clear."""
    if conflict.mine is None:
        return _end_of_scope(document, conflict.path.rpartition(".")[0])
    text = conflict.mine.replace("\n", document.newline).encode()
    starts = [start for start in document.line_starts if document.utf8.startswith(text, start)]
    if len(starts) != 1 or not text.strip():
        return None
    return starts[0], document.next_line(starts[0] + len(text))


def _end_of_scope(document: Document, path: str) -> tuple[int, int]:
    """Return the place below all that is in a class, of the module where there is no such class."""
    member = dict(all_members(Source(document))).get(path)
    end = len(document.utf8) if member is None else document.next_line(member.end)
    return end, end


def _overlap(places: Iterable[tuple[int, int]]) -> bool:
    ordered = sorted(places)
    return any(first[1] > second[0] for first, second in pairwise(ordered))


def _by_line(base: Document, mine: Document, theirs: Document) -> bytes:
    """Return the user's file merged line by line; as a whole beside the generated one where that finds no conflict."""
    lines = [each.utf8.decode().replace("\r\n", "\n").splitlines(keepends=True) for each in (base, mine, theirs)]
    text = "".join(_merged_lines(*lines))
    if _MINE not in text:
        text = _block(*("".join(each) for each in (lines[1], lines[0], lines[2])))
    return mine.bom + text.replace("\n", mine.newline).encode(mine.encoding)


def _merged_lines(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[str]:
    for region in regions(base, mine, theirs):
        old, own, new = base[region.base], mine[region.mine], theirs[region.theirs]
        if old == new or own == new:
            yield from own
        elif old == own:
            yield from new
        else:
            yield _block("".join(own), "".join(old), "".join(new))


def _block(mine: str | None, base: str | None, theirs: str | None) -> str:
    parts = [(_MINE, mine), (_BASE, base), (_MIDDLE, theirs)]
    lines = [line for marker, text in parts for line in (marker, (text or "").rstrip("\n")) if line]
    return "\n".join([*lines, _THEIRS]) + "\n"
