"""A file that takes part in a merge: what its statements say, and where they lie with their comments."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import CannotEdit
from django_layers.scaffold.merging.edits import Clash, Splices
from django_layers.scaffold.merging.result import Unmergeable
from django_layers.scaffold.merging.tokens import Item, Tokens

Scope: TypeAlias = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_BRACKET = re.compile(r"[(\[{]")
_SECTIONS = frozenset({"Attributes", "Example", "Examples", "Note", "Notes", "Raises", "Returns", "Yields"})
"""The titles in docstrings that tools write in one of two ways: `Raises:`, or `Raises` with a line of dashes below."""
_DECORATED = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """A file that takes part in a merge."""

    document: Document

    @classmethod
    def read(cls, source: bytes) -> Source:
        """Read a file.

        Raises:
            Unmergeable: it is no Python.
        """
        try:
            return cls(Document.read(source))
        except CannotEdit as error:
            raise Unmergeable(error.reason) from error

    def changed(self, splices: Splices) -> Source:
        """Return the file with some changes, in its own encoding and with its own newlines.

        Raises:
            Clash: two changes overlap, or the outcome is no Python.
        """
        document = self.document
        text = splices.applied(document.utf8, document.newline).decode()
        try:
            return Source(Document.read(document.bom + text.encode(document.encoding)))
        except UnicodeEncodeError as error:
            raise Clash(f"the file's encoding {document.encoding} can't hold {error.object!r}") from error
        except CannotEdit as error:
            raise Clash(f"merged, it could not be read: {error.reason}") from error

    @cached_property
    def tokens(self) -> Tokens:
        """Its tokens."""
        return Tokens(self.document)

    @cached_property
    def _keys(self) -> dict[ast.AST, str]:
        return {}

    def start(self, node: ast.stmt | ast.expr) -> int:
        """The offset of a node's first byte, its decorators included."""
        decorators = node.decorator_list if isinstance(node, _DECORATED) else []
        # The sign before a decorator's expression belongs to it.
        return min(
            [
                self.document.start(node),
                *(self.document.utf8.rindex(b"@", 0, self.document.start(each)) for each in decorators),
            ]
        )

    def end(self, node: ast.stmt | ast.expr) -> int:
        """The offset just after a node's last byte."""
        return self.document.end(node)

    def extent(self, statement: ast.stmt, floor: int) -> tuple[int, int]:
        """Where a statement lies with the comments directly above it and the one on its last line.

        Args:
            statement: A statement of the file.
            floor: The offset above which its comments don't reach.

        Returns:
            The offset of its first line, and that of its last newline; of the statement alone where others share its
            lines.
        """
        start, end = self.start(statement), self.end(statement)
        line_end = self.document.line_end(end)
        rest = self.document.utf8[end:line_end].strip()
        if not self.document.leads_line(start) or (rest and not rest.startswith(b"#")):
            return start, end
        return self.document.above_comments(start, floor), line_end

    def extents(self, body: Sequence[ast.stmt], floor: int = 0) -> list[tuple[int, int]]:
        """Where the statements of a body lie with their comments."""
        found: list[tuple[int, int]] = []
        for statement in body:
            extent = self.extent(statement, floor)
            found.append(extent)
            floor = self.document.next_line(extent[1])
        return found

    def items(self, start: int, end: int) -> tuple[Item, ...]:
        """The code between two offsets, as a tree of tokens."""
        return self.tokens.items(start, end)

    def text(self, start: int, end: int) -> str:
        """The text between two offsets, `\\n` as newlines."""
        return self.document.utf8[start:end].decode().replace("\r\n", "\n").replace("\r", "\n")

    def key(self, node: ast.AST) -> str:
        """What a node says, however it is written: layout, quotes and the indentation of docstrings don't matter."""
        found = self._keys.get(node)
        if found is None:
            found = self._keys[node] = ast.dump(without_layout(node))
        return found

    @cached_property
    def whole_key(self) -> str:
        """What the file says, with its comments; the order of its imports doesn't matter."""
        body = self.document.tree.body
        imported = sorted(
            f"{ast.unparse(statement).partition(' import ')[0]} {each.name} {each.asname}"
            for statement in body
            if isinstance(statement, ast.Import | ast.ImportFrom)
            for each in statement.names
        )
        rest = ast.Module([each for each in body if not isinstance(each, ast.Import | ast.ImportFrom)], [])
        comments = self.tokens.comments(0, len(self.document.utf8))
        return "\n".join([*imported, self.key(rest), *comments])

    def full_key(self, statement: ast.stmt, extent: tuple[int, int]) -> str:
        """What a statement says, with its comments."""
        return "\n".join([self.key(statement), *self.tokens.comments(*extent)])

    def weak_key(self, statement: ast.stmt) -> str:
        """What kind of statement it is, with its code to the first bracket."""
        # Written anew, so that brackets that a formatter put around it don't matter.
        head = ast.unparse(statement).partition("\n")[0]
        return f"{type(statement).__name__} {_BRACKET.split(head, maxsplit=1)[0]}"


def docstring(node: Scope) -> ast.Expr | None:
    """The statement of a docstring, where there is one."""
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first
    return None


def without_layout(node: ast.AST) -> ast.AST:
    """Return a node with its docstrings as they are whatever tools that format them leave of them."""
    documented = [each for each in ast.walk(node) if isinstance(each, _DOCUMENTED) and docstring(each) is not None]
    if not documented and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return node
    copied = ast.parse(ast.unparse(node))
    for each in ast.walk(copied):
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) and isinstance(each.value.value, str):
            each.value.value = "\n".join(_documentation(each.value.value))
    return copied


def _documentation(text: str) -> list[str]:
    """Return the lines of a docstring dedented, and the titles of its sections without a colon or a line below."""
    lines: list[str] = []
    for line in map(str.rstrip, inspect.cleandoc(text).splitlines()):
        if lines and lines[-1].strip() in _SECTIONS and line.strip() and not line.strip(" -"):
            continue
        title = line.removesuffix(":")
        lines.append(title if title.strip() in _SECTIONS else line)
    return lines
