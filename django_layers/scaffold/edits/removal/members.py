"""Take members out of a module, with the imports that only they needed: the mirror image of `members.add_members`."""

import ast
from collections.abc import Collection

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.members import Piece, read_fragment
from django_layers.scaffold.edits.outcome import Cannot, CannotEdit, Done, NotThere, Removal
from django_layers.scaffold.edits.removal.cuts import Cut, blank_above, blank_below, line_of, without
from django_layers.scaffold.edits.removal.exports import without_exports
from django_layers.scaffold.edits.removal.guarded import without_unused_guarded
from django_layers.scaffold.edits.removal.imports import without_unused

_IMPORTS = (ast.Import, ast.ImportFrom)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign)


def remove_members(
    source: bytes,
    fragment: bytes,
    names: Collection[str] | None = None,
    *,
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
) -> Removal:
    """Take the members of a fragment out of a module by their names, whatever has become of what they say.

    Args:
        source: The module.
        fragment: What was added: a module of imports, functions, classes and assignments to one name each.
        names: The names of the members that go; None for all of the fragment.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import and `__all__` are written with one name a line.

    Returns:
        Done, NotThere, or Cannot with the members to take out.

    Raises:
        ValueError: the fragment holds something else.
    """
    style = ImportStyle(first_party, line_length)
    requests, pieces = read_fragment(fragment)
    pieces = [piece for piece in pieces if names is None or piece.name in names]
    try:
        document = Document.read(source)
        there = [piece for piece in pieces if members_named(document, piece.name)]
        if not there:
            return NotThere()
        changed = without_exports(document, [piece.name for piece in there], style)
        for piece in reversed(there):
            changed = _without_member(changed, piece)
        changed = without_unused(changed, requests, style)
        return Done(without_unused_guarded(changed, requests, style).source)
    except CannotEdit as error:
        paste = "\n\n".join(piece.text for piece in pieces)
        return Cannot(f"{error.reason}; take the code out by hand", paste)


def members_named(document: Document, name: str) -> list[ast.stmt]:
    """The statements of a module's top level that define a name: a function, a class, or an assignment to it alone."""
    return [node for node in document.tree.body if _name(node) == name]


def _name(node: ast.stmt) -> str | None:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else None
    return None


def _without_member(document: Document, piece: Piece) -> Document:
    # Of two members of one name, Python knows the last one only; neither is wanted.
    while found := members_named(document, piece.name):
        fresh = document.with_own_body()
        fresh.body.remove(found[-1])
        document = without(document, [_cut(document, found[-1], piece)], fresh)
    return document


def _cut(document: Document, node: ast.stmt, piece: Piece) -> Cut:
    """The lines of a member with its comments, and as many of the blank lines around it as came with it."""
    body = document.tree.body
    at = body.index(node)
    previous = body[at - 1] if at else None
    following = body[at + 1] if at + 1 < len(body) else None
    decorators = [] if isinstance(node, _ASSIGNMENTS) else getattr(node, "decorator_list", [])
    start = min([document.start(node), *(document.start(each) for each in decorators)])
    line = line_of(document, document.line_start(start), document.end(node))
    top = document.above_comments(start, document.next_line(document.end(previous)) if previous is not None else 0)
    if top == 0 and not piece.text.startswith("#"):
        top = line.start  # Comments at the very top head the file.
    above, below = blank_above(document, top), blank_below(document, line.end)
    gap_above, gap_below = document.utf8[above:top], document.utf8[line.end : below]
    if below == len(document.utf8):
        return Cut(above if _lines(gap_above) <= _usual(previous, node) else top, line.end)
    wanted = max(_lines(gap_above), _lines(gap_below))
    if isinstance(previous, _IMPORTS) and isinstance(following, _ASSIGNMENTS) and wanted <= 2:
        wanted = 1
    if not above:
        return Cut(0, below)
    if _lines(gap_above) >= wanted:
        return Cut(_after_lines(document, above, wanted), below)
    return Cut(above, _after_lines(document, line.end, _lines(gap_below) - wanted))


def _usual(previous: ast.stmt | None, node: ast.stmt) -> int:
    """How many blank lines `add_members` leaves between two statements."""
    return 1 if isinstance(previous, _IMPORTS) and isinstance(node, _ASSIGNMENTS) else 2


def _lines(blank: bytes) -> int:
    return len(blank.splitlines())


def _after_lines(document: Document, offset: int, count: int) -> int:
    for _ in range(count):
        offset = document.next_line(offset)
    return offset
