"""Which paths an entry of urlpatterns can serve."""

import ast
import re
from collections.abc import Iterator

from django_layers.scaffold.edits.bindings import dotted

_ROUTE_FUNCTIONS = {"path", "re_path", "url"}
_CONVERTER = re.compile(r"<(?:(?P<kind>[^>:]+):)?[^>]+>")
_CONVERTERS = {
    None: "[^/]+",
    "str": "[^/]+",
    "int": "[0-9]+",
    "slug": "[-a-zA-Z0-9_]+",
    "uuid": "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
}


def routes(entry: ast.expr, known: dict[str, str]) -> Iterator[ast.Call]:
    """The calls of `path`, `re_path` or `url` that an entry consists of, those inside of `i18n_patterns` included.

    Args:
        entry: An element of urlpatterns, or an expression that makes several.
        known: What the module's imported names stand for.
    """
    if isinstance(entry, ast.Starred):
        yield from routes(entry.value, known)
    elif isinstance(entry, ast.List | ast.Tuple):
        for element in entry.elts:
            yield from routes(element, known)
    elif isinstance(entry, ast.Call):
        function = _function(entry, known)
        if function in _ROUTE_FUNCTIONS:
            yield entry
        elif function == "i18n_patterns":
            for argument in entry.args:
                yield from routes(argument, known)


def view_of(call: ast.Call) -> ast.expr | None:
    """The view, or the included patterns, of a route."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    return call.args[1] if len(call.args) > 1 else named.get("view")


def catches(call: ast.Call, prefix: str, known: dict[str, str]) -> bool:
    """Whether a route can serve paths below a prefix, without having been written for that prefix."""
    route = _route(call)
    view = view_of(call)
    includes = isinstance(view, ast.Call) and _function(view, known) == "include"
    if not isinstance(route, str):
        # A route that only running it can tell may be empty, and an include of it a catch-all.
        return includes
    is_include = includes or (isinstance(view, ast.Attribute) and view.attr == "urls")
    try:
        pattern = re.compile(_pattern(call, route, known, is_include=is_include))
    except re.error:
        return True
    return any(pattern.search(prefix + rest) for rest in ("", "x", "recipes", "recipes/1", "docs/x.html"))


def takes(call: ast.Call, prefix: str, known: dict[str, str]) -> bool:
    """Whether a route begins with exactly this prefix, so that it stands where the API is wanted."""
    route = _route(call)
    if not isinstance(route, str):
        return False
    if _function(call, known) == "path":
        return route == prefix or route.startswith(f"{prefix}<")
    literal = re.sub(r"\\([^A-Za-z0-9])", r"\1", route)
    if not literal.startswith("^" + prefix):
        return False
    rest = literal[1 + len(prefix) :]
    return not rest or rest[0] in "$([\\?*.+"


def _route(call: ast.Call) -> object:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    node = call.args[0] if call.args else named.get("route", named.get("regex"))
    return node.value if isinstance(node, ast.Constant) else None


def _pattern(call: ast.Call, route: str, known: dict[str, str], *, is_include: bool) -> str:
    """The route as a regular expression, as Django would make it."""
    if _function(call, known) != "path":
        return route
    pattern, position = "^", 0
    for converter in _CONVERTER.finditer(route):
        # A converter of the project's own may match anything, as `path` does.
        pattern += re.escape(route[position : converter.start()]) + _CONVERTERS.get(converter["kind"], ".+")
        position = converter.end()
    return pattern + re.escape(route[position:]) + ("" if is_include else r"\Z")


def _function(call: ast.Call, known: dict[str, str]) -> str:
    name = dotted(call.func, known) or ""
    return name.rpartition(".")[2]
