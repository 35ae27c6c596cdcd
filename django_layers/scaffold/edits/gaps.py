"""Where the elements of a list, a tuple or a from-import lie, with their commas, parentheses and brackets."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from django_layers.scaffold.edits.document import Document
from django_layers.scaffold.edits.outcome import CannotEdit

Sequence: TypeAlias = ast.List | ast.Tuple | ast.ImportFrom

# Between two elements there can be nothing else: strings and brackets are inside elements.
_GAP = re.compile(rb"[ \t\x0c\r\n]+|\\(?=\r|\n)|#[^\r\n]*|(?P<mark>[(),])")


@dataclass(frozen=True, slots=True)
class Element:
    """One element with the parentheses around it.

    Attributes:
        start: The offset of its first byte.
        end: The offset just after its last byte.
        comma: The offset just after the comma that follows it, where one does.
    """

    start: int
    end: int
    comma: int | None

    @property
    def after(self) -> int:
        """The offset just after the element and its comma."""
        return self.end if self.comma is None else self.comma


@dataclass(frozen=True, slots=True)
class Layout:
    """The elements of a sequence, and the offsets between its brackets.

    Attributes:
        opened: The offset just after the opening bracket; None for a sequence without brackets.
        closed: The offset of the closing bracket; None for a sequence without brackets.
        elements: The elements from left to right.
    """

    opened: int | None
    closed: int | None
    elements: tuple[Element, ...]


def layout_of(document: Document, node: Sequence) -> Layout:
    """Work out where the elements of a sequence lie.

    Raises:
        CannotEdit: something that is no comma, comment or parenthesis stands between two elements.
    """
    raw = node.names if isinstance(node, ast.ImportFrom) else node.elts
    spans = [(document.start(item), document.end(item)) for item in raw]
    start, end = document.start(node), document.end(node)
    if isinstance(node, ast.List):
        return Layout(start + 1, end - 1, _elements(document, spans, start + 1, end - 1))
    if isinstance(node, ast.ImportFrom):
        keyword = re.compile(rb"\bimport\b").search(document.utf8, start, spans[0][0])
        if keyword is None:
            raise CannotEdit(f"line {node.lineno} is an import that can't be read")
        start = keyword.end()
        bracket = next((at for mark, at in _marks(document, start, spans[0][0]) if mark == "("), None)
        if bracket is None:
            return Layout(None, None, _elements(document, spans, spans[0][0], end))
        return Layout(bracket + 1, end - 1, _elements(document, spans, bracket + 1, end - 1))
    if not spans or _is_bracketed(document, spans, start, end):
        return Layout(start + 1, end - 1, _elements(document, spans, start + 1, end - 1))
    return Layout(None, None, _elements(document, spans, start, end))


def _is_bracketed(document: Document, spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a tuple has its own parentheses: `(a), (b)` begins and ends with one, and has none."""
    opening = sum(mark == "(" for mark, _ in _marks(document, start, spans[0][0]))
    closing = 0
    for mark, _ in _marks(document, spans[0][1], spans[1][0] if len(spans) > 1 else end):
        if mark == ",":
            break
        closing += mark == ")"
    return opening > closing


def _elements(document: Document, spans: list[tuple[int, int]], start: int, end: int) -> tuple[Element, ...]:
    found: list[Element] = []
    first = _first_mark(document, start, spans[0][0], "(") if spans else None
    outer = first if first is not None else (spans[0][0] if spans else start)
    for index, (_, raw_end) in enumerate(spans):
        is_last = index == len(spans) - 1
        limit = end if is_last else spans[index + 1][0]
        outer_end, comma, next_outer = raw_end, None, limit
        for mark, at in _marks(document, raw_end, limit):
            if mark == ")" and comma is None:
                outer_end = at + 1
            elif mark == "," and comma is None:
                comma = at + 1
            elif mark == "(" and comma is not None and next_outer == limit:
                next_outer = at
        if comma is None and not is_last:
            raise CannotEdit(f"line {document.line_number(raw_end)} has elements that can't be told apart")
        found.append(Element(outer, outer_end, comma))
        outer = next_outer
    return tuple(found)


def _first_mark(document: Document, start: int, end: int, wanted: str) -> int | None:
    return next((at for mark, at in _marks(document, start, end) if mark == wanted), None)


def _marks(document: Document, start: int, end: int) -> Iterator[tuple[str, int]]:
    position = start
    while position < end:
        found = _GAP.match(document.utf8, position, end)
        if found is None:
            raise CannotEdit(f"line {document.line_number(position)} can't be read")
        if found["mark"]:
            yield found["mark"].decode(), position
        position = found.end()
