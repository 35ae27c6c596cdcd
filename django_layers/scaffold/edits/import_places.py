"""Where a new import stands in a file: in the section and at the place that isort gives it."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django_layers.scaffold.edits.document import Document, Insertion
from django_layers.scaffold.edits.import_order import ImportStyle, Section, section_of, statement_key
from django_layers.scaffold.edits.outcome import CannotEdit

Import: TypeAlias = ast.Import | ast.ImportFrom


@dataclass(frozen=True, slots=True)
class Place:
    """Where new statements go.

    Attributes:
        index: Their place among the statements of the module.
        statements: Their trees.
        insertion: Their lines.
    """

    index: int
    statements: tuple[ast.stmt, ...]
    insertion: Insertion


def import_block(document: Document) -> list[Import]:
    """The first run of imports of a module, below nothing but its docstring and names such as `__version__`."""
    block: list[Import] = []
    for statement in document.tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            block.append(statement)
        elif block or not (_is_docstring(statement) or _is_dunder(statement)):
            break
    return block


def place_of(document: Document, new: Import, text: str, style: ImportStyle) -> Place:
    """Find the place of a new import in a document that has imports.

    Args:
        document: The document.
        new: The tree of the import.
        text: Its lines.
        style: What decides on the order.

    Raises:
        CannotEdit: the statements around it share a line.
    """
    block = import_block(document)
    section = section_of(new, style)
    sections = [section_of(statement, style) for statement in block]
    same = [index for index, other in enumerate(sections) if other == section]
    earlier = [index for index, other in enumerate(sections) if other < section]
    key = statement_key(new, style)
    lower = next((index for index in reversed(same) if statement_key(block[index], style) < key), None)
    if lower is not None:
        return _below(document, new, text, block[lower])
    if same:
        return _above(document, new, text, block[same[0]], is_first=same[0] == 0)
    gap = "\n" if _has_gaps(document, block, sections) else ""
    if earlier:
        return _below(document, new, gap + text, block[earlier[-1]])
    return _above(document, new, text + gap, block[0], is_first=True)


def with_places(document: Document, places: Sequence[Place]) -> Document:
    """Insert statements, all of which were given their places in this very document.

    Args:
        document: The document.
        places: The places; of those at the same one, the first comes first.

    Raises:
        CannotEdit: the new text doesn't fit the file.
    """
    if not places:
        return document
    ordered = sorted(places, key=lambda place: place.index)
    fresh = document.with_own_body()
    for place in reversed(ordered):
        fresh.body[place.index : place.index] = place.statements
    return document.insert([place.insertion for place in ordered], fresh)


def with_first_import(document: Document, new: Import, text: str) -> Document:
    """Insert an import into a document that has none where an import would stand.

    Raises:
        CannotEdit: the new text doesn't fit the file.
    """
    body = document.tree.body
    fresh = document.with_own_body()
    head = [index for index, statement in enumerate(body[:1]) if _is_docstring(statement)]
    following = body[len(head)] if len(body) > len(head) else None
    fresh.body.insert(len(head), new)
    if head:
        position = document.next_line(document.end(body[0]))
        rest = document.utf8[position:].splitlines()
        glued = following is not None and bool(rest) and bool(rest[0].strip())
        return document.insert([below(document, position, f"\n{text}" + ("\n" if glued else ""))], fresh)
    if following is None:
        return document.insert([below(document, len(document.utf8), text)], fresh)
    start = min((document.start(node) for node in getattr(following, "decorator_list", [])), default=len(document.utf8))
    start = min(start, document.start(following))
    top = document.above_comments(start, 0)
    # Comments at the very top (an encoding, a licence) head the file, not its first statement.
    position = document.line_start(start) if top == 0 else top
    gap = "\n\n" if isinstance(following, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else "\n"
    return document.insert([Insertion(position, text + gap)], fresh)


def below(document: Document, position: int, text: str) -> Insertion:
    """Whole lines at the start of a line, or at the end of a file that may lack its last newline."""
    unfinished = position == len(document.utf8) and document.utf8 and not document.utf8.endswith((b"\n", b"\r"))
    return Insertion(position, f"\n{text}" if unfinished else text)


def _has_gaps(document: Document, block: list[Import], sections: list[Section]) -> bool:
    """Whether blank lines part the sections of a block; so they should where it has but one."""
    seams = [index for index in range(1, len(block)) if sections[index - 1] != sections[index]]
    for index in seams:
        between = document.utf8[document.next_line(document.end(block[index - 1])) : document.start(block[index])]
        if any(not line.strip() for line in between.splitlines()):
            return True
    return not seams


def _above(document: Document, new: Import, text: str, anchor: Import, *, is_first: bool) -> Place:
    """Put lines above a statement."""
    start = document.start(anchor)
    if not document.leads_line(start):
        raise CannotEdit(f"line {anchor.lineno} holds several statements")
    # What stands above the very first import is the heading of the file.
    top = document.line_start(start) if is_first else document.above_comments(start, 0)
    return Place(document.tree.body.index(anchor), (new,), Insertion(top, text))


def _below(document: Document, new: Import, text: str, anchor: Import) -> Place:
    """Put lines below all that ends on a statement's last line."""
    body = document.tree.body
    end = document.end(anchor)
    at = body.index(anchor)
    while at + 1 < len(body) and document.line_start(document.start(body[at + 1])) <= end:
        at += 1
    position = document.next_line(document.end(body[at]))
    return Place(at + 1, (new,), below(document, position, text))


def _is_docstring(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _is_dunder(statement: ast.stmt) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return bool(targets) and all(isinstance(target, ast.Name) and target.id.startswith("__") for target in targets)
