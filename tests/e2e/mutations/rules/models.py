"""Ways to get tables wrong."""

import ast
from collections.abc import Iterator

from tests.e2e.mutations.mutation import Edit, Site
from tests.e2e.mutations.rules.edits import OTHER_LOOKUP, constant_of, name_of, removal, setting


def constraints(site: Site) -> Iterator[Edit]:
    """A constraint of a table that is gone, or another one."""
    if isinstance(site.node, ast.Assign) and name_of(site.node.targets[0]) == "constraints":
        assert isinstance(site.node.value, ast.Tuple)
        for constraint in site.node.value.elts:
            yield Edit(f"without {constant_of(constraint, 'name')}", removal(site.node.value.elts, constraint))
    if not isinstance(site.node, ast.Call):
        return
    call = site.node
    if name_of(call.func) == "UniqueConstraint":
        (names,) = (keyword.value for keyword in call.keywords if keyword.arg == "fields")
        assert isinstance(names, ast.List)
        for name in names.elts:
            yield Edit(f"{ast.unparse(name)} not in {constant_of(call, 'name')}", removal(names.elts, name))
    if name_of(call.func) == "Q":
        for keyword in call.keywords:
            field, _, lookup = str(keyword.arg).rpartition("__")
            for other in OTHER_LOOKUP.get(lookup, ()):
                yield Edit(f"{keyword.arg} is {other}", setting(keyword, "arg", f"{field}__{other}"))
            if isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, int):
                for step in (1, -1):
                    label = f"{keyword.arg}={keyword.value.value} by {step:+}"
                    yield Edit(label, setting(keyword.value, "value", keyword.value.value + step))


def columns(site: Site) -> Iterator[Edit]:
    """A column that is no longer unique or nullable, or whose time does not move."""
    if not (isinstance(site.node, ast.Assign) and isinstance(site.node.value, ast.Call)):
        return
    call, name = site.node.value, name_of(site.node.targets[0])
    for keyword in call.keywords:
        if keyword.arg in ("unique", "null"):
            yield Edit(f"{name} is not {keyword.arg}", removal(call.keywords, keyword))
    if name_of(call.func) == "OneToOneField":
        yield Edit(f"{name} is a foreign key", setting(call.func, "attr", "ForeignKey"))
