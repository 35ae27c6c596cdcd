"""Take an app out of INSTALLED_APPS: the mirror image of `installed_apps.add_installed_app`."""

import ast

from django_layers.scaffold.edits.assembly import ListLiteral, Part, assemble
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.installed_apps import app_of
from django_layers.scaffold.edits.outcome import Cannot, CannotEdit, Done, NotThere, Removal
from django_layers.scaffold.edits.removal.cuts import line_of, without
from django_layers.scaffold.edits.removal.elements import remove_element

_NAME = "INSTALLED_APPS"


def remove_installed_app(source: bytes, entry: str) -> Removal:
    """Take an app out of the INSTALLED_APPS of a settings module.

    Args:
        source: The settings module.
        entry: The app's package; an entry with its configuration class counts too.

    Returns:
        Done, NotThere, or Cannot with the entry to take out.
    """
    try:
        document = Document.read(source)
        changed = document
        while (found := _find(changed, entry)) is not None:
            changed = _without(changed, *found)
    except CannotEdit as error:
        return Cannot(f"{error.reason}; take the app out by hand", f'"{entry}"\n')
    return NotThere() if changed is document else Done(changed.source)


def _find(document: Document, entry: str) -> tuple[Part, int] | None:
    """The piece of the list that names the app, and the position in it; -1 where the piece is nothing but the entry.

    Raises:
        CannotEdit: the app is named in an expression that only running it can tell.
    """
    body = document.tree.body
    bodies = [body, *(node.body for node in body if isinstance(node, ast.ClassDef))]
    assemblies = [found for each in bodies if (found := assemble(each, _NAME)) is not None]
    for part in (part for assembly in assemblies for part in assembly.parts):
        if part.element and _names(part.node, entry):
            return part, -1
        if part.literal is not None:
            for index, element in enumerate(part.literal.elts):
                if _names(element, entry):
                    return part, index
        elif any(_names(node, entry) for node in ast.walk(part.node)):
            raise CannotEdit(f'line {part.node.lineno} names "{entry}" in an expression')
    return None


def _names(node: ast.AST, entry: str) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and app_of(node.value) == app_of(entry)


def _without(document: Document, part: Part, index: int) -> Document:
    literal = part.literal
    if literal is None:
        return _without_statement(document, part.node)
    if _is_pasted(document, literal):
        return _without_statement(document, literal)
    return remove_element(document, literal, index)


def _is_pasted(document: Document, literal: ListLiteral) -> bool:
    """Whether a literal is all of the line that is pasted where the list can't be edited: `X = [*X, "app"]`."""
    pasted = [f"{_NAME} = [*{_NAME}, _]", f"{_NAME} = [_, *{_NAME}]"]
    strings = [node for node in literal.elts if isinstance(node, ast.Constant)]
    if len(literal.elts) != 2 or len(strings) != 1:
        return False
    elements = ", ".join("_" if node in strings else ast.unparse(node) for node in literal.elts)
    owners = [node for node in document.tree.body if isinstance(node, ast.Assign) and node.value is literal]
    return any(f"{ast.unparse(node.targets[0])} = [{elements}]" in pasted for node in owners)


def _without_statement(document: Document, inner: ast.expr) -> Document:
    owners = [node for node in document.tree.body if any(each is inner for each in ast.walk(node))]
    owner = owners[0] if owners else None
    if not isinstance(owner, ast.Assign | ast.AugAssign | ast.Expr):
        raise CannotEdit(f"line {inner.lineno} adds the app in a block")
    fresh = document.with_own_body()
    fresh.body.remove(owner)
    return without(document, [line_of(document, document.start(owner), document.end(owner))], fresh)
