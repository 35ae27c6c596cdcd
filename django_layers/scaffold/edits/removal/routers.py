"""Take a router off the API object, or off the router of an app: the mirror image of `routers.add_router`."""

import ast
from collections.abc import Sequence

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.outcome import Cannot, CannotEdit, Done, NotThere, Removal
from django_layers.scaffold.edits.removal.cuts import line_of, without
from django_layers.scaffold.edits.removal.imports import without_unused
from django_layers.scaffold.edits.routers import router_calls


def remove_router(
    source: bytes,
    *,
    target: str,
    router_expression: str,
    import_: ImportRequest | None = None,
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
) -> Removal:
    """Take `target.add_router(prefix, router)` out of a module, under whatever prefix, and its import if unused then.

    Args:
        source: The module.
        target: The name of the API object or router.
        router_expression: The router as Python source.
        import_: The import that the expression needed.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import is written with one name a line.

    Returns:
        Done, NotThere, or Cannot with the call to take out.
    """
    style = ImportStyle(first_party, line_length)
    wanted = ast.dump(ast.parse(router_expression, mode="eval").body)
    try:
        document = Document.read(source)
        changed = _without_calls(document, target, wanted)
        changed = without_unused(changed, [import_] if import_ is not None else [], style)
    except CannotEdit as error:
        return Cannot(
            f"{error.reason}; take out the router by hand", f"{target}.add_router(..., {router_expression})\n"
        )
    return NotThere() if changed is document else Done(changed.source)


def _without_calls(document: Document, target: str, wanted: str) -> Document:
    def adds(node: ast.AST) -> bool:
        return any(ast.dump(router) == wanted for _, router in router_calls(node, target))

    calls = [node for node in document.tree.body if isinstance(node, ast.Expr) and adds(node.value)]
    if sum(adds(node) for node in ast.walk(document.tree)) != len(calls):
        raise CannotEdit(f'"{target}" gets the router inside of another statement')
    return _without_statements(document, calls)


def _without_statements(document: Document, statements: Sequence[ast.stmt]) -> Document:
    if not statements:
        return document
    fresh = document.with_own_body()
    fresh.body = [node for node in fresh.body if node not in statements]
    cuts = [line_of(document, document.start(node), document.end(node)) for node in statements]
    return without(document, cuts, fresh)
