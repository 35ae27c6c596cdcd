"""Ways to get endpoints wrong."""

import ast
from collections.abc import Iterator

from tests.e2e.mutations.mutation import Edit, Site
from tests.e2e.mutations.rules.edits import removal, setting


def routes(site: Site) -> Iterator[Edit]:
    """An endpoint that is no longer public, or that has another status.

    One that is made public is not tried: its service refuses nobody too, so nobody can tell.
    """
    if not isinstance(site.node, ast.FunctionDef):
        return
    for decorator in site.node.decorator_list:
        if not (isinstance(decorator, ast.Call) and ast.unparse(decorator.func).startswith("router.")):
            continue
        for keyword in decorator.keywords:
            if keyword.arg == "auth":
                yield Edit("is not public", removal(decorator.keywords, keyword))
        for node in ast.walk(decorator):
            if isinstance(node, ast.Constant) and node.value in (201, 204):
                yield Edit(f"answers with 200, not {node.value}", setting(node, "value", 200))


def uploads(site: Site) -> Iterator[Edit]:
    """A file of any size and kind."""
    if isinstance(site.node, ast.keyword) and site.node.arg == "images_only":
        assert isinstance(site.node.value, ast.Constant)
        other = not site.node.value.value
        yield Edit(f"images_only={other}", setting(site.node, "value", ast.Constant(other)))
    if isinstance(site.node, ast.keyword) and site.node.arg == "max_size":
        yield Edit("any size", setting(site.node, "value", ast.Constant(2**60)))
