"""Take names out of a package's `__init__.py` and its `__all__`: the mirror image of `exports.add_export`."""

import ast
from collections.abc import Iterable, Sequence

from django_layers.scaffold.edits.assembly import ListLiteral, assemble
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.exports import with_exports
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.outcome import Cannot, CannotEdit, Done, NotThere, Removal
from django_layers.scaffold.edits.removal.cuts import Cut, blank_above, line_of, without
from django_layers.scaffold.edits.removal.elements import remove_element
from django_layers.scaffold.edits.removal.imports import without_unused


def remove_export(
    source: bytes,
    *,
    module: str,
    names: Sequence[str],
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
) -> Removal:
    """Take re-exported names of a module out; an `__all__` that lists nothing any more goes with them.

    Args:
        source: The `__init__.py`.
        module: The module that defines the names, with leading dots where it is relative.
        names: The names.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import and `__all__` are written with one name a line.

    Returns:
        Done, NotThere, or Cannot with the import to take out.
    """
    request = ImportRequest(module, tuple(names))
    style = ImportStyle(first_party, line_length)
    try:
        document = Document.read(source)
        changed = without_unused(without_exports(document, names, style), [request], style)
    except CannotEdit as error:
        return Cannot(f"{error.reason}; take the names out by hand", request.lines(style))
    return NotThere() if changed is document else Done(changed.source)


def without_exports(document: Document, names: Iterable[str], style: ImportStyle) -> Document:
    """Take names out of the `__all__` of a document.

    Returns:
        The document without them; the very same where `__all__` lists none of them.

    Raises:
        CannotEdit: `__all__` is written in a way from which nothing can be cut.
    """
    for name in names:
        found = _listed(document, name)
        if found is None:
            continue
        target, index = found
        whole = _as_whole(document, target) if len(target.elts) == 1 else None
        document = whole or _without_entry(document, target, index, name, style)
    return document


def _without_entry(document: Document, target: ListLiteral, index: int, name: str, style: ImportStyle) -> Document:
    return remove_element(
        document,
        target,
        index,
        line_length=style.line_length,
        add_back=lambda changed: with_exports(changed, [name], style),
    )


def _listed(document: Document, name: str) -> tuple[ListLiteral, int] | None:
    assembly = assemble(document.tree.body, "__all__")
    for part in assembly.parts if assembly is not None else ():
        if part.literal is None:
            continue
        for index, element in enumerate(part.literal.elts):
            if isinstance(element, ast.Constant) and element.value == name:
                return part.literal, index
    return None


def _as_whole(document: Document, target: ListLiteral) -> Document | None:
    """The document without the statement that lists a single name; None where the statement does more than that."""
    found = [node for node in document.tree.body if isinstance(node, ast.Assign) and node.value is target]
    if not found or ast.unparse(found[0].targets[0]) != "__all__" or len(found[0].targets) > 1:
        return None
    reads = [node for node in ast.walk(document.tree) if isinstance(node, ast.Name) and node.id == "__all__"]
    if len(reads) > 1:
        return None
    fresh = document.with_own_body()
    fresh.body.remove(found[0])
    line = line_of(document, document.start(found[0]), document.end(found[0]))
    return without(document, [Cut(blank_above(document, line.start), line.end)], fresh)
