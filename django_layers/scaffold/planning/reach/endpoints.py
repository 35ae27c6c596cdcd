"""Which endpoints a module has, as far as the API tells them apart: two of one route, or of one name, it refuses."""

import ast

__all__ = ["adds_endpoints"]


def adds_endpoints(before: bytes | None, after: bytes | None) -> bool:
    """Tell whether a module has endpoints that it had not, which may be the same as some of any other module.

    Args:
        before: the module as it is; None where there is none.
        after: the module as it is to be; None where it goes.

    Raises:
        SyntaxError: one of them doesn't parse.
        ValueError: one of them doesn't decode.
    """
    return bool(_endpoints(after) - _endpoints(before))


def _endpoints(source: bytes | None) -> set[tuple[str, ...]]:
    tree = ast.parse(source or b"")
    return {
        (node.name, *map(ast.unparse, _told_apart_by(decorator)))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)
    }


def _told_apart_by(call: ast.Call) -> list[ast.expr]:
    named = [keyword.value for keyword in call.keywords if keyword.arg in ("path", "operation_id", "methods", None)]
    return [call.func, *call.args, *named]
