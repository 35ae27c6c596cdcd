"""From the bytes of a file to its facts, or to where and why it cannot be read."""

import ast
import tokenize
import warnings
from io import BytesIO
from typing import NamedTuple

from django_layers.architecture.facts.read_statements import StatementReader
from django_layers.architecture.facts.read_suppressions import read_suppressions
from django_layers.architecture.facts.statements import ModuleFacts

__all__ = ["Unreadable", "read_module"]


class Unreadable(NamedTuple):
    """Why a file has no facts.

    Attributes:
        kind: "syntax", "encoding" or "nesting".
        reason: what is wrong, in a few words.
        line: where, as far as that is known.
        column: where, as far as that is known.
    """

    kind: str
    reason: str
    line: int = 1
    column: int = 1


def read_module(content: bytes) -> ModuleFacts | Unreadable:
    """Return what a file says.

    Args:
        content: the file as it is on the disk.
    """
    text = _decode(content)
    if isinstance(text, Unreadable):
        return text
    if "\0" in text:
        return Unreadable("encoding", "it holds null bytes", text.count("\n", 0, text.index("\0")) + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nodes = ast.parse(text).body
        reader = StatementReader(text)
        body = reader.read(nodes)
        suppressions = read_suppressions(text)
    except tokenize.TokenError as error:
        return Unreadable("syntax", str(error.args[0]))
    except SyntaxError as error:
        if error.msg in {"too many nested parentheses", "too many statically nested blocks"}:
            return Unreadable("nesting", error.msg, error.lineno or 1, error.offset or 1)
        return Unreadable("syntax", error.msg, error.lineno or 1, max(error.offset or 1, 1))
    except (RecursionError, MemoryError):
        return Unreadable("nesting", "it is nested too deeply to be read")
    return ModuleFacts(tuple(reader.imports), body, _wide_lines(text), suppressions)


def _decode(content: bytes) -> str | Unreadable:
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(content).readline)
    except SyntaxError as error:
        return Unreadable("encoding", error.msg)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Unreadable("encoding", f"it is not {encoding}: {error.reason}", line)


def _wide_lines(text: str) -> tuple[tuple[int, str], ...]:
    if text.isascii():
        return ()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple([(number, line) for number, line in enumerate(lines, 1) if not line.isascii()])
