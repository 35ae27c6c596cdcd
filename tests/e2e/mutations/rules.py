"""What is broken on purpose, layer by layer: each rule is a way to get generated code wrong."""

import ast
from collections.abc import Callable, Iterator

from typing_extensions import TypeIs

from tests.e2e.mutations.mutation import Edit, Rule, Site

__all__ = ["RULES"]

_LOOSER = {"ge": -1, "gt": -1, "le": 1, "lt": 1, "min_length": -1, "max_length": 1}
_OTHER_LOOKUP = {"gte": ("gt", "lte"), "lte": ("lt", "gte"), "icontains": ("exact",)}
_OTHER_ACTION = {"view": "change", "add": "change", "change": "delete", "delete": "change"}


def limits_of_fields(site: Site) -> Iterator[Edit]:
    """A limit in a schema that is gone, or one off in either direction."""
    if not (isinstance(site.node, ast.Call) and _name(site.node.func) == "Field"):
        return
    call = site.node
    for keyword in call.keywords:
        yield Edit(f"{keyword.arg} of {ast.unparse(call)} is gone", _removal(call.keywords, keyword))
        number = keyword.value
        if keyword.arg in _LOOSER and isinstance(number, ast.Constant) and isinstance(number.value, int):
            for step in (1, -1):
                yield Edit(
                    f"{keyword.arg} of {ast.unparse(call)} by {step:+}", _setting(number, "value", number.value + step)
                )


def fields_of_requests(site: Site) -> Iterator[Edit]:
    """A field of a request that has lost its limits, its default, or that it is required."""
    if not _is_schema(site.node, "Create", "Update"):
        return
    for field in _fields(site.node):
        name = _name(field.target)
        for part in ast.walk(field.annotation):
            if isinstance(part, ast.Name) and part.id in {*_aliases(name), "Int64", "Int32", "Int16"}:
                yield Edit(f"{name} takes anything", _setting(part, "id", "object"))
        if site.node.name.endswith("Update"):
            continue
        if field.value is None:
            yield Edit(f"{name} is not required", _setting(field, "value", ast.Constant(None)))
        else:
            yield Edit(f"{name} is required", _setting(field, "value", None))


def defaults_of_requests(site: Site) -> Iterator[Edit]:
    """A default that is another one."""
    if not _is_schema(site.node, "Create"):
        return
    for field in _fields(site.node):
        others: dict[type, Callable[[object], object]] = {
            bool: lambda value: not value,
            int: lambda value: int(str(value)) + 1,
            str: lambda value: f"{value}x",
        }
        if isinstance(field.value, ast.Constant) and type(field.value.value) in others:
            other = others[type(field.value.value)](field.value.value)
            yield Edit(f"{_name(field.target)} has another default", _setting(field, "value", ast.Constant(other)))


def settable_fields(site: Site) -> Iterator[Edit]:
    """A field that only the server sets, or the upload, in a request."""
    if not isinstance(site.node, ast.Module):
        return
    classes = {node.name: node for node in site.node.body if isinstance(node, ast.ClassDef)}
    entity = next(name.removesuffix("Create") for name in classes if name.endswith("Create"))
    requests = {kind: classes[f"{entity}{kind}"] for kind in ("Create", "Update") if f"{entity}{kind}" in classes}
    for kind, request in requests.items():
        theirs = {_name(field.target) for other in requests.values() for field in _fields(other)}
        for field in _fields(classes[f"{entity}Read"]):
            if (name := _name(field.target)) not in theirs:
                added = ast.parse(f"{name}: object = None").body[0]
                yield Edit(f"{name} in {entity}{kind}", _appending(request.body, added))


def leaking_fields(site: Site) -> Iterator[Edit]:
    """A field that is not to be read in the response."""
    if not isinstance(site.node, ast.Module):
        return
    classes = {node.name: node for node in site.node.body if isinstance(node, ast.ClassDef)}
    entity = next(name.removesuffix("Create") for name in classes if name.endswith("Create"))
    read = classes[f"{entity}Read"]
    shown = {_name(field.target) for field in _fields(read)}
    for field in _fields(classes[f"{entity}Insert"]):
        if _name(field.target) not in shown:
            yield Edit(f"{_name(field.target)} in {entity}Read", _appending(read.body, field))


def fields_of_responses(site: Site) -> Iterator[Edit]:
    """A field that a response, or a row shown inside one, has lost."""
    if not (isinstance(site.node, ast.ClassDef) and [_name(base) for base in site.node.bases] == ["ResponseSchema"]):
        return
    for field in _fields(site.node):
        if len(_fields(site.node)) > 1:
            yield Edit(f"without {_name(field.target)}", _removal(site.node.body, field))


def fields_of_queries(site: Site) -> Iterator[Edit]:
    """A filter or an order that a list has lost, or another order by default."""
    if not _is_schema(site.node, "Query"):
        return
    for field in _fields(site.node):
        if _name(field.target) != "order_by":
            yield Edit(f"without {_name(field.target)}", _removal(site.node.body, field))
            continue
        assert isinstance(field.value, ast.Constant)
        assert isinstance(field.value.value, str)
        names = field.annotation.slice if isinstance(field.annotation, ast.Subscript) else field.annotation
        assert isinstance(names, ast.Tuple)
        for name in names.elts:
            if isinstance(name, ast.Constant) and name.value != field.value.value:
                yield Edit(f"without the order {name.value}", _removal(names.elts, name))
                yield Edit(f"{name.value} by default", _setting(field, "value", name))


def unknown_names(site: Site) -> Iterator[Edit]:
    """A request that takes any name."""
    if _is_schema(site.node, "Create", "Update", "Query"):
        added = ast.parse("model_config = {'extra': 'ignore'}").body[0]
        yield Edit("takes unknown names", _appending(site.node.body, added))


def constraints(site: Site) -> Iterator[Edit]:
    """A constraint of a table that is gone, or another one."""
    if isinstance(site.node, ast.Assign) and _name(site.node.targets[0]) == "constraints":
        assert isinstance(site.node.value, ast.Tuple)
        for constraint in site.node.value.elts:
            yield Edit(f"without {_constant_of(constraint, 'name')}", _removal(site.node.value.elts, constraint))
    if not isinstance(site.node, ast.Call):
        return
    call = site.node
    if _name(call.func) == "UniqueConstraint":
        (names,) = (keyword.value for keyword in call.keywords if keyword.arg == "fields")
        assert isinstance(names, ast.List)
        for name in names.elts:
            yield Edit(f"{ast.unparse(name)} not in {_constant_of(call, 'name')}", _removal(names.elts, name))
    if _name(call.func) == "Q":
        for keyword in call.keywords:
            field, _, lookup = str(keyword.arg).rpartition("__")
            for other in _OTHER_LOOKUP.get(lookup, ()):
                yield Edit(f"{keyword.arg} is {other}", _setting(keyword, "arg", f"{field}__{other}"))
            if isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, int):
                for step in (1, -1):
                    label = f"{keyword.arg}={keyword.value.value} by {step:+}"
                    yield Edit(label, _setting(keyword.value, "value", keyword.value.value + step))


def columns(site: Site) -> Iterator[Edit]:
    """A column that is no longer unique or nullable, or whose time does not move."""
    if not (isinstance(site.node, ast.Assign) and isinstance(site.node.value, ast.Call)):
        return
    call, name = site.node.value, _name(site.node.targets[0])
    for keyword in call.keywords:
        if keyword.arg in ("unique", "null"):
            yield Edit(f"{name} is not {keyword.arg}", _removal(call.keywords, keyword))
    if _name(call.func) == "OneToOneField":
        yield Edit(f"{name} is a foreign key", _setting(call.func, "attr", "ForeignKey"))


def declarations(site: Site) -> Iterator[Edit]:
    """A declaration of a repository that is gone or another one."""
    if not (isinstance(site.node, ast.ClassDef) and site.node.name.startswith("Django")):
        return
    for statement in site.node.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield Edit(f"without {ast.unparse(statement)}", _removal(site.node.body, statement))
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.Dict):
            yield from _entries(statement.value)


def _entries(entries: ast.Dict) -> Iterator[Edit]:
    for value in entries.values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            field, _, lookup = value.value.rpartition("__")
            for other in _OTHER_LOOKUP.get(lookup, ()):
                yield Edit(f"{value.value} is {other}", _setting(value, "value", f"{field}__{other}"))
        if isinstance(value, ast.Tuple):
            for element in value.elts:
                assert isinstance(element, ast.Constant)
                assert isinstance(element.value, str)
                turned = element.value[1:] if element.value.startswith("-") else f"-{element.value}"
                yield Edit(f"{element.value} turned", _setting(element, "value", turned))
                if len(value.elts) > 1:
                    yield Edit(f"without {element.value}", _removal(value.elts, element))


def statements(site: Site) -> Iterator[Edit]:
    """A statement of a function that is gone: a check, most of them."""
    if not isinstance(site.node, ast.FunctionDef | ast.With | ast.If | ast.For) or "__init__" in site.scope:
        return
    if not site.scope or site.scope[-1].endswith("Repository"):
        return
    for statement in site.node.body:
        if isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant):
            yield Edit(f"without `{ast.unparse(statement)}`", _exchange(site.node.body, statement, ast.Pass()))


def permissions(site: Site) -> Iterator[Edit]:
    """A permission that is another one."""
    if isinstance(site.node, ast.Constant) and isinstance(site.node.value, str) and len(site.scope) > 1:
        app, dot, rest = site.node.value.partition(".")
        action, _, model = rest.partition("_")
        if dot and action in _OTHER_ACTION:
            other = f"{app}.{_OTHER_ACTION[action]}_{model}"
            yield Edit(f"{other} for {site.node.value}", _setting(site.node, "value", other))


def actors(site: Site) -> Iterator[Edit]:
    """Everybody's rows for one's own, and an owner who is somebody else."""
    if isinstance(site.node, ast.Assign) and _name(site.node.targets[0]) == "visible_to":
        yield Edit("sees all rows", _setting(site.node, "value", ast.Constant(None)))
        yield Edit("sees its own rows only", _setting(site.node, "value", _expression("actor.user_id")))
    if isinstance(site.node, ast.Assign) and ast.unparse(site.node.value) == "actor.user_id":
        yield Edit("somebody else owns it", _setting(site.node, "value", _expression("actor.user_id + 1")))
    if isinstance(site.node, ast.Call) and _name(site.node.func) == "require_owner":
        yield Edit("asks for the permission only", _exchange(site.node.args, site.node.args[0], ast.Constant(-1)))


def pages(site: Site) -> Iterator[Edit]:
    """A list that does not do what its query says."""
    if not (isinstance(site.node, ast.FunctionDef) and site.node.name == "page" and len(site.scope) > 1):
        return
    entity = site.scope[0].removesuffix("Service")
    for call in (node for node in ast.walk(site.node) if isinstance(node, ast.Call) and node.args):
        if _name(call.func) != "page":
            continue
        query = call.args[0]
        for wrong in (
            f"{entity}Query()",
            "query.model_copy(update={'cursor': None})",
            "query.model_copy(update={'limit': 1})",
            f"query.model_copy(update={{'order_by': {entity}Query().order_by}})",
        ):
            yield Edit(f"{wrong} for the query", _exchange(call.args, query, _expression(wrong)))


def values(site: Site) -> Iterator[Edit]:
    """A value that is not stored, a version that is not compared."""
    if not isinstance(site.node, ast.Call):
        return
    for keyword in site.node.keywords:
        if _name(site.node.func).endswith("Changes"):
            label = f"{keyword.arg} is not changed"
            yield Edit(label, _setting(keyword, "value", ast.Name("MISSING")))
        if ast.unparse(keyword) in ("version=expected_version", "expected_version=if_match(request)"):
            yield Edit("compares no version", _setting(keyword, "value", ast.Constant(None)))


def conditions(site: Site) -> Iterator[Edit]:
    """A condition the other way round."""
    if isinstance(site.node, ast.If):
        yield Edit(
            f"not ({ast.unparse(site.node.test)})", _setting(site.node, "test", ast.UnaryOp(ast.Not(), site.node.test))
        )


def routes(site: Site) -> Iterator[Edit]:
    """An endpoint that is public or is not, that has another status, or that is not there."""
    if not isinstance(site.node, ast.FunctionDef):
        return
    for decorator in site.node.decorator_list:
        if not (isinstance(decorator, ast.Call) and ast.unparse(decorator.func).startswith("router.")):
            continue
        auth = [keyword for keyword in decorator.keywords if keyword.arg == "auth"]
        if auth:
            yield Edit("is not public", _removal(decorator.keywords, auth[0]))
        else:
            public = ast.keyword("auth", _expression("__import__('django_layers.api').api.public"))
            yield Edit("is public", _appending(decorator.keywords, public))
        for node in ast.walk(decorator):
            if isinstance(node, ast.Constant) and node.value in (201, 204):
                yield Edit(f"answers with 200, not {node.value}", _setting(node, "value", 200))
        yield Edit("is not there", _removal(site.node.decorator_list, decorator))


def uploads(site: Site) -> Iterator[Edit]:
    """A file of any size and kind."""
    if isinstance(site.node, ast.keyword) and site.node.arg == "images_only":
        assert isinstance(site.node.value, ast.Constant)
        other = not site.node.value.value
        yield Edit(f"images_only={other}", _setting(site.node, "value", ast.Constant(other)))
    if isinstance(site.node, ast.keyword) and site.node.arg == "max_size":
        yield Edit("any size", _setting(site.node, "value", ast.Constant(2**60)))


RULES: dict[str, tuple[Rule, ...]] = {
    "schemas/{}.py": (
        limits_of_fields,
        fields_of_requests,
        defaults_of_requests,
        settable_fields,
        leaking_fields,
        fields_of_responses,
        fields_of_queries,
        unknown_names,
    ),
    "models/{}.py": (constraints, columns),
    "repositories/orm/{}.py": (declarations, statements),
    "services/{}.py": (statements, permissions, actors, pages, values, conditions),
    "api/{}.py": (statements, values, routes, uploads),
}


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _expression(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def _fields(node: ast.ClassDef) -> list[ast.AnnAssign]:
    return [statement for statement in node.body if isinstance(statement, ast.AnnAssign)]


def _is_schema(node: ast.AST, *kinds: str) -> TypeIs[ast.ClassDef]:
    return isinstance(node, ast.ClassDef) and node.name.endswith(kinds)


def _aliases(name: str) -> tuple[str, ...]:
    camel = "".join(part.capitalize() for part in name.split("_"))
    return (camel, f"{camel.removesuffix('Ids')}s")


def _constant_of(call: ast.AST, name: str) -> object:
    assert isinstance(call, ast.Call)
    return next(ast.literal_eval(keyword.value) for keyword in call.keywords if keyword.arg == name)


def _setting(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _removal(nodes: list, node: ast.AST) -> Callable[[], None]:
    return lambda: nodes.remove(node)


def _appending(nodes: list, node: ast.AST) -> Callable[[], None]:
    return lambda: nodes.append(node)


def _exchange(nodes: list, node: ast.AST, other: ast.AST) -> Callable[[], None]:
    def exchange() -> None:
        nodes[nodes.index(node)] = other

    return exchange
