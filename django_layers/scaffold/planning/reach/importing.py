"""What a module imports, by any way of writing it."""

import __future__

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

__all__ = ["Import", "absolute", "imports_of", "may_import", "may_import_from_package", "may_import_relatively"]

_SPACE = rb"(?:[ \t\f]|\\\r?\n)*"
_RELATIVE = re.compile(rb"from" + _SPACE + rb"\.(?:[\w. \t\f]|\\\r?\n)*\bimport\b")


@dataclass(frozen=True, slots=True)
class Import:
    """An import of a module.

    Attributes:
        module: the module, dotted and absolute.
        name: the name that is imported from it, which may be a module itself; empty where the module is imported.
        bound: what it is called then; empty where a string names it, as `include("recipes.urls")` does.
    """

    module: str
    name: str
    bound: str


Telling = Callable[[bytes], bool]
"""Tells something of a module from its text alone: parsing all modules of a large project would take seconds."""


def may_import(module: str) -> Telling:
    """Return what tells whether a module may import another by its absolute name: never no where it does.

    Args:
        module: the dotted name of the other one.
    """
    target, from_package = module.encode(), may_import_from_package(module)
    return lambda content: target in content or from_package(content)


def may_import_from_package(module: str) -> Telling:
    """Return what tells whether a module may say `from a.b import c`: never no where it does.

    Args:
        module: the dotted name of what it imports then, "a.b.c".
    """
    package, _, last = module.encode().rpartition(b".")
    says = _from_package(package, last).search
    return lambda content: bool(package) and package in content and says(content) is not None


def may_import_relatively(content: bytes) -> bool:
    """Tell, from its text alone, whether a module may import another by a relative name: never no where it does."""
    return b"from ." in content or b"import_module" in content or _RELATIVE.search(content) is not None


def _from_package(package: bytes, last: bytes) -> re.Pattern[bytes]:
    package, last = re.escape(package), re.escape(last)
    # In parentheses a comment may hold anything, a closing one included.
    listed = rb"\((?:[^)#]*\b" + last + rb"\b|[^)#]*#)"
    return re.compile(package + rb"\s+import\s*(?:" + listed + rb"|(?:[^\n\\]|\\\r?\n)*\b" + last + rb"\b|\(?\s*\*)")


def imports_of(tree: ast.Module, code: CodeType, package: str) -> Iterator[Import]:
    """Give what a module imports, wherever in it that is written, and what its strings name.

    Args:
        tree: the module.
        code: the same, compiled: its strings are in there, and to look for them among all its expressions takes long.
        package: the package that it is in; a package is in itself.
    """
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (each for alias in node.names for each in _plain(alias))
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, package)
            yield from (Import(base, alias.name, alias.asname or alias.name) for alias in node.names)
    # Where annotations are not evaluated, strings in them are not in what is compiled.
    texts = _texts(code) if not code.co_flags & __future__.annotations.compiler_flag else _texts_in(tree)
    for text in texts:
        parts = _named(text, package).split(".")
        if len(parts) > 1 and all(map(str.isidentifier, parts)):
            yield Import(".".join(parts), "", "")
            yield Import(".".join(parts[:-1]), parts[-1], "")


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Give the statements in a module or another statement, at any depth."""
    for name in ("body", "orelse", "handlers", "finalbody", "cases"):
        for each in getattr(node, name, ()):
            if isinstance(each, ast.stmt):
                yield each
            yield from _statements(each)


def _texts_in(tree: ast.Module) -> set[str]:
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str) and value.isascii()}


def _texts(constant: object) -> set[str]:
    """Return the strings that a compiled module, or one of its constants, holds."""
    if isinstance(constant, str):
        return {constant} if constant.isascii() else set()
    inner = constant.co_consts if isinstance(constant, CodeType) else constant
    if not isinstance(inner, tuple | frozenset):
        return set()
    return {text for each in inner for text in _texts(each)}


def absolute(node: ast.ImportFrom, package: str) -> str:
    """Return the module that an import is from, without the dots of a relative one."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])


def _named(text: str, package: str) -> str:
    """Return the module that a string may name, without the dots of a relative one, as `import_module` takes them."""
    inner = text.lstrip(".")
    level = len(text) - len(inner)
    return absolute(ast.ImportFrom(inner, [], level), package) if inner and level else text


def _plain(alias: ast.alias) -> Iterator[Import]:
    """Give the modules that `import a.b` makes available: `a` too."""
    parts = alias.name.split(".")
    if alias.asname:
        yield Import(alias.name, "", alias.asname)
        return
    yield from (Import(".".join(parts[:length]), "", parts[0]) for length in range(1, len(parts) + 1))
