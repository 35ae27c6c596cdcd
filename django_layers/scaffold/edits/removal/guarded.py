"""Take out imports that only types needed, from below `TYPE_CHECKING`, where linters move them."""

import ast
from collections.abc import Iterator, Sequence

from django_layers.scaffold.edits.bindings import imported_origin
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.import_places import Import
from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.removal.cuts import Cut, blank_above, blank_below, line_of, without
from django_layers.scaffold.edits.removal.elements import remove_element
from django_layers.scaffold.edits.removal.imports import has_comment, single_requests, without_unused
from django_layers.scaffold.edits.removal.reads import names_read

_GUARD = ImportRequest("typing", ("TYPE_CHECKING",))


def without_unused_guarded(document: Document, requests: Sequence[ImportRequest], style: ImportStyle) -> Document:
    """Take those imports out of the `if TYPE_CHECKING:` blocks of a document that nothing in it uses.

    Args:
        document: The file.
        requests: The imports.
        style: How imports are written.

    Returns:
        The document without them, and without a block of which nothing would be left; the very same where none goes.

    Raises:
        CannotEdit: an import is written in a way from which nothing can be cut.
    """
    changed = document
    for request in (single for each in requests for single in single_requests(each)):
        bound = request.alias or (request.names[0] if request.names else request.module.partition(".")[0])
        place = next(_places(changed, request), None)
        if place is not None and bound not in names_read(changed.tree):
            changed = _without(changed, *place)
    return document if changed is document else without_unused(changed, [_GUARD], style)


def _places(document: Document, request: ImportRequest) -> Iterator[tuple[ast.If, Import, int]]:
    """Give the blocks in which an import stands, with its statement and the position of its name in that."""
    for guard in document.tree.body:
        if not isinstance(guard, ast.If) or ast.unparse(guard.test).rpartition(".")[2] != "TYPE_CHECKING":
            continue
        for statement in [each for each in guard.body if isinstance(each, ast.Import | ast.ImportFrom)]:
            for index, alias in enumerate(statement.names):
                is_wanted = alias.asname == request.alias and _origin(statement, alias) == _wanted(request)
                if is_wanted and not has_comment(document, statement, alias):
                    yield guard, statement, index


def _origin(statement: Import, alias: ast.alias) -> str:
    return imported_origin(statement, alias) if isinstance(statement, ast.ImportFrom) else alias.name


def _wanted(request: ImportRequest) -> str:
    prefix = request.module if request.module.endswith(".") or not request.names else f"{request.module}."
    return prefix + "".join(request.names)


def _without(document: Document, guard: ast.If, statement: Import, index: int) -> Document:
    if isinstance(statement, ast.ImportFrom) and len(statement.names) > 1:
        return remove_element(document, statement, index)
    if len(guard.body) == 1 and not guard.orelse:
        fresh = document.with_own_body()
        fresh.body.remove(guard)
        line = line_of(document, document.start(guard), document.end(guard))
        return without(document, [Cut(blank_above(document, line.start), line.end)], fresh)
    fresh, twin = document.twin(guard)
    del twin.body[guard.body.index(statement)]
    return without(document, [_cut(document, guard, statement)], fresh)


def _cut(document: Document, guard: ast.If, statement: Import) -> Cut:
    """The lines of an import, with the blank line that would part it from others where it is alone in its section."""
    line = line_of(document, document.start(statement), document.end(statement))
    above, below = blank_above(document, line.start), blank_below(document, line.end)
    if statement is guard.body[0]:
        return Cut(line.start, below)
    is_alone = above < line.start and (below > line.end or statement is guard.body[-1])
    return Cut(above, line.end) if is_alone else line
