"""Add an import where isort would have put it."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django_layers.scaffold.edits.bindings import bindings
from django_layers.scaffold.edits.document import Document, Insertion
from django_layers.scaffold.edits.import_order import ImportStyle, Section, member_key, section_of, statement_key
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, CannotEdit, Done, Outcome
from django_layers.scaffold.edits.splice import insert_element

_Import: TypeAlias = ast.Import | ast.ImportFrom


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """An import that a file should have.

    Attributes:
        module: The module, with leading dots where it is relative.
        names: What to import from it; none for the module itself.
        alias: The name to bind the module, or the only one of `names`, to.
    """

    module: str
    names: tuple[str, ...] = ()
    alias: str | None = None

    def __post_init__(self) -> None:
        if self.alias is not None and len(self.names) > 1:
            raise ValueError("an alias needs a single name")

    @property
    def code(self) -> str:
        """The import on one line."""
        alias = f" as {self.alias}" if self.alias else ""
        if not self.names:
            return f"import {self.module}{alias}"
        return f"from {self.module} import {', '.join(sorted(self.names, key=member_key))}{alias}"

    def lines(self, style: ImportStyle) -> str:
        """The import as a formatter writes it, with its last newline."""
        if len(self.code) <= style.line_length or not self.names:
            return f"{self.code}\n"
        alias = f" as {self.alias}" if self.alias else ""
        names = "".join(f"    {name}{alias},\n" for name in sorted(self.names, key=member_key))
        return f"from {self.module} import (\n{names})\n"


def add_import(
    source: bytes,
    *,
    module: str,
    names: Sequence[str] = (),
    alias: str | None = None,
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
) -> Outcome:
    """Add an import to a module.

    Args:
        source: The module.
        module: What to import from, with leading dots where it is relative.
        names: The names to import; none for `import module`.
        alias: The name to bind the module, or the only name, to.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import is written with one name a line.

    Returns:
        Done, AlreadyThere, or Cannot with the import to paste.
    """
    request = ImportRequest(module, tuple(names), alias)
    style = ImportStyle(first_party, line_length)
    try:
        document = Document.read(source)
        changed = with_import(document, request, style)
    except CannotEdit as error:
        return Cannot(f"{error.reason}; add the import by hand, beside the others", request.lines(style))
    return AlreadyThere() if changed is document else Done(changed.source)


def with_import(document: Document, request: ImportRequest, style: ImportStyle) -> Document:
    """Add an import to a document.

    Returns:
        The document with the import; the very same document where nothing is missing.

    Raises:
        CannotEdit: a name that the import would bind stands for something else already.
    """
    missing = missing_import(document, request)
    if missing is None:
        return document
    if missing.names and missing.alias is None:
        host = _host(document, missing.module)
        if host is not None:
            try:
                return _merged(document, host, missing, style)
            except CannotEdit:
                # A second statement from the same module is always possible.
                return _with_statement(document, missing, style)
    return _with_statement(document, missing, style)


def import_block(document: Document) -> list[_Import]:
    """The first run of imports of a module, below nothing but its docstring and names such as `__version__`."""
    block: list[_Import] = []
    for statement in document.tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            block.append(statement)
        elif block or not (_is_docstring(statement) or _is_dunder(statement)):
            break
    return block


def missing_import(document: Document, request: ImportRequest) -> ImportRequest | None:
    """Find the part of a request that a document doesn't import yet.

    Returns:
        A request for the missing names; None where nothing is missing.

    Raises:
        CannotEdit: a name that the import would bind stands for something else already.
    """
    if not request.names:
        name = request.alias or request.module.partition(".")[0]
        return None if _has(document, name, request.module, is_module=True) else request
    prefix = request.module if request.module.endswith(".") else f"{request.module}."
    names = tuple(
        name for name in request.names if not _has(document, request.alias or name, f"{prefix}{name}", is_module=False)
    )
    return ImportRequest(request.module, names, request.alias) if names else None


def _has(document: Document, name: str, origin: str, *, is_module: bool) -> bool:
    found = [binding for binding in bindings(document.tree) if binding.name == name]
    if is_module and name == origin.partition(".")[0]:
        # `import a.b` binds `a`, and so do `import a` and `import a.c`: only the statement itself tells.
        imports = [binding.statement for binding in found if isinstance(binding.statement, ast.Import)]
        if any(alias.name == origin and not alias.asname for statement in imports for alias in statement.names):
            return True
        found = [binding for binding in found if binding.origin != name]
    for binding in found:
        if binding.origin == origin:
            return True
    if found:
        raise CannotEdit(f'line {found[0].line} binds the name "{name}" to something else')
    return False


def _host(document: Document, module: str) -> ast.ImportFrom | None:
    """The statement that more names of a module can be added to."""
    plain: dict[str, list[ast.ImportFrom]] = {}
    for statement in import_block(document):
        if isinstance(statement, ast.ImportFrom) and any(
            alias.asname is None and alias.name != "*" for alias in statement.names
        ):
            plain.setdefault("." * statement.level + (statement.module or ""), []).append(statement)
    # A file that imports from one module twice keeps to one name a statement.
    if any(len(found) > 1 for found in plain.values()):
        return None
    return plain.get(module, [None])[0]


def _merged(document: Document, host: ast.ImportFrom, missing: ImportRequest, style: ImportStyle) -> Document:
    at = document.tree.body.index(host)
    for name in sorted(missing.names, key=member_key):
        found = document.tree.body[at]
        assert isinstance(found, ast.ImportFrom)
        listed = [member_key(alias.name) for alias in found.names]
        index = len(listed)
        if listed == sorted(listed):
            index = sum(key < member_key(name) for key in listed)
        document = insert_element(document, found, index, name, line_length=style.line_length)
    return document


def _with_statement(document: Document, request: ImportRequest, style: ImportStyle) -> Document:
    text = request.lines(style)
    new = ast.parse(text).body[0]
    assert isinstance(new, ast.Import | ast.ImportFrom)
    block = import_block(document)
    if not block:
        return _first_import(document, text, new)
    section = section_of(new, style)
    sections = [section_of(statement, style) for statement in block]
    same = [index for index, other in enumerate(sections) if other == section]
    earlier = [index for index, other in enumerate(sections) if other < section]
    key = statement_key(new, style)
    lower = [index for index in same if statement_key(block[index], style) < key]
    gap = "\n" if _has_gaps(document, block, sections) else ""
    if same and not lower:
        return _place(document, new, text, before=block[same[0]], is_first=same[0] == 0)
    if lower:
        return _place(document, new, text, after=block[lower[-1]])
    if earlier:
        return _place(document, new, gap + text, after=block[earlier[-1]])
    return _place(document, new, text + gap, before=block[0], is_first=True)


def _has_gaps(document: Document, block: list[_Import], sections: list[Section]) -> bool:
    """Whether blank lines part the sections of a block; so they should where it has but one."""
    seams = [index for index in range(1, len(block)) if sections[index - 1] != sections[index]]
    for index in seams:
        between = document.utf8[document.next_line(document.end(block[index - 1])) : document.start(block[index])]
        if any(not line.strip() for line in between.splitlines()):
            return True
    return not seams


def _place(
    document: Document,
    new: _Import,
    text: str,
    *,
    before: _Import | None = None,
    after: _Import | None = None,
    is_first: bool = False,
) -> Document:
    """Put lines above a statement, or below all that ends on a statement's last line."""
    body = document.tree.body
    fresh = document.with_own_body()
    if before is not None:
        start = document.start(before)
        if not document.leads_line(start):
            raise CannotEdit(f"line {before.lineno} holds several statements")
        # What stands above the very first import is the heading of the file.
        top = document.line_start(start) if is_first else document.above_comments(start, 0)
        fresh.body.insert(body.index(before), new)
        return document.insert([Insertion(top, text)], fresh)
    assert after is not None
    end = document.end(after)
    sharing = [index for index, other in enumerate(body) if document.line_start(document.start(other)) <= end]
    fresh.body.insert(sharing[-1] + 1, new)
    position = document.next_line(document.end(body[sharing[-1]]))
    return document.insert([below(document, position, text)], fresh)


def _first_import(document: Document, text: str, new: _Import) -> Document:
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


def _is_docstring(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _is_dunder(statement: ast.stmt) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return bool(targets) and all(isinstance(target, ast.Name) and target.id.startswith("__") for target in targets)
