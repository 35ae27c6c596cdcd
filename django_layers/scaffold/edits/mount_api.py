"""Mount the API object in the root urls."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from django_layers.scaffold.edits.assembly import Assembly, ListLiteral, Part, assemble
from django_layers.scaffold.edits.bindings import bindings, dotted, origins
from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.import_order import ImportStyle
from django_layers.scaffold.edits.imports import ImportRequest, missing_import, with_import
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, CannotEdit, Done, Outcome
from django_layers.scaffold.edits.splice import insert_element, quote_of, quoted
from django_layers.scaffold.edits.url_patterns import catches, routes, takes, view_of

_NAME = "urlpatterns"


@dataclass(frozen=True, slots=True)
class _Mount:
    """What is mounted where, under names that are free in the file."""

    prefix: str
    api: ImportRequest
    path: ImportRequest

    @property
    def api_name(self) -> str:
        return self.api.alias or self.api.names[0]

    def code(self, quote: str) -> str:
        return f"{self.path.alias or 'path'}({quoted(self.prefix, quote)}, {self.api_name}.urls)"


def mount_api(
    source: bytes,
    *,
    import_module: str,
    import_name: str = "api",
    prefix: str = "api/",
    first_party: frozenset[str] = frozenset(),
    line_length: int = 88,
    quote: str = '"',
) -> Outcome:
    """Add the API to the `urlpatterns` of the root urls, before any route that would catch its paths.

    Args:
        source: The root urls.
        import_module: The module that holds the API object, which counts as the project's own.
        import_name: The name of the API object.
        prefix: Where the API is served.
        first_party: The top-level packages of the project itself.
        line_length: The length past which an import is written with one name a line.
        quote: The quote of strings in a file that holds none yet.

    Returns:
        Done, AlreadyThere (under whatever prefix), or Cannot with lines for the end of the file.
    """
    style = ImportStyle(first_party | {import_module.partition(".")[0]}, line_length, quote)
    mount = _Mount(prefix, ImportRequest(import_module, (import_name,)), ImportRequest("django.urls", ("path",)))
    existing = f"*{_NAME}"
    try:
        document = Document.read(source)
        mount = _with_free_names(document, mount)
        known = origins(document.tree)
        if _is_mounted(document, f"{import_module}.{import_name}.urls", known):
            return AlreadyThere()
        assembly = assemble(document.tree.body, _NAME)
        if assembly is None:
            existing = existing if b"import *" in document.utf8 else ""
            raise CannotEdit(f"the file gives {_NAME} no value")
        target, index = _place(document, assembly, mount.prefix, known)
        for request in (mount.path, mount.api):
            # Before the first change, so that a clash is reported with the line that the user sees.
            missing_import(document, request)
        quote = quote_of(document, [at for element in target.elts for at in _first_arguments(element)], otherwise=quote)
        document = insert_element(document, target, index, mount.code(quote))
        for request in (mount.path, mount.api):
            document = with_import(document, request, style)
        return Done(document.source)
    except CannotEdit as error:
        code = ", ".join(filter(None, [mount.code(quote), existing]))
        paste = f"{mount.path.lines(style)}{mount.api.lines(style)}\n{_NAME} = [{code}]\n"
        return Cannot(f"{error.reason}; mount the API by hand, at the end of the file", paste)


def _with_free_names(document: Document, mount: _Mount) -> _Mount:
    """Give what is imported another name where the file uses its own for something else."""
    return _Mount(
        mount.prefix,
        _free(document, mount.api, "layers_api"),
        _free(document, mount.path, "django_path"),
    )


def _free(document: Document, request: ImportRequest, substitute: str) -> ImportRequest:
    name = request.names[0]
    origin = f"{request.module}.{name}"
    found = bindings(document.tree)
    for binding in found:
        if binding.origin is not None and is_same_origin(binding.origin, origin):
            return request if binding.name == name else ImportRequest(request.module, (name,), binding.name)
    return ImportRequest(request.module, (name,), substitute) if any(b.name == name for b in found) else request


def is_same_origin(found: str, wanted: str) -> bool:
    """Whether a dotted name, which may be relative, can stand for an absolute one."""
    if not found.startswith("."):
        return found == wanted
    return f".{wanted}".endswith(f".{found.lstrip('.')}")


def _is_mounted(document: Document, wanted: str, known: dict[str, str]) -> bool:
    for node in ast.walk(document.tree):
        if isinstance(node, ast.Call) and any(True for _ in routes(node, known)):
            view = view_of(node)
            found = dotted(view, known) if view is not None else None
            if found is not None and is_same_origin(found, wanted):
                return True
    return False


def _place(document: Document, assembly: Assembly, prefix: str, known: dict[str, str]) -> tuple[ListLiteral, int]:
    """The list that the API is added to, and its position there."""
    for part in assembly.parts:
        for call in routes(part.node, known):
            if takes(call, prefix, known):
                held = ast.unparse(call)[:100]
                raise CannotEdit(
                    f'line {call.lineno} serves "{prefix}" already, with {held}: choose another prefix, '
                    "or let the API come before it"
                )
    if not assembly.starts_here and assembly.replaced_at is None:
        raise CannotEdit(f"{_NAME} comes from another module")
    if assembly.replaced_at is not None:
        raise CannotEdit(f"line {assembly.replaced_at} gives {_NAME} another value under a condition")
    place: tuple[ListLiteral, int] | None = None
    for part in assembly.parts:
        if part.nested:
            continue
        literal = part.literal if _is_ours(document, part) else None
        entries = part.node.elts if isinstance(part.node, ast.List | ast.Tuple) else [part.node]
        for index, entry in enumerate(entries):
            if _wraps(entry):
                raise CannotEdit(f"line {entry.lineno} puts {_NAME} as a whole below another route")
            if _catches_any(entry, prefix, assembly, known):
                if place is not None:
                    return place
                if literal is not None:
                    return literal, index
                raise CannotEdit(f"line {entry.lineno} catches every path before a plain list of routes begins")
        if place is None and literal is not None:
            place = (literal, len(literal.elts))
    if place is None:
        raise CannotEdit(f"{_NAME} is nowhere written as a plain list")
    return place


def _is_ours(document: Document, part: Part) -> bool:
    """Whether what is added to a literal is added to urlpatterns, always, and to nothing else."""
    reads = sum(isinstance(node, ast.Name) and node.id == part.via for node in ast.walk(document.tree))
    # One to write the name, one to read it into urlpatterns.
    return not part.conditional and (part.via == _NAME or reads == 2)


def _catches_any(entry: ast.expr, prefix: str, assembly: Assembly, known: dict[str, str]) -> bool:
    if any(catches(call, prefix, known) for call in routes(entry, known)):
        return True
    # What `*NAME` unpacks is among the nested parts; which name they came from does not matter for being careful.
    return isinstance(entry, ast.Starred) and any(
        catches(call, prefix, known) for part in assembly.parts if part.nested for call in routes(part.node, known)
    )


def _wraps(entry: ast.expr) -> bool:
    return not isinstance(entry, ast.Starred | ast.Name) and any(
        isinstance(node, ast.Name) and node.id == _NAME for node in ast.walk(entry)
    )


def _first_arguments(element: ast.expr) -> Iterator[ast.expr]:
    for node in ast.walk(element):
        if isinstance(node, ast.Call) and node.args:
            yield node.args[0]
