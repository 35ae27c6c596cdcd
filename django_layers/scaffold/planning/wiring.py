"""The edits that make a project know an app: its settings, its root urls, its API object, its tools."""

import ast

from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.installed_apps import add_installed_app
from django_layers.scaffold.edits.mount_api import mount_api
from django_layers.scaffold.edits.outcome import Done
from django_layers.scaffold.edits.routers import add_router
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.tool_configuration import MYPY, PYTEST, configured_in, lines_for
from django_layers.scaffold.rendering.artifacts import LAST_RANK
from django_layers.scaffold.rendering.render import Rendered, RouterLine

__all__ = ["add_router_line", "bound_names", "install", "mount", "place_project_file"]

_SETTINGS_RANK = LAST_RANK + 10
_URLS_RANK = LAST_RANK + 20
_TOOLS = {"pytest.ini": PYTEST, "mypy.ini": MYPY}
# What the rest of the generated code expects of the files that a project may have had before.
_EXPECTED = {"actors.py": {"Actor", "UserId", "actor_of"}, "api.py": {"api"}}


def install(draft: Draft, project: Project, app: AppLayout) -> tuple[str, ...]:
    """Add what is not installed yet to INSTALLED_APPS: django-ninja, for its docs page, and the app.

    Returns:
        The entries that were added.
    """
    file = project.settings_file
    entries = {"ninja": "ninja", app.label: app.package}
    missing = [entry for label, entry in entries.items() if label not in project.installed]
    if file is None:
        draft.notices += (f'Add "{entry}" to INSTALLED_APPS: the settings are not below the root.' for entry in missing)
        return ()
    draft.keep(file)
    added = []
    for entry in missing:
        outcome = add_installed_app(draft.read(file) or b"", entry, quote=project.layout.quote)
        draft.edit(file, outcome, rank=_SETTINGS_RANK)
        added += [entry] if isinstance(outcome, Done) else []
    return tuple(added)


def mount(draft: Draft, project: Project) -> None:
    """Mount the API in the root urls."""
    layout, file = project.layout, project.urls_file
    outcome = mount_api(
        draft.read(file) or b"",
        import_module=f"{layout.package}.api",
        prefix=layout.api_prefix,
        first_party=project.first_party,
        line_length=layout.line_length,
        quote=layout.quote,
    )
    draft.edit(file, outcome, rank=_URLS_RANK)


def add_router_line(draft: Draft, project: Project, line: RouterLine) -> None:
    """Add a router to the API object of the project, or to the router of an app."""
    names, alias = ((line.name,), line.alias or None)
    outcome = add_router(
        draft.read(line.path) or b"",
        target=line.target,
        prefix=line.prefix,
        router_expression=line.expression,
        import_=ImportRequest(line.module, names, alias),
        first_party=project.first_party,
        line_length=project.layout.line_length,
        quote=project.layout.quote,
    )
    draft.edit(line.path, outcome, rank=line.rank)


def place_project_file(draft: Draft, rendered: Rendered) -> None:
    """Decide on one of the files that are written once into a project and are its own from then on."""
    path = rendered.path
    tool = _TOOLS.get(str(path))
    existing = configured_in(tool, draft.root) if tool is not None else None
    if tool is not None and existing is not None and existing != draft.root / path:
        lines = lines_for(tool, existing, rendered.text)
        if lines:
            draft.notices.append(f"{existing} configures {tool.name} already. Let it say this too:\n\n{lines}")
        return
    content = draft.read(path)
    missing = _EXPECTED.get(path.name, set()) - bound_names(content or b"")
    if content is None or path in draft.decisions.force:
        draft.write(path, rendered.text.encode(), rank=rendered.rank)
    elif missing:
        names = ", ".join(sorted(missing))
        draft.conflict(path, f"It is there already, but does not define {names}, which generated code imports from it.")
    elif path.name == "api.py" and _is_plain_api(content):
        draft.conflict(
            path,
            "It is there already, and its api is a NinjaAPI, which asks nobody who they are and answers the errors of "
            "services with 500. Write api = LayersAPI(auth=SessionAuthentication()), both from django_layers.api.",
        )
    else:
        draft.keep(path)


def _is_plain_api(source: bytes) -> bool:
    """Return whether the API object of a module is one of django-ninja's own."""
    body = ast.parse(source).body
    plain = {"ninja.NinjaAPI"}
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module in ("ninja", "ninja.main") and node.level == 0:
            plain |= {alias.asname or alias.name for alias in node.names if alias.name == "NinjaAPI"}
    values = [
        node.value
        for node in body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id == "api"
    ]
    return any(isinstance(value, ast.Call) and ast.unparse(value.func) in plain for value in values)


def bound_names(source: bytes) -> frozenset[str]:
    """Return the names that a module binds at its top level; none where it can't be parsed."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return frozenset()
    names: set[str] = set()
    for node in body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                names |= {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
            case ast.Assign() | ast.AnnAssign() | ast.If() | ast.Try():
                stored = (item for item in ast.walk(node) if isinstance(item, ast.Name))
                names |= {item.id for item in stored if isinstance(item.ctx, ast.Store)}
    return frozenset(names)
