"""Ways to get schemas wrong."""

import ast
from collections.abc import Iterator

from tests.e2e.mutations.mutation import Edit, Site
from tests.e2e.mutations.rules.edits import appending, fields_of, is_schema, name_of, removal, setting, turned

_LIMITS = frozenset({"ge", "le", "min_length", "max_length"})


def limits_of_fields(site: Site) -> Iterator[Edit]:
    """A limit in a schema that is gone, or one off in either direction."""
    if not (isinstance(site.node, ast.Call) and name_of(site.node.func) == "Field") or site.scope:
        return
    call = site.node
    names = {keyword.arg for keyword in call.keywords}
    for keyword in call.keywords:
        number = keyword.value
        if keyword.arg in _LIMITS and isinstance(number, ast.Constant) and isinstance(number.value, int):
            for step in (1, -1):
                label = f"{keyword.arg} of {ast.unparse(call)} by {step:+}"
                yield Edit(label, setting(number, "value", number.value + step))
        elif keyword.arg != "max_digits" or not names & {"ge", "le"}:
            # Where numbers are bounded, no number inside the bounds has too many digits.
            yield Edit(f"{keyword.arg} of {ast.unparse(call)} is gone", removal(call.keywords, keyword))


def fields_of_requests(site: Site) -> Iterator[Edit]:
    """A field of a request that has lost its limits, its default, or that it is required."""
    if not is_schema(site.node, "Create", "Update"):
        return
    for field in fields_of(site.node):
        name = name_of(field.target)
        for part in ast.walk(field.annotation):
            if isinstance(part, ast.Name) and part.id in {*_aliases(name), "Int64", "Int32", "Int16"}:
                yield Edit(f"{name} takes anything", setting(part, "id", "object"))
        if site.node.name.endswith("Update"):
            continue
        if field.value is None:
            yield Edit(f"{name} is not required", setting(field, "value", ast.Constant(None)))
        else:
            yield Edit(f"{name} is required", setting(field, "value", None))


def defaults_of_requests(site: Site) -> Iterator[Edit]:
    """A default that is another one."""
    if not is_schema(site.node, "Create"):
        return
    for field in fields_of(site.node):
        if isinstance(field.value, ast.Constant) and field.value.value is not None:
            other = _another(field.value.value)
            yield Edit(f"{name_of(field.target)} has another default", setting(field, "value", ast.Constant(other)))


def settable_fields(site: Site) -> Iterator[Edit]:
    """A field that only the server sets, or the upload, in a request."""
    if not isinstance(site.node, ast.Module):
        return
    classes = {node.name: node for node in site.node.body if isinstance(node, ast.ClassDef)}
    entity = next(name.removesuffix("Create") for name in classes if name.endswith("Create"))
    requests = {kind: classes[f"{entity}{kind}"] for kind in ("Create", "Update") if f"{entity}{kind}" in classes}
    for kind, request in requests.items():
        theirs = {name_of(field.target) for other in requests.values() for field in fields_of(other)}
        for field in fields_of(classes[f"{entity}Read"]):
            if (name := name_of(field.target)) not in theirs:
                added = ast.parse(f"{name}: object = None").body[0]
                yield Edit(f"{name} in {entity}{kind}", appending(request.body, added))


def leaking_fields(site: Site) -> Iterator[Edit]:
    """A field that is not to be read in the response."""
    if not isinstance(site.node, ast.Module):
        return
    classes = {node.name: node for node in site.node.body if isinstance(node, ast.ClassDef)}
    entity = next(name.removesuffix("Create") for name in classes if name.endswith("Create"))
    read = classes[f"{entity}Read"]
    shown = {name_of(field.target) for field in fields_of(read)}
    for field in fields_of(classes[f"{entity}Insert"]):
        if name_of(field.target) not in shown:
            yield Edit(f"{name_of(field.target)} in {entity}Read", appending(read.body, field))


def fields_of_responses(site: Site) -> Iterator[Edit]:
    """A field that a response, or a row shown inside one, has lost."""
    if not (isinstance(site.node, ast.ClassDef) and [name_of(base) for base in site.node.bases] == ["ResponseSchema"]):
        return
    for field in fields_of(site.node):
        if len(fields_of(site.node)) > 1:
            yield Edit(f"without {name_of(field.target)}", removal(site.node.body, field))


def fields_of_queries(site: Site) -> Iterator[Edit]:
    """A filter or an order that a list has lost, or another order by default."""
    if not is_schema(site.node, "Query"):
        return
    for field in fields_of(site.node):
        if name_of(field.target) != "order_by":
            yield Edit(f"without {name_of(field.target)}", removal(site.node.body, field))
            continue
        assert isinstance(field.value, ast.Constant)
        assert isinstance(field.annotation, ast.Subscript)
        assert isinstance(field.annotation.slice, ast.Tuple)
        names = field.annotation.slice.elts
        for name in names:
            assert isinstance(name, ast.Constant)
            if name.value == turned(str(field.value.value)):
                yield Edit(f"{name.value!r} by default", setting(field, "value", name))
            elif name.value != field.value.value and not str(name.value).startswith("-"):
                yield Edit(f"without the order {name.value!r}", removal(names, name))


def unknown_names(site: Site) -> Iterator[Edit]:
    """A body that takes any name; those of queries the API itself refuses."""
    if is_schema(site.node, "Create", "Update"):
        added = ast.parse("model_config = {'extra': 'ignore'}").body[0]
        yield Edit("takes unknown names", appending(site.node.body, added))


def _another(value: object) -> bool | int | str:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case _:
            return f"{value}x"


def _aliases(name: str) -> tuple[str, ...]:
    camel = "".join(part.capitalize() for part in name.split("_"))
    return (camel, f"{camel.removesuffix('Ids')}s")
