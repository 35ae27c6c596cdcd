"""Which names a file reads that nothing binds."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator

_IMPLICIT = frozenset(dir(builtins)) | {
    "__file__",
    "__name__",
    "__doc__",
    "__package__",
    "__spec__",
    "__path__",
    "__class__",
    "__module__",
    "__qualname__",
    "__annotations__",
}


def unbound(text: str) -> frozenset[str]:
    """Return the names that a module reads and nothing binds; none where it has a star import.

    Args:
        text: The module.

    Raises:
        SyntaxError: it is no Python.
    """
    tree = ast.parse(text)
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)):
        return frozenset()
    table = symtable.symtable(text, "<merged>", "exec")
    bound = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    bound |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_namespace()}
    bound |= _globals_of(table)
    everywhere = bound | _bound_anywhere(tree)
    quoted = {name for name in _in_annotations(tree) if name not in everywhere}
    exported = {name for name in exports(tree) if name not in bound}
    return frozenset({name for name in _read_globally(table) if name not in bound} | quoted | exported) - _IMPLICIT


def used(text: str) -> frozenset[str]:
    """Return the names that a module reads or exports."""
    tree = ast.parse(text)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return frozenset(names | set(_in_annotations(tree)) | set(exports(tree)))


def mentions(text: str, name: str) -> bool:
    """Whether a module refers to something of a name, also as an attribute."""
    tree = ast.parse(text)
    return name in used(text) or any(isinstance(node, ast.Attribute) and node.attr == name for node in ast.walk(tree))


def exports(tree: ast.Module) -> Iterator[str]:
    """Give the names in `__all__`."""
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            for node in ast.walk(statement):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def _read_globally(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        is_module = table.get_type() == "module"
        if symbol.is_referenced() and (is_module or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _read_globally(child)


def _globals_of(table: symtable.SymbolTable) -> set[str]:
    """Return the names that functions bind by `global`."""
    found = {
        symbol.get_name() for symbol in table.get_symbols() if symbol.is_declared_global() and symbol.is_assigned()
    }
    for child in table.get_children():
        found |= _globals_of(child)
    return found


def _bound_anywhere(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name.partition(".")[0])
        elif hasattr(node, "name") and type(node).__name__ in {"TypeVar", "ParamSpec", "TypeVarTuple"}:
            found.add(node.name)
    return found


def _in_annotations(tree: ast.Module) -> Iterator[str]:
    """Give the names in annotations, quoted ones too."""
    for node in ast.walk(tree):
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(annotation, ast.expr):
                yield from _names(annotation)


def _names(annotation: ast.expr) -> Iterator[str]:
    literal = set()
    for node in ast.walk(annotation):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).rpartition(".")[2] == "Literal":
            literal |= set(map(id, ast.walk(node.slice)))
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in literal:
            try:
                yield from _names(ast.parse(node.value, mode="eval").body)
            except SyntaxError:
                continue
