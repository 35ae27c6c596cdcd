"""From the nodes of a syntax tree to expressions."""

import ast
from collections.abc import Callable, Iterable
from typing import Any

from django_layers.architecture.facts.expressions import (
    Argument,
    Attribute,
    Bound,
    Call,
    Comprehension,
    Constant,
    Either,
    Expression,
    Item,
    Lambda,
    Name,
    Several,
    Spread,
    Text,
    Yielded,
)

__all__ = ["read_annotation", "read_expression"]

# There are hundreds of thousands of them, and a named tuple that is made by its own name takes twice the time.
_made = tuple.__new__


def read_expression(node: ast.expr) -> Expression:
    """Return what an expression says.

    Raises:
        RecursionError: it is nested too deeply.
    """
    reader = _READERS.get(type(node))
    if reader is not None:
        return reader(node)
    # Whatever else there is uses its parts and holds none of them: arithmetic, comparisons, f-strings.
    parts = _all(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))
    return Several("other", parts, node.lineno, node.col_offset + 1)


def read_annotation(node: ast.expr | None) -> Expression | None:
    """Return what an annotation says; one that is a string is read as what it spells."""
    if node is None:
        return None
    return read_expression(_Spelled().visit(node) if _may_spell(node) else node)


def _may_spell(node: ast.expr) -> bool:
    """Tell whether there may be strings in an annotation, at a glance for what most of them are made of."""
    if isinstance(node, ast.Name):
        return False
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.Subscript):
        return not _is_literal(node) and (_may_spell(node.value) or _may_spell(node.slice))
    if isinstance(node, ast.BinOp):
        return _may_spell(node.left) or _may_spell(node.right)
    if isinstance(node, ast.Tuple):
        return any(map(_may_spell, node.elts))
    if isinstance(node, ast.Call):
        return any(map(_may_spell, (node.func, *node.args, *(one.value for one in node.keywords))))
    return not isinstance(node, ast.Attribute)


def _is_literal(node: ast.Subscript) -> bool:
    name = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
    return name == "Literal"


class _Spelled(ast.NodeTransformer):
    """Replaces the strings of an annotation by what they spell, but for those of `Literal`."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return node if _is_literal(node) else self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if not isinstance(node.value, str):
            return node
        try:
            spelled = ast.parse(node.value.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            # A text, as in Annotated[str, "..."], and no type.
            return node
        for part in ast.walk(spelled):
            if isinstance(part, ast.expr):
                part.lineno, part.col_offset = node.lineno, node.col_offset
        return spelled


def _all(nodes: Iterable[ast.expr | None]) -> tuple[Expression, ...]:
    return tuple([read_expression(node) for node in nodes if node is not None])


def _name(node: ast.Name) -> Expression:
    return _made(Name, (node.id, node.lineno, node.col_offset + 1))


def _attribute(node: ast.Attribute) -> Expression:
    return _made(Attribute, (read_expression(node.value), node.attr, node.lineno, node.col_offset + 1))


def _call(node: ast.Call) -> Expression:
    function = read_expression(node.func)
    arguments = _all(node.args) if node.args else ()
    keywords = (
        tuple([_made(Argument, (one.arg or "", read_expression(one.value))) for one in node.keywords])
        if node.keywords
        else ()
    )
    return _made(Call, (function, arguments, keywords, node.lineno, node.col_offset + 1))


def _subscript(node: ast.Subscript) -> Expression:
    is_slice = isinstance(node.slice, ast.Slice)
    parts = (read_expression(node.value), read_expression(node.slice), is_slice, node.lineno, node.col_offset + 1)
    return _made(Item, parts)


def _constant(node: ast.Constant) -> Expression:
    value = node.value
    if isinstance(value, str):
        return _made(Text, (value, node.lineno, node.col_offset + 1))
    return _made(Constant, (node.lineno, node.col_offset + 1, value if type(value) is int else -1))


def _display(kind: str) -> Callable[[Any], Expression]:
    def read(node: ast.List | ast.Tuple | ast.Set) -> Expression:
        return Several(kind, _all(node.elts), node.lineno, node.col_offset + 1)

    return read


def _dict(node: ast.Dict) -> Expression:
    return Several("dict", _all([*node.keys, *node.values]), node.lineno, node.col_offset + 1)


def _conditional(node: ast.IfExp) -> Expression:
    return Either(_all([node.body, node.orelse]), _all([node.test]), node.lineno, node.col_offset + 1)


def _boolean(node: ast.BoolOp) -> Expression:
    values = _all(node.values)
    if isinstance(node.op, ast.And):
        # `row and row.title` is the title: what stands before `and` is only a result where it is empty.
        return Either(values[-1:], values[:-1], node.lineno, node.col_offset + 1)
    return Either(values, (), node.lineno, node.col_offset + 1)


def _binary(node: ast.BinOp) -> Expression:
    # `A | B` in annotations, and querysets can be united so; a sum of lists holds what they hold.
    if isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Add):
        is_all = isinstance(node.op, ast.BitAnd)
        return Either(_all([node.left, node.right]), (), node.lineno, node.col_offset + 1, is_all)
    if isinstance(node.op, ast.Mult) and any(isinstance(one, ast.List | ast.Tuple) for one in (node.left, node.right)):
        # `[row] * 2` holds what the list holds.
        return Either(_all([node.left, node.right]), (), node.lineno, node.col_offset + 1)
    return Several("other", _all([node.left, node.right]), node.lineno, node.col_offset + 1)


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Expression:
    return _comprehended(node, [node.elt], node.generators)


def _dict_comprehension(node: ast.DictComp) -> Expression:
    return _comprehended(node, [node.key, node.value], node.generators)


def _comprehended(node: ast.expr, elements: list[ast.expr], generators: list[ast.comprehension]) -> Expression:
    clauses = tuple([(read_expression(one.target), read_expression(one.iter)) for one in generators])
    tests = _all(test for one in generators for test in one.ifs)
    return Comprehension(_all(elements), clauses, tests, node.lineno, node.col_offset + 1)


def _lambda(node: ast.Lambda) -> Expression:
    names = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return Lambda(tuple(names), read_expression(node.body), node.lineno, node.col_offset + 1)


def _named(node: ast.NamedExpr) -> Expression:
    return Bound(_name(node.target), read_expression(node.value), node.lineno, node.col_offset + 1)


def _yield(node: ast.Yield) -> Expression:
    if node.value is None:
        return Constant(node.lineno, node.col_offset + 1)
    return Yielded(read_expression(node.value), False, node.lineno, node.col_offset + 1)


def _yield_from(node: ast.YieldFrom) -> Expression:
    return Yielded(read_expression(node.value), True, node.lineno, node.col_offset + 1)


def _inner(node: ast.Await) -> Expression:
    return read_expression(node.value)


def _starred(node: ast.Starred) -> Expression:
    value = read_expression(node.value)
    return value if isinstance(node.ctx, ast.Store) else Spread(value, node.lineno, node.col_offset + 1)


_READERS: dict[type[ast.expr], Callable[[Any], Expression]] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Subscript: _subscript,
    ast.Constant: _constant,
    ast.List: _display("list"),
    ast.Tuple: _display("tuple"),
    ast.Set: _display("set"),
    ast.Dict: _dict,
    ast.IfExp: _conditional,
    ast.BoolOp: _boolean,
    ast.BinOp: _binary,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _dict_comprehension,
    ast.Lambda: _lambda,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
    ast.Await: _inner,
    ast.Starred: _starred,
    ast.NamedExpr: _named,
}
