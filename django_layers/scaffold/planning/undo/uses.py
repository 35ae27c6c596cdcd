"""What a module uses of others, as dotted names with their lines."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django_layers.scaffold.edits.document import Document

__all__ = ["Use", "target_of", "uses_of"]


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a module names something of its own or of another module.

    Attributes:
        line: the line.
        dotted: what is named, from the top-level package on, with the attributes that are read of it.
    """

    line: int
    dotted: str


def uses_of(source: bytes, module: str, *, is_package: bool, member: str = "") -> tuple[Use, ...]:
    """Return what a module uses, by import, by attribute, or by its dotted name in a string.

    A name that the module does not import is taken for one of its own.

    Args:
        source: the module.
        module: its dotted name.
        is_package: whether it is the `__init__.py` of a package.
        member: the member whose uses are wanted; empty for all of the module.

    Raises:
        CannotEdit: it doesn't decode or parse.
    """
    tree = Document.read(source).tree
    package = module if is_package else module.rpartition(".")[0]
    known = {name: dotted for node in ast.walk(tree) for name, dotted, _ in _imported(node, package)}
    statements = [node for node in tree.body if not member or _defines(node, member)]
    return tuple(_uses(statements, module, package, known))


def target_of(use: Use, targets: Iterable[str]) -> str | None:
    """Return which of some dotted names a use is a use of: the name itself, or something inside of it."""
    found = [target for target in targets if use.dotted == target or use.dotted.startswith(f"{target}.")]
    return max(found, key=len, default=None)


def _uses(statements: Iterable[ast.stmt], module: str, package: str, known: Mapping[str, str]) -> Iterator[Use]:
    for statement in statements:
        inner: set[int] = set()
        for node in ast.walk(statement):
            yield from (Use(line, dotted) for _, dotted, line in _imported(node, package))
            if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner:
                dotted = _dotted(node, module, known)
                if dotted is not None:
                    # Of `a.b.c` the longest chain says it all; of `a.b().c` it is `a.b`.
                    inner |= {id(each) for each in ast.walk(node)}
                    yield Use(node.lineno, dotted)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
                yield Use(node.lineno, node.value)


def _imported(node: ast.AST, package: str) -> Iterator[tuple[str, str, int]]:
    """The names that an import binds, what they stand for, and the line."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            yield bound, alias.name if alias.asname else bound, node.lineno
            if not alias.asname and "." in alias.name:
                yield "", alias.name, node.lineno
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parts = package.split(".")
            base = ".".join([*parts[: len(parts) - node.level + 1], *([base] if base else [])])
        for alias in node.names:
            yield alias.asname or alias.name, f"{base}.{alias.name}", node.lineno


def _dotted(node: ast.expr, module: str, known: Mapping[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return known.get(node.id, f"{module}.{node.id}") if isinstance(node.ctx, ast.Load) else None
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value, module, known)
        return None if base is None else f"{base}.{node.attr}"
    return None


def _defines(statement: ast.stmt, name: str) -> bool:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return statement.name == name
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)
