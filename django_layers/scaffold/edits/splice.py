"""Insert one element into a list, a tuple or a from-import, in the style in which the sequence is written."""

import ast
import re
from collections.abc import Iterable
from itertools import pairwise

from django_layers.scaffold.edits.document import Document, Insertion
from django_layers.scaffold.edits.gaps import Layout, Sequence, layout_of
from django_layers.scaffold.edits.outcome import CannotEdit

_STRING = re.compile(rb"[A-Za-z]*(\"\"\"|'''|\"|')")


def insert_element(
    document: Document, node: Sequence, index: int, code: str, *, line_length: int | None = None
) -> Document:
    """Insert an element into a sequence.

    Args:
        document: The file that holds the sequence.
        node: The sequence, a node of the document's tree.
        index: The position that the new element gets.
        code: The element as Python source: an expression, or a name for an import.
        line_length: The length past which a sequence on one line is written with one element a line; None for never.

    Returns:
        The document with the element.

    Raises:
        CannotEdit: the sequence is written in a way that can't be extended by insertions.
    """
    layout = layout_of(document, node)
    fresh, twin = document.twin(node)
    if isinstance(twin, ast.ImportFrom):
        twin.names.insert(index, ast.alias(name=code))
    else:
        twin.elts.insert(index, ast.parse(code, mode="eval").body)
    insertions = None
    if line_length is not None and _length_with(document, layout, code) > line_length:
        insertions = _exploded(document, layout, index, code, is_import=isinstance(node, ast.ImportFrom))
        if insertions is None and isinstance(node, ast.ImportFrom):
            raise CannotEdit(f"line {node.lineno} would get too long")
    if insertions is None and not layout.elements:
        insertions = _into_empty(document, layout, code, needs_comma=isinstance(node, ast.Tuple))
    elif insertions is None and index == len(layout.elements):
        insertions = _at_the_end(document, layout, code)
    elif insertions is None:
        insertions = _before(document, layout, index, code)
    return document.insert(insertions, fresh)


def quote_of(document: Document, nodes: Iterable[ast.expr], *, otherwise: str = '"') -> str:
    """Find the quote character that strings are written with.

    Args:
        document: The file.
        nodes: Nodes of the file's tree, of which the last that is a string decides.
        otherwise: The quote for a file that holds no string.

    Returns:
        The quote; that of the file's first ordinary string where no node is a string.
    """
    strings = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    if strings:
        return _quote(document, strings[-1])
    docstrings = {id(node.value) for node in ast.walk(document.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(document.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            return _quote(document, node)
    return otherwise


def quoted(value: str, quote: str) -> str:
    """Write a string as Python source, between the given quotes where it holds nothing to escape."""
    plain = value.isprintable() and not set(value) & {"\\", "'", '"'}
    return f"{quote}{value}{quote}" if plain else repr(value)


def _quote(document: Document, node: ast.Constant) -> str:
    found = _STRING.match(document.utf8, document.start(node))
    # Inside an f-string, Python before 3.12 has constants without a place of their own.
    return found[1][:1].decode() if found else '"'


def _length_with(document: Document, layout: Layout, code: str) -> int:
    """The length of the sequence's line with the new element; 0 where the sequence has several lines."""
    start = layout.opened if layout.opened is not None else layout.elements[0].start
    end = layout.closed if layout.closed is not None else layout.elements[-1].after
    if document.has_newline(start, end):
        return 0
    line = document.utf8[document.line_start(start) : document.line_end(end)].decode()
    return len(line) + len(code) + (2 if layout.elements else 0)


def _exploded(document: Document, layout: Layout, index: int, code: str, *, is_import: bool) -> list[Insertion] | None:
    """Write a sequence of one line with one element a line; None where insertions can't do that."""
    elements, utf8 = layout.elements, document.utf8
    bare = layout.opened is None
    outer = document.indent_at(elements[0].start if elements else layout.opened or 0)
    inner = outer + document.indent_unit
    if bare and not is_import:
        return None
    if not elements:
        assert layout.opened is not None
        spaced = layout.opened != layout.closed
        return None if spaced else [Insertion(layout.opened, f"\n{inner}{code},\n{outer}")]
    start = elements[0].start if layout.opened is None else layout.opened
    end = elements[-1].after if layout.closed is None else layout.closed
    touching = start == elements[0].start and end == elements[-1].after
    # The blank between two elements stays, and becomes the last column of the second one's indentation.
    even = all(utf8[left.end : right.start] == b", " for left, right in pairwise(elements))
    if not touching or not even or not inner.endswith(" ") or (bare and utf8[end : document.line_end(end)].strip()):
        return None
    insertions = [Insertion(start, ("(" if bare else "") + f"\n{inner}")]
    for position, element in enumerate(elements):
        if position:
            insertions.append(Insertion(elements[position - 1].after, f"\n{inner[:-1]}"))
        if position == index:
            insertions.append(Insertion(element.start, f"{code},\n{inner}"))
    last = elements[-1]
    tail = "" if last.comma else ","
    if index == len(elements):
        tail += f"\n{inner}{code},"
    return [*insertions, Insertion(last.after, f"{tail}\n{outer}" + (")" if bare else ""))]


def _into_empty(document: Document, layout: Layout, code: str, *, needs_comma: bool) -> list[Insertion]:
    assert layout.opened is not None
    assert layout.closed is not None
    if not document.has_newline(layout.opened, layout.closed):
        return [Insertion(layout.opened, code + ("," if needs_comma else ""))]
    if not document.leads_line(layout.closed):
        raise CannotEdit(f"line {document.line_number(layout.closed)} has its closing bracket in an odd place")
    indent = document.indent_at(layout.opened) + document.indent_unit
    return [Insertion(document.line_start(layout.closed), f"{indent}{code},\n")]


def _at_the_end(document: Document, layout: Layout, code: str) -> list[Insertion]:
    last = layout.elements[-1]
    tail = "" if last.comma is None else ","
    leads = document.leads_line(last.start)
    if (
        layout.closed is not None
        and document.has_newline(last.after, layout.closed)
        and document.leads_line(layout.closed)
    ):
        missing = [Insertion(last.end, ",")] if last.comma is None else []
        # The last element's own comment is on its line, which the new line comes after.
        indent = _indent_of(document, layout, len(layout.elements) - 1)
        return [*missing, Insertion(document.line_start(layout.closed), f"{indent}{code}{tail}\n")]
    between = "" if last.comma else ","
    if leads and layout.opened is not None and document.has_newline(layout.opened, last.start):
        return [Insertion(last.after, f"{between}\n{document.indent_at(last.start)}{code}{tail}")]
    return [Insertion(last.after, f"{between} {code}{tail}")]


def _before(document: Document, layout: Layout, index: int, code: str) -> list[Insertion]:
    elements = layout.elements
    element = elements[index]
    opening = layout.opened if layout.opened is not None else elements[0].start
    if document.leads_line(element.start) and document.line_start(element.start) > document.line_start(opening):
        floor = document.next_line(elements[index - 1].after if index else opening)
        top = document.above_comments(element.start, floor)
        return [Insertion(top, f"{document.indent_at(element.start)}{code},\n")]
    following = elements[index + 1] if index + 1 < len(elements) else None
    if following and document.leads_line(following.start):
        return [Insertion(element.start, f"{code},\n{document.indent_at(following.start)}")]
    return [Insertion(element.start, f"{code}, ")]


def _indent_of(document: Document, layout: Layout, index: int) -> str:
    """The indentation of an element's line, or one step more than the sequence's where it opens on that line."""
    assert layout.opened is not None
    start = layout.elements[index].start
    if document.line_start(start) == document.line_start(layout.opened):
        return document.indent_at(layout.opened) + document.indent_unit
    return document.indent_at(start)
