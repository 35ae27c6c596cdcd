"""What a module imports, by any way of writing it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

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


def may_import(content: bytes, module: str) -> bool:
    """Tell, from its text alone, whether a module may import another by its absolute name: never no where it does.

    Parsing all modules of a large project would take seconds.
    """
    return module.encode() in content or may_import_from_package(content, module)


def may_import_from_package(content: bytes, module: str) -> bool:
    """Tell, from its text alone, whether a module may say `from a.b import c`: never no where it does.

    Args:
        content: the module.
        module: the dotted name of what it imports then, "a.b.c".
    """
    package, _, last = module.encode().rpartition(b".")
    return bool(package) and package in content and _from_package(package, last).search(content) is not None


def may_import_relatively(content: bytes) -> bool:
    """Tell, from its text alone, whether a module may import another by a relative name: never no where it does."""
    return b"from ." in content or b"import_module" in content or _RELATIVE.search(content) is not None


def _from_package(package: bytes, last: bytes) -> re.Pattern[bytes]:
    package, last = re.escape(package), re.escape(last)
    # In parentheses a comment may hold anything, a closing one included.
    listed = rb"\((?:[^)#]*\b" + last + rb"\b|[^)#]*#)"
    return re.compile(package + rb"\s+import\s*(?:" + listed + rb"|(?:[^\n\\]|\\\r?\n)*\b" + last + rb"\b|\(?\s*\*)")


def imports_of(tree: ast.Module, package: str) -> Iterator[Import]:
    """Give what a module imports, wherever in it that is written, and what its strings name.

    Args:
        tree: the module.
        package: the package that it is in; a package is in itself.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each for alias in node.names for each in _plain(alias))
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, package)
            yield from (Import(base, alias.name, alias.asname or alias.name) for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isascii():
            parts = _named(node.value, package).split(".")
            if len(parts) > 1 and all(map(str.isidentifier, parts)):
                yield Import(".".join(parts), "", "")
                yield Import(".".join(parts[:-1]), parts[-1], "")


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
