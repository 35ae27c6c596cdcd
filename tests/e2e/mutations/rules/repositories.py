"""Ways to get the queries of a repository wrong."""

import ast
from collections.abc import Iterator

from tests.e2e.mutations.mutation import Edit, Site
from tests.e2e.mutations.rules.edits import OTHER_LOOKUP, removal, setting, turned


def declarations(site: Site) -> Iterator[Edit]:
    """A declaration of a repository that is gone or another one."""
    if not (isinstance(site.node, ast.ClassDef) and site.node.name.startswith("Django")):
        return
    for statement in site.node.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield Edit(f"without {ast.unparse(statement)}", removal(site.node.body, statement))
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.Dict):
            yield from _entries(statement.value)


def _entries(entries: ast.Dict) -> Iterator[Edit]:
    for value in entries.values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            field, _, lookup = value.value.rpartition("__")
            for other in OTHER_LOOKUP.get(lookup, ()):
                yield Edit(f"{value.value} is {other}", setting(value, "value", f"{field}__{other}"))
        if isinstance(value, ast.Tuple):
            for element in value.elts:
                assert isinstance(element, ast.Constant)
                assert isinstance(element.value, str)
                yield Edit(f"{element.value} turned", setting(element, "value", turned(element.value)))
                if len(value.elts) > 1:
                    yield Edit(f"without {element.value}", removal(value.elts, element))
