"""Add an import where isort would have put it."""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django_layers.scaffold.edits.bindings import bindings
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle, member_key, module_of, section_of, statement_key
from django_layers.scaffold.edits.import_places import (
    Import,
    Place,
    import_block,
    place_of,
    with_first_import,
    with_places,
)
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, CannotEdit, Done, Outcome
from django_layers.scaffold.edits.splice import insert_element


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


def with_imports(
    document: Document, requests: Iterable[ImportRequest], style: ImportStyle
) -> tuple[Document, list[Place]]:
    """Find the places of several imports in a document, so that they can all be inserted at once.

    Returns:
        The document, with those imports that can only be added one by one, and the places of the others in it.

    Raises:
        CannotEdit: a name that an import would bind stands for something else already.
    """
    waiting: list[tuple[ImportRequest, Import, str]] = []
    for request in requests:
        missing = missing_import(document, request)
        if missing is None:
            continue
        new, text = _written(missing, style)
        if any(missing.module == other.module for other, _, _ in waiting) or not _fits_in(document, new, style):
            document = with_import(document, missing, style)
        else:
            waiting.append((missing, new, text))
    # What was added meanwhile may have made a place inside a statement for one of them.
    for request, new, _ in waiting:
        if not _fits_in(document, new, style):
            document = with_import(document, request, style)
    waiting.sort(key=lambda import_: statement_key(import_[1], style))
    together = [(new, text) for request, new, text in waiting if missing_import(document, request) is not None]
    return document, [place_of(document, new, text, style) for new, text in together]


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
            plain.setdefault(module_of(statement), []).append(statement)
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
    new, text = _written(request, style)
    if not import_block(document):
        return with_first_import(document, new, text)
    return with_places(document, [place_of(document, new, text, style)])


def _written(request: ImportRequest, style: ImportStyle) -> tuple[Import, str]:
    text = request.lines(style)
    new = ast.parse(text).body[0]
    assert isinstance(new, ast.Import | ast.ImportFrom)
    return new, text


def _fits_in(document: Document, new: Import, style: ImportStyle) -> bool:
    """Whether an import is a statement of its own in a section that is there, whatever others are added beside it."""
    if not document.utf8.endswith((b"\n", b"\r")):
        return False
    if isinstance(new, ast.ImportFrom) and new.names[0].asname is None and _host(document, module_of(new)) is not None:
        return False
    block = import_block(document)
    # Statements of several sections may share a line.
    if not block or b";" in document.utf8[: document.end(block[-1])]:
        return False
    section = section_of(new, style)
    return any(section_of(statement, style) == section for statement in block)
