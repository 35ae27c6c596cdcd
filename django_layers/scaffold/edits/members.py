"""Append functions, classes and constants to a module, with the imports that they need."""

import ast
import re
from dataclasses import dataclass
from typing import TypeAlias

from django_layers.scaffold.edits.bindings import bindings
from django_layers.scaffold.edits.document import Document, Insertion
from django_layers.scaffold.edits.exports import with_exports
from django_layers.scaffold.edits.import_order import ImportStyle, module_of
from django_layers.scaffold.edits.import_places import Place, with_places
from django_layers.scaffold.edits.imports import ImportRequest, missing_import, with_imports
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, CannotEdit, Done, Outcome

Member: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class Piece:
    """A member of a fragment.

    Attributes:
        name: The name that it defines.
        node: Its tree.
        text: Its lines with the comments above them, `\\n` as newlines, ending in one.
    """

    name: str
    node: Member
    text: str


def add_members(
    source: bytes, fragment: bytes, *, first_party: frozenset[str] = frozenset(), line_length: int = 88
) -> Outcome:
    """Append the members of a fragment that a module lacks.

    Args:
        source: The module.
        fragment: A module of imports, functions, classes and assignments to one name each. Its docstring and its
            `__all__` are left out.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import and `__all__` are written with one name a line.

    Returns:
        Done; AlreadyThere, when each member is there with the same tree; Cannot with the missing part of the fragment.

    Raises:
        ValueError: the fragment holds something else.
    """
    style = ImportStyle(first_party, line_length)
    requests, pieces = read_fragment(fragment)
    missing = pieces
    try:
        document = Document.read(source)
        missing = _missing(document, pieces)
        if not missing:
            return AlreadyThere()
        needed = _needed(requests, missing)
        for request in needed:
            # Before the first change, so that a clash is reported with the line that the user sees.
            missing_import(document, request)
        document, places = with_imports(document, needed, style)
        document = with_places(document, [*places, _end(document, missing)])
        document = with_exports(document, [piece.name for piece in missing if not piece.name.startswith("_")], style)
        return Done(document.source)
    except CannotEdit as error:
        imports = "".join(request.lines(style) for request in _needed(requests, missing))
        paste = "\n\n".join([*([imports] if imports else []), *(piece.text for piece in missing)])
        return Cannot(f"{error.reason}; add the code at the end of the file", paste)


def read_fragment(fragment: bytes) -> tuple[list[ImportRequest], list[Piece]]:
    """Return the imports of a fragment and its members.

    Raises:
        ValueError: it holds something else, or can't be read.
    """
    try:
        document = Document.read(fragment)
    except CannotEdit as error:
        raise ValueError(f"the fragment can't be read: {error.reason}") from error
    requests: list[ImportRequest] = []
    pieces: list[Piece] = []
    floor = 0
    for index, statement in enumerate(document.tree.body):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            requests += _requests(statement)
        elif not (index == 0 and ast.get_docstring(document.tree) is not None):
            name, node = _named(statement)
            if name != "__all__":
                pieces.append(Piece(name, node, _text(document, node, floor)))
        floor = document.next_line(document.end(statement))
    return requests, pieces


def _named(statement: ast.stmt) -> tuple[str, Member]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return statement.name, statement
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if len(targets) == 1 and isinstance(targets[0], ast.Name):
            return targets[0].id, statement
    raise ValueError(f"line {statement.lineno} of the fragment is neither an import nor a member with one name")


def _requests(statement: ast.Import | ast.ImportFrom) -> list[ImportRequest]:
    if isinstance(statement, ast.Import):
        return [ImportRequest(alias.name, alias=alias.asname) for alias in statement.names]
    module = module_of(statement)
    plain = tuple(alias.name for alias in statement.names if alias.asname is None)
    renamed = [ImportRequest(module, (alias.name,), alias.asname) for alias in statement.names if alias.asname]
    return ([ImportRequest(module, plain)] if plain else []) + renamed


def _text(document: Document, node: Member, floor: int) -> str:
    decorators = [] if isinstance(node, ast.Assign | ast.AnnAssign) else node.decorator_list
    start = min([document.start(node), *(document.start(decorator) for decorator in decorators)])
    top = document.above_comments(start, floor)
    end = document.line_end(document.end(node))
    return document.utf8[top:end].decode().replace(document.newline, "\n") + "\n"


def _missing(document: Document, pieces: list[Piece]) -> list[Piece]:
    there = {statement: index for index, statement in enumerate(document.tree.body)}
    missing: list[Piece] = []
    for piece in pieces:
        found = [binding for binding in bindings(document.tree) if binding.name == piece.name]
        if not found:
            missing.append(piece)
            continue
        theirs = found[-1].statement
        if theirs not in there or ast.dump(theirs) != ast.dump(piece.node):
            raise CannotEdit(f'line {theirs.lineno} has another "{piece.name}"')
    return missing


def _needed(requests: list[ImportRequest], pieces: list[Piece]) -> list[ImportRequest]:
    """The parts of the imports that the pieces use, in code or in a string such as a quoted annotation."""
    used = {word for piece in pieces for word in _IDENTIFIER.findall(piece.text)}
    needed: list[ImportRequest] = []
    for request in requests:
        if request.alias is not None or not request.names:
            wanted = {request.alias or request.module.partition(".")[0]} & used or request.module == "__future__"
            needed += [request] if wanted else []
            continue
        names = tuple(name for name in request.names if name in used or request.module == "__future__")
        needed += [ImportRequest(request.module, names)] if names else []
    return needed


def _end(document: Document, pieces: list[Piece]) -> Place:
    """The place of the members: below all that there is."""
    last = document.tree.body[-1] if document.tree.body else None
    text = _lead(document, 1 if isinstance(last, _IMPORTS) and _is_assignment(pieces[0]) else 2)
    for index, piece in enumerate(pieces):
        together = index > 0 and _is_assignment(piece) and _is_assignment(pieces[index - 1])
        text += ("" if index == 0 or together else "\n\n") + piece.text
    return Place(len(document.tree.body), tuple(ast.parse(text).body), Insertion(len(document.utf8), text))


def _is_assignment(piece: Piece) -> bool:
    return isinstance(piece.node, ast.Assign | ast.AnnAssign)


def _lead(document: Document, blank_lines: int) -> str:
    """The newlines that leave blank lines before what is appended."""
    if not document.utf8.strip():
        return ""
    tail = document.utf8[len(document.utf8.rstrip()) :].decode()
    return "\n" * max(blank_lines + 1 - tail.count(document.newline), 0)
