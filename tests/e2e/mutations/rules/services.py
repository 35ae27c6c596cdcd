"""Ways to get the rules of a service wrong, and calls of services."""

import ast
from collections.abc import Iterator

from tests.e2e.mutations.mutation import Edit, Site
from tests.e2e.mutations.rules.edits import exchange, expression, name_of, setting

_OTHER_ACTION = {"view": "change", "add": "change", "change": "delete", "delete": "change"}


def statements(site: Site) -> Iterator[Edit]:
    """A statement of a function that is gone: a check, most of them."""
    if not isinstance(site.node, ast.FunctionDef | ast.With | ast.If | ast.For) or "__init__" in site.scope:
        return
    if not site.scope or site.scope[-1].endswith("Repository"):
        return
    for statement in site.node.body:
        if isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant):
            yield Edit(f"without `{ast.unparse(statement)}`", exchange(site.node.body, statement, ast.Pass()))


def permissions(site: Site) -> Iterator[Edit]:
    """A permission that is another one."""
    if isinstance(site.node, ast.Constant) and isinstance(site.node.value, str) and len(site.scope) > 1:
        app, dot, rest = site.node.value.partition(".")
        action, _, model = rest.partition("_")
        if dot and action in _OTHER_ACTION:
            other = f"{app}.{_OTHER_ACTION[action]}_{model}"
            yield Edit(f"{other} for {site.node.value}", setting(site.node, "value", other))


def actors(site: Site) -> Iterator[Edit]:
    """Everybody's rows for one's own, and an owner who is somebody else."""
    if isinstance(site.node, ast.Assign) and name_of(site.node.targets[0]) == "visible_to":
        yield Edit("sees all rows", setting(site.node, "value", ast.Constant(None)))
        yield Edit("sees its own rows only", setting(site.node, "value", expression("actor.user_id")))
    if isinstance(site.node, ast.Assign) and ast.unparse(site.node.value) == "actor.user_id":
        yield Edit("somebody else owns it", setting(site.node, "value", expression("actor.user_id + 1")))
    if isinstance(site.node, ast.Call) and name_of(site.node.func) == "require_owner":
        yield Edit("asks for the permission only", exchange(site.node.args, site.node.args[0], ast.Constant(-1)))


def pages(site: Site) -> Iterator[Edit]:
    """A list that does not do what its query says."""
    if not (isinstance(site.node, ast.FunctionDef) and site.node.name == "page" and len(site.scope) > 1):
        return
    entity = site.scope[0].removesuffix("Service")
    for call in (node for node in ast.walk(site.node) if isinstance(node, ast.Call) and node.args):
        if name_of(call.func) != "page":
            continue
        query = call.args[0]
        for wrong in (
            f"{entity}Query()",
            "query.model_copy(update={'cursor': None})",
            "query.model_copy(update={'limit': 1})",
            f"query.model_copy(update={{'order_by': {entity}Query().order_by}})",
        ):
            yield Edit(f"{wrong} for the query", exchange(call.args, query, expression(wrong)))


def values(site: Site) -> Iterator[Edit]:
    """A value that is not stored, a version that is not compared."""
    if not isinstance(site.node, ast.Call):
        return
    for keyword in site.node.keywords:
        if name_of(site.node.func).endswith("Changes"):
            label = f"{keyword.arg} is not changed"
            yield Edit(label, setting(keyword, "value", ast.Name("MISSING")))
        if ast.unparse(keyword) in ("version=expected_version", "expected_version=if_match(request)"):
            yield Edit("compares no version", setting(keyword, "value", ast.Constant(None)))


def conditions(site: Site) -> Iterator[Edit]:
    """A condition the other way round."""
    if isinstance(site.node, ast.If):
        yield Edit(
            f"not ({ast.unparse(site.node.test)})", setting(site.node, "test", ast.UnaryOp(ast.Not(), site.node.test))
        )
