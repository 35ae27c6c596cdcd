"""Take out an import that nothing uses any more: the mirror image of `imports.add_import`."""

import ast
from collections.abc import Iterator, Sequence

from django_layers.scaffold.edits.bindings import imported_origin, without_type_checking
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle, module_of
from django_layers.scaffold.edits.import_places import Import, import_block
from django_layers.scaffold.edits.imports import ImportRequest, with_import
from django_layers.scaffold.edits.outcome import Cannot, CannotEdit, Done, NotThere, Removal
from django_layers.scaffold.edits.removal.cuts import Cut, blank_above, blank_below, line_of, without
from django_layers.scaffold.edits.removal.elements import remove_element
from django_layers.scaffold.edits.removal.reads import names_read


def remove_import(
    source: bytes,
    *,
    module: str,
    names: Sequence[str] = (),
    alias: str | None = None,
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
) -> Removal:
    """Take an import out of a module, as far as nothing in the module uses what it binds.

    An import that carries a comment stays: somebody wants it there whether it is used or not.

    Args:
        source: The module.
        module: What is imported from, with leading dots where it is relative.
        names: The imported names; none for `import module`.
        alias: The name that the module, or the only name, is bound to.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import is written with one name a line.

    Returns:
        Done, NotThere (what is still used included), or Cannot with the import to take out.
    """
    request = ImportRequest(module, tuple(names), alias)
    style = ImportStyle(first_party, line_length)
    try:
        document = Document.read(source)
        changed = without_unused(document, [request], style)
    except CannotEdit as error:
        return Cannot(f"{error.reason}; take out the import by hand", request.lines(style))
    return NotThere() if changed is document else Done(changed.source)


def without_unused(document: Document, requests: Sequence[ImportRequest], style: ImportStyle) -> Document:
    """Take those imports out of a document that nothing in it uses.

    Returns:
        The document without them; the very same where none goes.

    Raises:
        CannotEdit: an import is written in a way from which nothing can be cut.
    """
    for request in reversed(requests):
        for single in reversed(single_requests(request)):
            bound = single.alias or (single.names[0] if single.names else single.module.partition(".")[0])
            place = _place(document, single)
            if place is None or single.module == "__future__" or bound in names_read(document.tree):
                continue
            document = _without(document, *place, single, style)
    return document


def added_imports(before: bytes, after: bytes) -> tuple[ImportRequest, ...]:
    """The imports that a module has and an earlier version of it had not, one name each.

    Raises:
        CannotEdit: one of the two doesn't decode or parse.
    """
    old = set(_imports(Document.read(before)))
    return tuple(request for request in _imports(Document.read(after)) if request not in old)


def _imports(document: Document) -> Iterator[ImportRequest]:
    for statement in document.tree.body:
        if isinstance(statement, ast.Import):
            yield from (ImportRequest(alias.name, alias=alias.asname) for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            module = module_of(statement)
            yield from (ImportRequest(module, (alias.name,), alias.asname) for alias in statement.names)


def single_requests(request: ImportRequest) -> list[ImportRequest]:
    """Return the requests for each of the names that one asks for."""
    if not request.names:
        return [request]
    return [ImportRequest(request.module, (name,), request.alias) for name in request.names]


def _place(document: Document, request: ImportRequest) -> tuple[Import, int] | None:
    """The statement of the module's top level that makes an import of one name, and the position of the name in it."""
    prefix = request.module if request.module.endswith(".") else f"{request.module}."
    for statement in without_type_checking(document.tree.body):
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            continue
        for index, alias in enumerate(statement.names):
            if request.names:
                wanted = isinstance(statement, ast.ImportFrom) and (
                    imported_origin(statement, alias) == f"{prefix}{request.names[0]}"
                )
            else:
                wanted = isinstance(statement, ast.Import) and alias.name == request.module
            if wanted and alias.asname == request.alias and not has_comment(document, statement, alias):
                return statement, index
    return None


def has_comment(document: Document, statement: Import, alias: ast.alias) -> bool:
    """Return whether a comment stands behind an imported name."""
    end = document.end(alias if len(statement.names) > 1 else statement)
    return document.utf8[end : document.line_end(end)].lstrip(b" \t,)").startswith(b"#")


def _without(document: Document, statement: Import, index: int, request: ImportRequest, style: ImportStyle) -> Document:
    if len(statement.names) == 1:
        fresh = document.with_own_body()
        fresh.body.remove(statement)
        return without(document, [_cut(document, statement)], fresh)
    if isinstance(statement, ast.Import):
        raise CannotEdit(f"line {statement.lineno} imports several modules")
    return remove_element(
        document,
        statement,
        index,
        line_length=style.line_length,
        add_back=lambda changed: with_import(changed, request, style),
    )


def _cut(document: Document, statement: Import) -> Cut:
    """The lines of an import, with the blank line that would part it from others where it is alone in its section."""
    line = line_of(document, document.start(statement), document.end(statement))
    above, below = blank_above(document, line.start), blank_below(document, line.end)
    block = import_block(document)
    body = document.tree.body
    at = body.index(statement)
    has_imports_above = statement in block[1:]
    has_imports_below = statement in block[:-1]
    if not has_imports_above and not has_imports_below:
        # The only import: below a docstring it came with the blank line above it, else with those below it.
        return Cut(above, line.end) if at else Cut(line.start, below)
    if (has_imports_above and above == line.start) or (has_imports_below and below == line.end):
        return line
    return Cut(above, line.end) if has_imports_above else Cut(line.start, below)
