"""What people do to generated files, each edit a function from text to text; None where a file has nothing to edit so."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

__all__ = ["HAND_EDITS", "reformatted"]

Edit: TypeAlias = Callable[[str], str | None]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def reformatted(text: str) -> str:
    """Return a text as another formatter's settings would have it."""
    settings = [
        "--line-length=60",
        "--config",
        "format.quote-style='single'",
        "--config",
        "format.skip-magic-trailing-comma=true",
    ]
    command = [sys.executable, "-m", "ruff", "format", "--no-cache", "--isolated", *settings, "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def new_method(text: str) -> str | None:
    node = _last_class(text)
    if node is None:
        return text + "\n\ndef by_hand() -> int:\n    return 1\n"
    return _below(text, node, "\n    def by_hand(self) -> int:\n        return 1\n")


def changed_body(text: str) -> str | None:
    node = _function(text)
    return None if node is None else _above(text, _body(node)[0], "checked_by_hand = True\n")


def statement_around(text: str) -> str | None:
    node = _function(text)
    if node is None:
        return None
    lines = text.splitlines(keepends=True)
    first, last = _body(node)[0].lineno - 1, node.end_lineno or 0
    indent = " " * _body(node)[0].col_offset
    inner = ["    " + line if line.strip() else line for line in lines[first:last]]
    return "".join([*lines[:first], f"{indent}for _ in range(1):\n", *inner, *lines[last:]])


def renamed_local(text: str) -> str | None:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, _FUNCTIONS):
            for statement in ast.walk(node):
                if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                    lines = text.splitlines(keepends=True)
                    name = statement.targets[0].id
                    body = "".join(lines[node.lineno - 1 : node.end_lineno])
                    renamed = re.sub(rf"(?<![\w.\"'/]){name}\b(?!=[^=])(?! is)", "renamed_by_hand", body)
                    return "".join([*lines[: node.lineno - 1], renamed, *lines[node.end_lineno :]])
    return None


def moved_method(text: str) -> str | None:
    node = _last_class(text)
    methods = _methods(node) if node else []
    if len(methods) < 2:
        return None
    moved = _lines(text, methods[-1])
    moved = re.sub(r"def (\w+)\(", r"def \1_by_hand(", moved, count=1)
    return _without(text, methods[-1]).rstrip("\n") + f"\n\n\nclass ByHand:\n{moved}"


def split_class(text: str) -> str | None:
    node = _last_class(text)
    methods = _methods(node) if node else []
    if len(methods) < 4:
        return None
    moved = [_lines(text, method) for method in methods[-2:]]
    rest = _without(_without(text, methods[-1]), methods[-2])
    return rest.rstrip("\n") + "\n\n\nclass ByHand:\n" + "\n".join(moved)


def extra_import(text: str) -> str | None:
    anchor = _first_import(text)
    if anchor is None:
        return None
    return _above(text, anchor, "import logging\n") + '\n\nlogger = logging.getLogger("by hand")\n'


def shared_import(text: str) -> str | None:
    for node in reversed(ast.parse(text).body):
        if isinstance(node, ast.ImportFrom) and node.module != "recipes.types":
            names = [*(each.name for each in node.names), "ByHand"]
            line = (
                f"from {'.' * node.level}{node.module} import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"
            )
            lines = text.splitlines(keepends=True)
            changed = "".join([*lines[: node.lineno - 1], line, *lines[node.end_lineno or 0 :]])
            return changed + "\n\nBY_HAND = ByHand\n"
    return None


def docstring(text: str) -> str | None:
    node = _last_class(text)
    if node is None or ast.get_docstring(node) is None:
        return None
    lines = text.splitlines(keepends=True)
    first = node.body[0]
    return "".join([*lines[: first.lineno - 1], '    """Said by hand."""\n', *lines[first.end_lineno or 0 :]])


def comment(text: str) -> str | None:
    node = _last_class(text) or _function(text)
    return _above(text, _body(node)[0], "# Said by hand.\n") if node is not None and _body(node) else None


def comment_on_line(text: str) -> str | None:
    node = _last_class(text) or _function(text)
    if node is None:
        return None
    lines = text.splitlines(keepends=True)
    lines[node.lineno - 1] = lines[node.lineno - 1].rstrip("\n") + "  # by hand\n"
    return "".join(lines)


def reordered_members(text: str) -> str | None:
    node = _last_class(text)
    fields = [each for each in node.body if isinstance(each, ast.AnnAssign | ast.Assign)] if node else []
    if len(fields) < 2:
        return None
    first, second = _lines(text, fields[0]), _lines(text, fields[1])
    return text.replace(first + second, second + first)


def deleted_method(text: str) -> str | None:
    node = _last_class(text)
    methods = _methods(node) if node else []
    return _without(text, methods[-1]) if len(methods) > 1 else None


def extra_element(text: str) -> str | None:
    """An element more in the first list, tuple, dictionary or call that is written with one element a line."""
    found = re.search(r"^( +)[^\s()\[\]{}#\"]+(\[|\(|\{)\n( +)", text, re.MULTILINE)
    if found is None:
        return None
    element = {"[": '"by hand"', "(": "by_hand=1", "{": '"by hand": 1'}[found[2]]
    if re.search(r"(class|def|import)\b", text[text.rfind("\n", 0, found.start()) + 1 : found.end()]):
        return None
    position = found.end()
    return f"{text[:position]}{element},\n{found[3]}{text[position:]}"


def changed_value(text: str) -> str | None:
    """Another base class."""
    node = _last_class(text)
    if node is None or not node.bases:
        return None
    lines = text.splitlines(keepends=True)
    at = node.bases[0]
    line = lines[at.lineno - 1]
    lines[at.lineno - 1] = line[: at.col_offset] + "ByHand, " + line[at.col_offset :]
    head = _above("".join(lines), _first_definition(text), "class ByHand: ...\n\n\n")
    return head


HAND_EDITS: dict[str, Edit] = {
    "a new method": new_method,
    "a changed body": changed_body,
    "a statement around a body": statement_around,
    "a renamed local": renamed_local,
    "a moved and renamed method": moved_method,
    "a split class": split_class,
    "an extra import": extra_import,
    "a shared import line": shared_import,
    "a docstring": docstring,
    "a comment": comment,
    "a comment on a line": comment_on_line,
    "reordered members": reordered_members,
    "a deleted method": deleted_method,
    "an extra element": extra_element,
    "another base class": changed_value,
    "another layout": reformatted,
}


def _last_class(text: str) -> ast.ClassDef | None:
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    return classes[-1] if classes else None


def _methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [each for each in node.body if isinstance(each, ast.FunctionDef)]


def _function(text: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The first function that says something of a field."""
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, _FUNCTIONS)]
    found = [node for node in found if node.end_lineno != node.lineno and "'comment'" in ast.dump(node)]
    return min(found, key=lambda node: node.lineno, default=None)


def _body(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    return node.body[1:] if ast.get_docstring(node) is not None else node.body


def _first_import(text: str) -> ast.stmt | None:
    return next((node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)), None)


def _first_definition(text: str) -> ast.stmt:
    return next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))


def _start(node: ast.AST) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)]) - 1


def _lines(text: str, node: ast.AST) -> str:
    return "".join(text.splitlines(keepends=True)[_start(node) : node.end_lineno])


def _without(text: str, node: ast.AST) -> str:
    lines = text.splitlines(keepends=True)
    start = _start(node)
    while start and not lines[start - 1].strip():
        start -= 1
    return "".join([*lines[:start], *lines[node.end_lineno :]])


def _above(text: str, node: ast.stmt, added: str) -> str:
    lines = text.splitlines(keepends=True)
    indent = lines[_start(node)][: node.col_offset]
    return "".join([*lines[: _start(node)], indent + added, *lines[_start(node) :]])


def _below(text: str, node: ast.AST, added: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: node.end_lineno], added, *lines[node.end_lineno :]])
