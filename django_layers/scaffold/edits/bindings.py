"""Which names a module binds at its top level, and what the imported ones stand for."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Binding:
    """One place that gives a module-level name its value.

    Attributes:
        name: The name.
        line: The line of the statement.
        origin: For an import, the dotted name of what is imported, with leading dots where it is relative; else None.
        statement: The statement.
    """

    name: str
    line: int
    origin: str | None
    statement: ast.stmt


def statements(body: list[ast.stmt], *, conditional: bool = False) -> Iterator[tuple[ast.stmt, bool]]:
    """Walk the statements that run when a module is imported, blocks included.

    Yields:
        Each statement with whether it stands in a block (`if`, `try`, `for`, ...) and so may not run.
    """
    for statement in body:
        yield statement, conditional
        if isinstance(statement, _SCOPES):
            continue
        for block in _blocks(statement):
            yield from statements(block, conditional=True)


@lru_cache(maxsize=4)
def bindings(tree: ast.Module) -> Sequence[Binding]:
    """List what a module binds at its top level, in the order of the file; `if TYPE_CHECKING:` blocks bind nothing.

    The tree must not be changed afterwards: several imports in a row ask for the same one.
    """
    found: list[Binding] = []
    for statement, _ in statements(without_type_checking(tree.body)):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            for alias in statement.names:
                origin = imported_origin(statement, alias)
                name = alias.asname or alias.name.partition(".")[0]
                found.append(Binding(name, statement.lineno, origin, statement))
        else:
            found += [Binding(name, statement.lineno, None, statement) for name in _bound_by(statement)]
    return found


def imported_origin(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    """The dotted name that an import binds its name to."""
    if isinstance(statement, ast.Import):
        return alias.name if alias.asname else alias.name.partition(".")[0]
    module = "." * statement.level + (statement.module or "")
    return f"{module}{alias.name}" if module.endswith(".") else f"{module}.{alias.name}"


def origins(tree: ast.Module) -> dict[str, str]:
    """Map the names that a module imports to what they stand for."""
    return {binding.name: binding.origin for binding in bindings(tree) if binding.origin is not None}


def dotted(expression: ast.expr, known: dict[str, str]) -> str | None:
    """Spell out a name or a chain of attributes, its first name replaced by what it stands for."""
    if isinstance(expression, ast.Name):
        return known.get(expression.id, expression.id)
    if isinstance(expression, ast.Attribute):
        base = dotted(expression.value, known)
        return None if base is None else f"{base}.{expression.attr}"
    return None


def without_type_checking(body: list[ast.stmt]) -> list[ast.stmt]:
    """Leave out the `if TYPE_CHECKING:` blocks, whose imports don't exist when the module runs."""
    kept: list[ast.stmt] = []
    for statement in body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test).rpartition(".")[2] == "TYPE_CHECKING":
            kept += statement.orelse
        else:
            kept.append(statement)
    return kept


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for _, value in ast.iter_fields(statement):
        if not isinstance(value, list):
            continue
        nested = [item for item in value if isinstance(item, ast.stmt)]
        if nested:
            yield nested
        for item in value:
            if isinstance(item, ast.ExceptHandler | ast.match_case):
                yield item.body


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr | ast.withitem):
            for node in ast.walk(child):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id
