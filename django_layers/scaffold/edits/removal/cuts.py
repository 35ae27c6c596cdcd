"""The one way to take text out of a user's file: cuts that are checked afterwards."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import CannotEdit


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """The bytes of a document's UTF-8 form from one offset up to another."""

    start: int
    end: int


def without(document: Document, cuts: Iterable[Cut], expected: ast.Module) -> Document:
    """Take text out, and make sure that the file now says what was intended and nothing else.

    Args:
        document: The file.
        cuts: What to take out.
        expected: The tree that the new file must have.

    Raises:
        CannotEdit: what is left doesn't parse or says something else.
    """
    pieces: list[bytes] = []
    position = 0
    for cut in sorted(cuts):
        pieces.append(document.utf8[position : max(position, cut.start)])
        position = max(position, cut.end)
    text = b"".join([*pieces, document.utf8[position:]]).decode()
    changed = Document.read(document.bom + text.encode(document.encoding))
    if not _says(changed, expected, document):
        raise CannotEdit("the file is written in a way that taking something out would change")
    return changed


def line_of(document: Document, start: int, end: int) -> Cut:
    """The whole lines between two offsets.

    Raises:
        CannotEdit: something else than a comment shares the lines.
    """
    rest = document.utf8[end : document.line_end(end)].strip()
    if not document.leads_line(start) or (rest and not rest.startswith(b"#")):
        raise CannotEdit(f"line {document.line_number(start)} holds something else too")
    return Cut(document.line_start(start), document.next_line(end))


def blank_above(document: Document, offset: int) -> int:
    """The start of the blank lines that end at the start of a line."""
    while offset > 0:
        above = document.line_start(offset - 1)
        if document.utf8[above:offset].strip():
            break
        offset = above
    return offset


def blank_below(document: Document, offset: int) -> int:
    """The end of the blank lines that start at the start of a line."""
    while offset < len(document.utf8):
        below = document.next_line(offset)
        if document.utf8[offset:below].strip():
            break
        offset = below
    return offset


def _says(changed: Document, expected: ast.Module, before: Document) -> bool:
    """Whether the file has the expected tree; a statement of `before` with the same text says the same."""
    spans = {id(node): before.utf8[before.start(node) : before.end(node)] for node in before.tree.body}
    return len(changed.tree.body) == len(expected.body) and all(
        spans.get(id(wanted)) == changed.utf8[changed.start(found) : changed.end(found)]
        or ast.dump(wanted) == ast.dump(found)
        for wanted, found in zip(expected.body, changed.tree.body, strict=True)
    )
