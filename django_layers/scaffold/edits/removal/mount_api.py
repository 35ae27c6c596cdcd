"""Take the API object out of the root urls: the mirror image of `mount_api.mount_api`."""

import ast
from collections.abc import Sequence

from django_layers.scaffold.edits.assembly import ListLiteral, assemble
from django_layers.scaffold.edits.bindings import dotted, origins
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.mount_api import is_same_origin
from django_layers.scaffold.edits.outcome import Cannot, CannotEdit, Done, NotThere, Removal
from django_layers.scaffold.edits.removal.elements import remove_element
from django_layers.scaffold.edits.removal.imports import without_unused
from django_layers.scaffold.edits.url_patterns import routes, view_of

_NAME = "urlpatterns"


def unmount_api(
    source: bytes,
    *,
    import_module: str,
    import_name: str = "api",
    imports: Sequence[ImportRequest],
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
) -> Removal:
    """Take the API out of the `urlpatterns` of the root urls, under whatever prefix.

    Args:
        source: The root urls.
        import_module: The module that holds the API object.
        import_name: The name of the API object.
        imports: The imports that came with the mount; each goes unless something else uses it.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import is written with one name a line.

    Returns:
        Done, NotThere, or Cannot with the route to take out.
    """
    style = ImportStyle(first_party | {import_module.partition(".")[0]}, line_length)
    wanted = f"{import_module}.{import_name}.urls"
    try:
        document = Document.read(source)
        changed = without_unused(_without_route(document, wanted), imports, style)
    except CannotEdit as error:
        return Cannot(f"{error.reason}; take the API out by hand", f"path(..., {import_name}.urls)\n")
    return NotThere() if changed is document else Done(changed.source)


def _without_route(document: Document, wanted: str) -> Document:
    known = origins(document.tree)

    def mounts(node: ast.AST) -> bool:
        view = view_of(node) if isinstance(node, ast.Call) and any(True for _ in routes(node, known)) else None
        found = dotted(view, known) if view is not None else None
        return found is not None and is_same_origin(found, wanted)

    mounted = [node for node in ast.walk(document.tree) if mounts(node)]
    if not mounted:
        return document
    assembly = assemble(document.tree.body, _NAME)
    places: list[tuple[ListLiteral, int]] = [
        (part.literal, index)
        for part in (assembly.parts if assembly is not None else ())
        if part.literal is not None
        for index, element in enumerate(part.literal.elts)
        if element in mounted
    ]
    if len(mounted) > 1 or not places:
        raise CannotEdit(f"the API is not an element of {_NAME} alone")
    return remove_element(document, *places[0])
