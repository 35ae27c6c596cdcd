"""Import names into a package's `__init__.py` and list them in its `__all__`."""

import ast
from collections.abc import Iterable, Sequence

from django_layers.scaffold.edits.assembly import ListLiteral, assemble
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle, export_key
from django_layers.scaffold.edits.import_places import below
from django_layers.scaffold.edits.imports import ImportRequest, with_import
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, CannotEdit, Done, Outcome
from django_layers.scaffold.edits.splice import insert_element, quote_of, quoted


def add_export(
    source: bytes,
    *,
    module: str,
    names: Sequence[str],
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
    quote: str = '"',
) -> Outcome:
    """Re-export names of a module.

    A file that holds nothing but imports gets an `__all__` where it has none, with all public names that it imports.

    Args:
        source: The `__init__.py` to add to.
        module: The module that defines the names, with leading dots where it is relative.
        names: The names.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import and `__all__` are written with one name a line.
        quote: The quote of strings in a file that holds none yet.

    Returns:
        Done, AlreadyThere, or Cannot with lines for the end of the file.
    """
    request = ImportRequest(module, tuple(names))
    style = ImportStyle(first_party, line_length, quote)
    try:
        document = Document.read(source)
        changed = with_exports(with_import(document, request, style), names, style, create=True)
    except CannotEdit as error:
        entries = ", ".join(quoted(name, quote) for name in sorted(names, key=export_key))
        listing = f"__all__ = [*__all__, {entries}]\n" if b"__all__" in source else ""
        return Cannot(f"{error.reason}; add the names at the end of the file", request.lines(style) + listing)
    return AlreadyThere() if changed is document else Done(changed.source)


def with_exports(document: Document, names: Iterable[str], style: ImportStyle, *, create: bool = False) -> Document:
    """List names in the `__all__` of a document, in its order if it has one.

    Args:
        document: The document.
        names: The names.
        style: How long a line may be, and the quote where there is none yet.
        create: Whether a document that holds imports only gets an `__all__` where it has none.

    Returns:
        The document with the names; the very same where nothing is missing, or there is no `__all__` to add to.

    Raises:
        CannotEdit: `__all__` is not written as a literal.
    """
    for name in sorted(names, key=export_key):
        found = _listing(document)
        if found is None:
            return _with_new_listing(document, style) if create and _is_import_only(document) else document
        target, listed = found
        if name in listed:
            continue
        own = [element.value for element in target.elts if isinstance(element, ast.Constant)]
        entries = [entry for entry in own if isinstance(entry, str)]
        index = _index(entries, name) if len(entries) == len(target.elts) else len(target.elts)
        code = quoted(name, quote_of(document, target.elts, otherwise=style.quote))
        document = insert_element(document, target, index, code, line_length=style.line_length)
    return document


def _listing(document: Document) -> tuple[ListLiteral, set[str]] | None:
    assembly = assemble(document.tree.body, "__all__")
    if assembly is None:
        return None
    literals = [literal for part, literal in assembly.certain if part.via == "__all__"]
    if not literals or not assembly.starts_here or assembly.replaced_at is not None:
        raise CannotEdit("`__all__` is nowhere written as a list of names")
    nodes = [node for part in assembly.parts for node in (part.literal.elts if part.literal else [part.node])]
    listed = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return literals[0], listed


def _index(listed: list[str], name: str) -> int:
    """Where a name belongs in a list that ruff, or `sorted`, put in order; else its end."""
    by_kind = [export_key(entry) for entry in listed]
    if by_kind == sorted(by_kind):
        return sum(key < export_key(name) for key in by_kind)
    return sum(entry < name for entry in listed) if listed == sorted(listed) else len(listed)


def _is_import_only(document: Document) -> bool:
    body = document.tree.body
    rest = body[1:] if body and ast.get_docstring(document.tree) is not None else body
    return all(isinstance(statement, ast.Import | ast.ImportFrom) for statement in rest)


def _with_new_listing(document: Document, style: ImportStyle) -> Document:
    """Write an `__all__` that keeps what `import *` gave before, and has the new names too."""
    imports = [node for node in document.tree.body if isinstance(node, ast.ImportFrom) and node.module != "__future__"]
    bound = {alias.asname or alias.name for node in imports for alias in node.names}
    if "*" in bound:
        return document
    public = sorted((name for name in bound if not name.startswith("_")), key=export_key)
    quote = quote_of(document, [], otherwise=style.quote)
    text = f"__all__ = [{', '.join(quoted(name, quote) for name in public)}]\n"
    if len(text) - 1 > style.line_length:
        text = "__all__ = [\n" + "".join(f"    {quoted(name, quote)},\n" for name in public) + "]\n"
    fresh = document.with_own_body()
    fresh.body += ast.parse(text).body
    position = document.next_line(document.end(document.tree.body[-1]))
    return document.insert([below(document, position, f"\n{text}")], fresh)
