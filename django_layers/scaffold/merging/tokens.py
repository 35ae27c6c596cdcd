"""The tokens of a file with the bytes that they lie at, and the tree that brackets and commas make of them."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from django_layers.scaffold.edits.document import Document

_OPENING = {"(": ")", "[": "]", "{": "}"}
_LAYOUT = {tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING}


@dataclass(frozen=True, slots=True)
class Token:
    """A token: code, or a comment.

    Attributes:
        text: Its text.
        start: The offset of its first byte.
        end: The offset just after its last byte.
    """

    text: str
    start: int
    end: int

    @property
    def is_comment(self) -> bool:
        """Whether it says nothing to Python."""
        return self.text.startswith("#")


@dataclass(frozen=True)
class Atom:
    """A token that is no bracket; an f-string is one of them, whatever is inside."""

    text: str
    start: int
    end: int

    @cached_property
    def key(self) -> str:
        """What it says, however it is written: the quotes of a string don't matter."""
        if self.text[-1:] not in {'"', "'"} or "f" in self.text[: self.text.find(self.text[-1])].lower():
            return self.text
        return repr(ast.literal_eval(self.text))

    @property
    def weak_key(self) -> str:
        """What it is recognised by."""
        return self.key


@dataclass(frozen=True)
class Element:
    """What stands between two commas of a bracket.

    Attributes:
        items: Its tokens and brackets.
        comma: The offset just after the comma that follows it, where one does.
    """

    items: tuple[Item, ...]
    comma: int | None

    @property
    def start(self) -> int:
        """The offset of its first byte."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """The offset just after its last byte, the comma not included."""
        return self.items[-1].end

    @property
    def after(self) -> int:
        """The offset just after it and its comma."""
        return self.end if self.comma is None else self.comma

    @cached_property
    def key(self) -> str:
        """What it says, however it is written."""
        return key_of(self.items)

    @property
    def weak_key(self) -> str:
        """What it is recognised by, whatever is inside of its brackets."""
        return "\0".join(item.weak_key for item in self.items)


@dataclass(frozen=True)
class Group:
    """A bracket with what is inside.

    Attributes:
        opener: Its opening character.
        elements: What stands between its commas.
        start: The offset of the opening character.
        end: The offset just after the closing one.
    """

    opener: str
    elements: tuple[Element, ...]
    start: int
    end: int

    @cached_property
    def key(self) -> str:
        """What it says, however it is written: a comma at the end matters only to a tuple of one."""
        inside = ",".join(element.key for element in self.elements)
        single = len(self.elements) == 1 and self.elements[0].comma is not None
        return f"{self.opener}{inside}{',' if single and self.opener == '(' else ''}{_OPENING[self.opener]}"

    @property
    def weak_key(self) -> str:
        """What it is recognised by, whatever is inside."""
        return self.opener


Item: TypeAlias = Atom | Group


def key_of(items: Sequence[Item]) -> str:
    """What items say, however they are written."""
    return "\0".join(item.key for item in items)


class Tokens:
    """The tokens of a document."""

    def __init__(self, document: Document) -> None:
        self._all = tuple(_tokens(document))
        self._starts = [token.start for token in self._all]

    def between(self, start: int, end: int) -> Sequence[Token]:
        """The tokens between two offsets, comments among them."""
        return self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def comments(self, start: int, end: int) -> tuple[str, ...]:
        """The comments between two offsets."""
        return tuple(token.text for token in self.between(start, end) if token.is_comment)

    def items(self, start: int, end: int) -> tuple[Item, ...]:
        """The code between two offsets, as a tree."""
        tokens = [token for token in self.between(start, end) if not token.is_comment]
        items: list[Item] = []
        position = 0
        while position < len(tokens):
            item, position = _item(tokens, position)
            items.append(item)
        return tuple(items)


def _item(tokens: Sequence[Token], position: int) -> tuple[Item, int]:
    opening = tokens[position]
    if opening.text not in _OPENING:
        return Atom(opening.text, opening.start, opening.end), position + 1
    elements: list[Element] = []
    items: list[Item] = []
    position += 1
    while tokens[position].text != _OPENING[opening.text]:
        if tokens[position].text == "," and items:
            elements.append(Element(tuple(items), tokens[position].end))
            items, position = [], position + 1
        else:
            item, position = _item(tokens, position)
            items.append(item)
    if items:
        elements.append(Element(tuple(items), None))
    return Group(opening.text, tuple(elements), opening.start, tokens[position].end), position + 1


def _tokens(document: Document) -> Iterator[Token]:
    text = document.utf8.decode().replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")

    def offset(place: tuple[int, int]) -> int:
        row, column = place
        if row > len(lines):
            return len(document.utf8)
        return document.line_starts[row - 1] + len(lines[row - 1][:column].encode())

    depth, opened = 0, 0
    for kind, string, start, end, _ in tokenize.generate_tokens(io.StringIO(text).readline):
        if kind in _LAYOUT:
            continue
        # Since Python 3.12 an f-string is many tokens.
        if sys.version_info >= (3, 12) and kind == tokenize.FSTRING_START:
            opened = offset(start) if depth == 0 else opened
            depth += 1
        elif sys.version_info >= (3, 12) and kind == tokenize.FSTRING_END:
            depth -= 1
            if depth == 0:
                yield Token(document.utf8[opened : offset(end)].decode(), opened, offset(end))
        elif depth == 0:
            yield Token(string, offset(start), offset(end))
