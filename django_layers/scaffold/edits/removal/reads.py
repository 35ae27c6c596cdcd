"""Which names a module reads, in code and in the strings that stand for code."""

import ast
import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d]\w*")


def names_read(tree: ast.Module) -> frozenset[str]:
    """The names that a module reads: in code, in quoted types, and those that `__all__` lists."""
    return frozenset(_names(tree))


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                yield node.id
        else:
            for code in _quoted(node):
                for inner in ast.walk(code):
                    if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                        yield from _WORD.findall(inner.value)


def _quoted(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions of a node in which a string can stand for a name."""
    match node:
        case ast.AnnAssign(target=ast.Name(id="__all__"), value=ast.expr() as value):
            yield value
        case ast.arg(annotation=ast.expr() as annotation) | ast.AnnAssign(annotation=annotation):
            yield annotation
        case ast.FunctionDef(returns=ast.expr() as annotation) | ast.AsyncFunctionDef(returns=ast.expr() as annotation):
            yield annotation
        case ast.Subscript(slice=inner):
            yield inner
        case ast.Call(func=ast.Name(id="cast" | "TypeVar")):
            yield from [*node.args, *(keyword.value for keyword in node.keywords)]
        case (
            ast.Assign(targets=[ast.Name(id="__all__")], value=value)
            | ast.AugAssign(target=ast.Name(id="__all__"), value=value)
        ):
            yield value
        case _:
            return
