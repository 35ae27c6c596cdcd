"""What gathers the parts of a project, without the parts that a plan does not reach: api packages, composition roots."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django_layers.scaffold.planning.reach.endpoints import adds_endpoints
from django_layers.scaffold.planning.reach.importing import absolute
from django_layers.scaffold.planning.reach.modules import Modules, UnknowableError
from django_layers.scaffold.planning.reach.reached import Reached, reached
from django_layers.scaffold.planning.reach.relations import leading_to, naming
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.project.discovery import Project

__all__ = ["Reach", "reach_of", "without"]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a plan makes a difference to.

    Attributes:
        modules: the modules that load otherwise than before; None where that can't be known.
        lighter: by its path, each module that gathers the parts of the project, without the parts that load as before.
    """

    modules: frozenset[str] | None = None
    lighter: Mapping[PurePosixPath, bytes] = field(default_factory=dict)


def reach_of(plan: Plan, project: Project) -> Reach:
    """Return what a plan makes a difference to, and what gathers the parts of the project without all the rest.

    Nothing is left out that imports what the plan writes, directly or through others, or that names a relation which
    leads to a model that it writes. Where that can't be known, or the plan writes more than modules of apps, nothing is
    left out at all; nor where it adds an endpoint, which may be the same as any other of the API.

    Args:
        plan: the plan.
        project: the project as it is.

    """
    written = [change for change in plan.writes if change.path.suffix == ".py"]
    if not all(any(change.path.is_relative_to(app.path) for app in project.apps) for change in written):
        return Reach()
    try:
        modules = Modules(project, plan)
        loaded = [change for change in written if not modules.is_test(str(change.path))]
        changed = {modules.name_of(str(change.path)) for change in loaded}
        found = reached(modules, {*changed, *naming(modules, leading_to(changed))})
        if any(adds_endpoints(change.before, change.after) for change in loaded):
            return Reach(frozenset(found))
        gathering = [name for name in _gathering(project, found) if name in modules.contents]
        lighter = {name: _lighter(name, modules, found, project) for name in gathering if not modules.is_planned(name)}
    except (UnknowableError, SyntaxError, ValueError):
        return Reach()
    texts = {modules.path_of(name): text.encode() for name, text in lighter.items() if text is not None}
    return Reach(frozenset(found), texts)


def _gathering(project: Project, found: Reached) -> Iterator[str]:
    yield f"{project.layout.package}.api"
    for app in project.apps:
        yield from (name for name in (f"{app.package}.api", f"{app.package}.dependencies") if name in found)


def _lighter(name: str, modules: Modules, found: Reached, project: Project) -> str | None:
    package = modules.package_of(name)
    apps = tuple(f"{app.package}." for app in project.apps)

    def is_unreached(module: str) -> bool:
        return module in modules.contents and module not in found and f"{module}.".startswith(apps)

    def leaves_out(node: ast.ImportFrom, alias: ast.alias) -> bool:
        base = absolute(node, package)
        inner = f"{base}.{alias.name}"
        return is_unreached(inner if inner in modules.contents else base)

    return without(modules.tree(name), leaves_out)


def without(tree: ast.Module, leaves_out: Callable[[ast.ImportFrom, ast.alias], bool]) -> str | None:
    """Return a module without some imports, and without the calls and functions that need them when it is loaded.

    Args:
        tree: the module.
        leaves_out: tells whether a name that is imported is left out.

    Returns:
        The module; None where there is nothing to leave out, or something else needs it.
    """
    gone: set[str] = set()
    kept: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom):
            out = [alias for alias in statement.names if leaves_out(statement, alias)]
            gone |= {alias.asname or alias.name for alias in out}
            names = [alias for alias in statement.names if alias not in out]
            if out and names:
                kept.append(ast.ImportFrom(statement.module, names, statement.level))
            elif names:
                kept.append(statement)
        elif not gone & _read_when_loaded(statement):
            kept.append(statement)
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            gone.add(statement.name)
        elif not isinstance(statement, ast.Expr):
            return None
    return ast.unparse(ast.Module(kept, [])) if gone else None


def _read_when_loaded(statement: ast.stmt) -> set[str]:
    """Return the names that a statement reads when its module is loaded: of a function, not those in its body."""
    nodes: list[ast.AST] = [statement]
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        nodes = [*statement.decorator_list, statement.args, *([statement.returns] if statement.returns else [])]
    return {each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name)}
