"""What the rules share: how nodes are read and edited."""

import ast
from collections.abc import Callable
from typing import TypeVar

from typing_extensions import TypeIs

Node = TypeVar("Node", bound=ast.AST)

OTHER_LOOKUP = {"gte": ("gt", "lte"), "lte": ("lt", "gte"), "icontains": ("exact",)}
"""Lookups, with those that they are mistaken for."""


def name_of(node: ast.AST) -> str:
    """Return the name that a node is, or ends in; empty for other nodes."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def expression(source: str) -> ast.expr:
    """Return an expression, parsed."""
    return ast.parse(source, mode="eval").body


def turned(order: str) -> str:
    """Return an order in the other direction."""
    return order[1:] if order.startswith("-") else f"-{order}"


def fields_of(node: ast.ClassDef) -> list[ast.AnnAssign]:
    """Return the annotated fields of a class."""
    return [statement for statement in node.body if isinstance(statement, ast.AnnAssign)]


def is_schema(node: ast.AST, *kinds: str) -> TypeIs[ast.ClassDef]:
    """Return whether a node is a schema of one of these kinds: "Create", for example."""
    return isinstance(node, ast.ClassDef) and node.name.endswith(kinds)


def constant_of(call: ast.AST, name: str) -> object:
    """Return the value of a keyword argument that is a literal."""
    assert isinstance(call, ast.Call)
    return next(ast.literal_eval(keyword.value) for keyword in call.keywords if keyword.arg == name)


def setting(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    """Return an edit that sets an attribute of a node."""
    return lambda: setattr(node, name, value)


def removal(nodes: list[Node], node: Node) -> Callable[[], None]:
    """Return an edit that takes a node out of a list."""
    return lambda: nodes.remove(node)


def appending(nodes: list[Node], node: Node) -> Callable[[], None]:
    """Return an edit that puts a node at the end of a list."""
    return lambda: nodes.append(node)


def exchange(nodes: list[Node], node: Node, other: Node) -> Callable[[], None]:
    """Return an edit that puts another node in the place of one."""

    def edit() -> None:
        nodes[nodes.index(node)] = other

    return edit
