"""Merging the members of a module and of its classes: what has a name is recognised by it, wherever it stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django_layers.scaffold.merging.source import Source, docstring

IMPORTS = (ast.Import, ast.ImportFrom)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCSTRING = "__doc__"


@dataclass(frozen=True)
class Member:
    """A statement of a module or of a class.

    Attributes:
        name: What it is recognised by: its name, or what it says where it has none.
        node: The statement.
        start: The offset of the first line of its comments.
        end: The offset of the newline of its last line.
        source: The file.
        is_named: Whether it has a name.
    """

    name: str
    node: ast.stmt
    start: int
    end: int
    source: Source
    is_named: bool

    @property
    def key(self) -> str:
        """What it says, with its comments."""
        return self.source.full_key(self.node, (self.start, self.end))

    @property
    def weak_key(self) -> str:
        """What it is recognised by where it has no name and changed."""
        return self.source.weak_key(self.node)

    @property
    def indent(self) -> str:
        """The indentation of its first line."""
        return self.source.document.indent_at(self.source.start(self.node))

    @property
    def text(self) -> str:
        """Its lines without the last newline."""
        return self.source.text(self.source.document.line_start(self.start), self.end)

    @property
    def code(self) -> str:
        """Its lines, the indentation of the first one left out."""
        return self.text.lstrip(" \t")


def members(source: Source, node: ast.Module | ast.ClassDef) -> Mapping[str, Member]:
    """Return the members of a module or a class by name, in their order; imports are none of them.

    Several of one name are told apart by their order.
    """
    found: dict[str, Member] = {}
    first = docstring(node)
    floor = 0 if isinstance(node, ast.Module) else source.document.next_line(source.document.start(node))
    for statement, (start, end) in zip(node.body, source.extents(node.body, floor), strict=True):
        if isinstance(statement, IMPORTS) and isinstance(node, ast.Module):
            continue
        name = DOCSTRING if statement is first else name_of(statement)
        key = name or source.key(statement)
        while key in found:
            key += "'"
        found[key] = Member(key, statement, start, end, source, is_named=name is not None)
    return found


def name_of(statement: ast.stmt) -> str | None:
    """Return the one name that a statement defines, None where there is none or several."""
    if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return statement.name
    if isinstance(statement, ast.AnnAssign | ast.Assign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if len(targets) == 1 and isinstance(targets[0], ast.Name):
            return targets[0].id
    return None


def all_members(source: Source) -> Iterator[tuple[str, Member]]:
    """Give all named members of a file, those of classes too, by their dotted path."""
    yield from _under(source, source.document.tree, "")


def _under(source: Source, node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[tuple[str, Member]]:
    for name, member in members(source, node).items():
        if not member.is_named or name == DOCSTRING:
            continue
        yield prefix + name, member
        if isinstance(member.node, ast.ClassDef):
            yield from _under(source, member.node, f"{prefix}{name}.")


def body_after_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Sequence[ast.stmt]:
    """Return the statements of a function that do something."""
    return node.body[1:] if docstring(node) is not None else node.body
