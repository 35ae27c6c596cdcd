"""A user's file as text, tree and offsets, and the one way to change it: insertions that are checked afterwards."""

import ast
import io
import re
import tokenize
import warnings
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Protocol, TypeVar, cast

from django_layers.scaffold.edits.outcome import CannotEdit

_BOM = b"\xef\xbb\xbf"
# `ast` counts lines by these three only; str.splitlines would also split at form feeds.
_NEWLINE = re.compile(rb"\r\n|\r|\n")
_BLANK = b" \t\x0c"


class Located(Protocol):
    """A node of the syntax tree that knows where it stands."""

    lineno: int
    col_offset: int
    end_lineno: int | None
    end_col_offset: int | None


Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True, slots=True)
class Insertion:
    """Text, with `\\n` for a newline, to be put at an offset of the file's UTF-8 form."""

    offset: int
    text: str


@dataclass(frozen=True)
class Document:
    """A Python file that could be parsed.

    All offsets count bytes of `utf8`, which is the file without its byte order mark and in UTF-8 whatever its own encoding is.
    """

    utf8: bytes
    tree: ast.Module
    encoding: str
    bom: bytes

    @classmethod
    def read(cls, source: bytes) -> "Document":
        """Decode and parse a file.

        Raises:
            CannotEdit: the file doesn't decode, doesn't survive decoding and encoding, or doesn't parse.
        """
        bom = _BOM if source.startswith(_BOM) else b""
        body = source[len(bom) :]
        try:
            encoding = tokenize.detect_encoding(io.BytesIO(source).readline)[0].removesuffix("-sig")
            text = body.decode(encoding)
            if text.encode(encoding) != body:
                raise CannotEdit(f"the file doesn't read and write back as {encoding}")
            utf8 = text.encode()
        except (SyntaxError, UnicodeError, LookupError) as error:
            raise CannotEdit(f"the file can't be decoded: {error}") from error
        return cls(utf8, _parse(text), encoding, bom)

    @property
    def source(self) -> bytes:
        """The file as it stands on the disk."""
        return self.bom + self.utf8.decode().encode(self.encoding)

    @cached_property
    def newline(self) -> str:
        """The newline that the file uses most; `\\n` in a file of one line."""
        found = Counter(_NEWLINE.findall(self.utf8)).most_common(1)
        return found[0][0].decode() if found else "\n"

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts, the first line first."""
        return (0, *(match.end() for match in _NEWLINE.finditer(self.utf8)))

    @cached_property
    def indent_unit(self) -> str:
        """One step of indentation, as the first indented line has it; four spaces where there is none."""
        found = re.search(rb"^(\t|[ ]{2,8})(?=[^\s#])", self.utf8, re.MULTILINE)
        return found[1].decode() if found else "    "

    def start(self, node: Located) -> int:
        """The offset of a node's first byte."""
        return self.line_starts[node.lineno - 1] + node.col_offset

    def end(self, node: Located) -> int:
        """The offset just after a node's last byte."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.line_starts[node.end_lineno - 1] + node.end_col_offset

    def line_start(self, offset: int) -> int:
        """The offset at which the line of `offset` starts."""
        return self.line_starts[bisect_right(self.line_starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset of the newline that ends the line of `offset`, or of the end of the file."""
        found = _NEWLINE.search(self.utf8, offset)
        return found.start() if found else len(self.utf8)

    def next_line(self, offset: int) -> int:
        """The offset at which the line after the one of `offset` starts, or the end of the file."""
        found = _NEWLINE.search(self.utf8, offset)
        return found.end() if found else len(self.utf8)

    def line_number(self, offset: int) -> int:
        """The number of the line of `offset`, counted from 1."""
        return bisect_right(self.line_starts, offset)

    def indent_at(self, offset: int) -> str:
        """The white space that the line of `offset` starts with."""
        start = self.line_start(offset)
        line = self.utf8[start : self.line_end(offset)]
        return line[: len(line) - len(line.lstrip(_BLANK))].decode()

    def leads_line(self, offset: int) -> bool:
        """Whether only white space stands before `offset` on its line."""
        return not self.utf8[self.line_start(offset) : offset].strip(_BLANK)

    def has_newline(self, start: int, end: int) -> bool:
        """Whether a line ends between two offsets."""
        return _NEWLINE.search(self.utf8, start, end) is not None

    def above_comments(self, offset: int, floor: int) -> int:
        """Climb over the comment lines that stand directly above a line, and so belong to it.

        Args:
            offset: An offset on the line.
            floor: The offset above which nothing may climb.

        Returns:
            The start of the topmost of these lines, or of the line itself.
        """
        top = self.line_start(offset)
        while top > 0:
            above = self.line_start(top - 1)
            if above < floor or not self.utf8[above:top].lstrip(_BLANK).startswith(b"#"):
                break
            top = above
        return top

    def fresh(self) -> ast.Module:
        """Parse the file afresh, for a tree that may be changed."""
        return _parse(self.utf8.decode())

    def with_own_body(self) -> ast.Module:
        """A tree of the same statements, for a tree that statements may be added to or taken from."""
        return ast.Module(list(self.tree.body), list(self.tree.type_ignores))

    def twin(self, node: Node) -> tuple[ast.Module, Node]:
        """Copy the statement of a node, for a tree in which that statement may be changed.

        Returns:
            The new tree, and the node in it that stands where `node` stands in this one.
        """
        copied = self.with_own_body()
        for index, statement in enumerate(self.tree.body):
            if any(mine is node for mine in ast.walk(statement)):
                copies: dict[int, ast.AST] = {}
                copied.body[index] = deepcopy(statement, copies)
                return copied, cast(Node, copies[id(node)])
        raise ValueError("the node is not of this document")

    def insert(self, insertions: Sequence[Insertion], expected: ast.Module) -> "Document":
        """Insert text, and make sure that the file now says what was intended and nothing else.

        Args:
            insertions: What to insert; those with the same offset are put there in the given order.
            expected: The tree that the new file must have.

        Raises:
            CannotEdit: the new text doesn't fit the file's encoding, doesn't parse or says something else.
        """
        ordered = sorted(insertions, key=lambda insertion: insertion.offset)
        added = [insertion.text.replace("\n", self.newline) for insertion in ordered]
        pieces: list[bytes] = []
        untouched: list[bytes] = []
        position = 0
        for insertion, text in zip(ordered, added, strict=True):
            untouched.append(self._encode(self.utf8[position : insertion.offset].decode()))
            pieces += [untouched[-1], self._encode(text)]
            position = insertion.offset
        untouched.append(self._encode(self.utf8[position:].decode()))
        if self.bom + b"".join(untouched) != self.source:
            raise CannotEdit(f"text can't be inserted into a file in {self.encoding} without touching the rest")
        changed = Document.read(self.bom + b"".join([*pieces, untouched[-1]]))
        kept = self._kept([insertion.offset for insertion in ordered], [len(text.encode()) for text in added])
        if not changed._says(expected, kept):
            raise CannotEdit("the file is written in a way that an insertion would change")
        return changed

    def _kept(self, offsets: list[int], growth: list[int]) -> dict[ast.stmt, tuple[int, int]]:
        """Map the statements that nothing is inserted into, or directly before or after, to where they come to lie."""
        shifts = [0, *accumulate(growth)]
        kept: dict[ast.stmt, tuple[int, int]] = {}
        floor = 0
        for statement, (start, end) in zip(self.tree.body, self._spans(), strict=True):
            before = bisect_left(offsets, floor)
            if before == bisect_right(offsets, end):
                kept[statement] = (start + shifts[before], end + shifts[before])
            floor = end
        return kept

    def _says(self, expected: ast.Module, kept: Mapping[ast.stmt, tuple[int, int]]) -> bool:
        """Whether the file has the expected tree.

        A statement that was kept, with the same text in the same place, has the same tree; the others are compared.
        (Comparing the trees of a file with hundreds of members takes longer than all the rest.)
        """
        mine, spans = self.tree.body, self._spans()
        return len(mine) == len(expected.body) and all(
            kept.get(theirs) == span or ast.dump(theirs) == ast.dump(own)
            for theirs, own, span in zip(expected.body, mine, spans, strict=True)
        )

    def _spans(self) -> list[tuple[int, int]]:
        return [(self.start(statement), self.end(statement)) for statement in self.tree.body]

    def _encode(self, text: str) -> bytes:
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise CannotEdit(f"the file's encoding {self.encoding} can't hold {error.object!r}") from error


def _parse(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            # An invalid escape in the user's file is not ours to report.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        where = f"line {error.lineno}" if error.lineno else "the file"
        raise CannotEdit(f"{where} is not valid Python ({error.msg})") from error
    except (ValueError, RecursionError) as error:
        raise CannotEdit(f"the file can't be parsed: {error}") from error
