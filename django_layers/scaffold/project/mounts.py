"""Where the root urls mount the project's API."""

import ast
from collections.abc import Iterator

__all__ = ["mounted_prefix"]

_ROUTES = frozenset({"path", "re_path", "url"})


def mounted_prefix(urls: bytes, *, api_module: str, package: str) -> str | None:
    """Return the prefix under which an API is mounted, "api/", or None where it is not.

    Args:
        urls: the source of the root urls.
        api_module: the dotted module that defines the API.
        package: the package of the root urls, which relative imports start from.
    """
    try:
        tree = ast.parse(urls)
    except (SyntaxError, ValueError):
        return None
    names = set(_names_of_api(tree, api_module, package))
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id=function) | ast.Attribute(attr=function),
                args=[ast.Constant(value=str(prefix)), ast.Attribute(attr="urls", value=api), *_],
            ) if function in _ROUTES and ast.unparse(api) in names:
                return prefix.removeprefix("^")
    return None


def _names_of_api(tree: ast.AST, api_module: str, package: str) -> Iterator[str]:
    """Yield the expressions that stand for the API in the module."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=module, level=level, names=names):
                base = ".".join(package.split(".")[: len(package.split(".")) - level + 1]) if level else ""
                full = ".".join(filter(None, (base, module)))
                for alias in names:
                    if f"{full}.{alias.name}" == f"{api_module}.api":
                        yield alias.asname or alias.name
                    elif f"{full}.{alias.name}" == api_module:
                        yield f"{alias.asname or alias.name}.api"
            case ast.Import(names=names):
                for alias in names:
                    if alias.name == api_module:
                        yield f"{alias.asname or alias.name}.api"
