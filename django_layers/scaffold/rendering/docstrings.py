"""Wraps docstrings at the line length of the project, which formatters leave alone."""

import ast
import textwrap
from collections.abc import Iterator, Sequence

__all__ = ["wrap_docstrings"]

_QUOTES = '"""'
_STEP = "    "


def wrap_docstrings(source: str, width: int) -> str:
    """Return Python source with the lines of its docstrings no longer than a width, where blanks allow it.

    Paragraphs and the entries of sections (`Args`, `Raises`) whose lines all fit stay as they are.

    Args:
        source: a module, formatted.
        width: the characters that a line may have.
    """
    lines = source.split("\n")
    if all(len(line) <= width for line in lines):
        return source
    # From the end, so that the lines above keep their numbers.
    for start, end in sorted(_docstrings(ast.parse(source)), reverse=True):
        block = lines[start:end]
        if any(len(line) > width for line in block) and block[0].lstrip().startswith(_QUOTES):
            lines[start:end] = _wrapped(block, width)
    return "\n".join(lines)


def _docstrings(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Yield the lines of each docstring: the index of its first one, and of the one after its last."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            statement = node.body[0]
            yield statement.lineno - 1, statement.end_lineno or statement.lineno


def _wrapped(block: Sequence[str], width: int) -> list[str]:
    indent = _indent(block[0])
    lines: list[str] = []
    for group in _groups(block):
        if all(len(line) <= width for line in group):
            lines += group
            continue
        first = _indent(group[0])
        lines += textwrap.wrap(
            " ".join(line.strip() for line in group),
            width,
            initial_indent=first,
            subsequent_indent=first if first == indent else first + _STEP,
            break_long_words=False,
            break_on_hyphens=False,
        )
    if len(block) == 1:
        # Off the last word only now: formatters would put them back on a line that ends too close to the limit.
        lines[-1:] = [lines[-1].removesuffix(_QUOTES), f"{indent}{_QUOTES}"]
    return lines


def _groups(block: Sequence[str]) -> Iterator[list[str]]:
    """Yield what is wrapped as a whole: paragraphs, entries of sections, and each line between them."""
    outer = _indent(block[0])
    group: list[str] = []
    for line in block:
        own = _indent(line)
        continues = own == outer if group and _indent(group[0]) == outer else bool(group) and own > _indent(group[0])
        if group and (not continues or not line.strip() or not group[-1].strip() or line.strip() == _QUOTES):
            yield group
            group = []
        group.append(line)
    yield group


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
