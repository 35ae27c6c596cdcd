"""Attach a router to the API object, or to the router of an app."""

import ast
from collections.abc import Iterator

from django_layers.scaffold.edits.bindings import statements
from django_layers.scaffold.edits.document import Document, Insertion
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.import_places import Place, below, with_places
from django_layers.scaffold.edits.imports import ImportRequest, with_imports
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, CannotEdit, Done, Outcome
from django_layers.scaffold.edits.splice import quote_of, quoted


def add_router(
    source: bytes,
    *,
    target: str,
    prefix: str,
    router_expression: str,
    import_: ImportRequest | None = None,
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
    quote: str = '"',
) -> Outcome:
    """Add `target.add_router(prefix, router)` to a module, sorted by prefix and router among the calls that are there.

    Any number of routers may have the empty prefix, since their own routes tell them apart.

    Args:
        source: The module.
        target: The name of the API object or router, which the module defines at its top level.
        prefix: The prefix of the new router's paths, such as `/ratings`.
        router_expression: The router as Python source: a name, an attribute, or a string.
        import_: The import that the expression needs.
        first_party: The top-level packages of the project itself.
        line_length: The length past which the call is written on several lines.
        quote: The quote of strings in a file that holds none yet.

    Returns:
        Done, AlreadyThere (under whatever prefix), or Cannot with lines for the end of the file.
    """
    style = ImportStyle(first_party, line_length, quote)
    try:
        document = Document.read(source)
        calls = [call for node in ast.walk(document.tree) for call in router_calls(node, target)]
        wanted = _dump(router_expression)
        if any(ast.dump(router) == wanted for _, router in calls):
            return AlreadyThere()
        taken = [at for at, _ in calls if prefix and isinstance(at, ast.Constant) and at.value == prefix]
        if taken:
            raise CannotEdit(f'line {taken[0].lineno} has another router at "{prefix}"')
        quote = quote_of(document, [at for at, _ in calls], otherwise=quote)
        places: list[Place] = []
        if import_ is not None:
            # First, so that a clash is reported with the line that the user sees.
            document, places = with_imports(document, [import_], style)
        code = _code(target, prefix, router_expression, quote, line_length)
        places.append(_place_of_call(document, target, (prefix, _plain(router_expression)), code))
        return Done(with_places(document, places).source)
    except CannotEdit as error:
        lines = import_.lines(style) if import_ is not None else ""
        paste = lines + _code(target, prefix, router_expression, quote, line_length)
        return Cannot(f"{error.reason}; attach the router at the end of the file", paste)


def _place_of_call(document: Document, target: str, key: tuple[str, str], code: str) -> Place:
    """Find where its prefix and router sort the call."""
    body = document.tree.body
    siblings = [
        (index, (str(at.value), ast.unparse(router)))
        for index, statement in enumerate(body)
        if isinstance(statement, ast.Expr)
        for at, router in router_calls(statement.value, target)
        if isinstance(at, ast.Constant)
    ]
    keys = [sibling for _, sibling in siblings]
    later = [index for index, sibling in siblings if sibling > key] if keys == sorted(keys) else []
    call = tuple(ast.parse(code).body)
    if later:
        start = document.start(body[later[0]])
        if not document.leads_line(start):
            raise CannotEdit(f"line {document.line_number(start)} holds several statements")
        top = document.above_comments(start, document.next_line(document.end(body[later[0] - 1])))
        return Place(later[0], call, Insertion(top, code))
    anchor = siblings[-1][0] if siblings else _definition(document, target)
    position = document.next_line(document.end(body[anchor]))
    index = sum(document.start(statement) < position for statement in body)
    if index != anchor + 1:
        raise CannotEdit(f"line {body[anchor].lineno} holds several statements")
    return Place(index, call, below(document, position, code))


def _definition(document: Document, target: str) -> int:
    """The index of the last statement that gives the target its value."""
    found = [
        index
        for index, statement in enumerate(document.tree.body)
        for nested, _ in statements([statement])
        if isinstance(nested, ast.Assign | ast.AnnAssign)
        for node in (nested.targets if isinstance(nested, ast.Assign) else [nested.target])
        if isinstance(node, ast.Name) and node.id == target
    ]
    if not found:
        raise CannotEdit(f'the file defines no "{target}"')
    return found[-1]


def router_calls(node: ast.AST, target: str) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The prefix and the router of a call of `target.add_router`."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "add_router"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == target
    ):
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        prefix = node.args[0] if node.args else named.get("prefix")
        router = node.args[1] if len(node.args) > 1 else named.get("router")
        if prefix is not None and router is not None:
            yield prefix, router


def _code(target: str, prefix: str, router: str, quote: str, line_length: int) -> str:
    arguments = f"{quoted(prefix, quote)}, {router}"
    if len(f"{target}.add_router({arguments})") <= line_length:
        return f"{target}.add_router({arguments})\n"
    if len(arguments) + 4 <= line_length:
        return f"{target}.add_router(\n    {arguments}\n)\n"
    return f"{target}.add_router(\n    {quoted(prefix, quote)},\n    {router},\n)\n"


def _plain(expression: str) -> str:
    return ast.unparse(ast.parse(expression, mode="eval"))


def _dump(expression: str) -> str:
    return ast.dump(ast.parse(expression, mode="eval").body)
