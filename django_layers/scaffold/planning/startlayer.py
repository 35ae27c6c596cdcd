"""The plan of `startlayer`: a new layered app, or the layers of an app that exists."""

import importlib.util
import keyword
from dataclasses import replace
from pathlib import PurePosixPath

from django_layers.scaffold.edits.members import add_members
from django_layers.scaffold.edits.outcome import Cannot
from django_layers.scaffold.planning.agents import place_agents
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.split import split_module
from django_layers.scaffold.planning.started import keep_ledgers
from django_layers.scaffold.planning.verify import verify
from django_layers.scaffold.planning.wiring import add_router_line, bound_names, install, mount, place_project_file
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.project.apps import rival_modules
from django_layers.scaffold.project.discovery import Project, new_app
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.stubs import STUB_NAMES, is_stub
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.rendering.artifacts import APP
from django_layers.scaffold.rendering.format import format_rendered
from django_layers.scaffold.rendering.render import Rendered, app_router_line, render_app, render_project

__all__ = ["plan_startlayer"]

_RANKS = {artifact.layer: artifact.rank for artifact in APP}


def plan_startlayer(
    project: Project,
    name: str,
    *,
    path: str | None = None,
    split: bool = False,
    agents: bool = False,
    force: frozenset[PurePosixPath] = frozenset(),
) -> Plan:
    """Plan a layered app.

    Args:
        project: the project as it is.
        name: the label of the app, or the dotted package of a new one.
        path: the folder that a new app goes into, relative to the root; None for the one of the project's package.
        split: whether layers that are single modules become packages.
        agents: whether `AGENTS.md` gets its section about layers; one that is there is kept up to date anyway.
        force: files that may be overwritten whatever is in them, relative to the root.

    Raises:
        InvalidRequest: there can be no such app.
        NotImportable: its folder is not on the import path.
        UnboundNames: a planned file is wrong, which is a defect.
    """
    draft = Draft(project.layout.root, Decisions(force=force))
    app = _app(project, name, path)
    if split:
        app = _split(draft, app)
    project = replace(project, first_party=project.first_party | {app.package.partition(".")[0]})
    texts = format_rendered((*render_project(project.layout), *render_app(app, project.layout)), project.layout)
    for rendered in texts:
        if rendered.layer == "project":
            place_project_file(draft, rendered)
        else:
            place_app_file(draft, rendered, project)
    _replace_stubs(draft, app)
    add_router_line(draft, project, app_router_line(app, project.layout))
    installed = install(draft, project, app)
    mount(draft, project)
    place_agents(draft, wanted=agents)
    keep_ledgers(draft, project, app, texts, installed=installed)
    plan = draft.plan()
    verify(plan)
    return plan


def place_app_file(draft: Draft, rendered: Rendered, project: Project) -> None:
    """Decide on a file that an app has before its first entity: what is there already is only added to."""
    path, text = rendered.path, rendered.text.encode()
    content = draft.read(path)
    if content is None or path in draft.decisions.force:
        draft.write(path, text, rank=rendered.rank)
        return
    if path.name == "apps.py" or not content.strip():
        draft.keep(path)
        return
    outcome = add_members(content, text, first_party=project.first_party, line_length=project.layout.line_length)
    if isinstance(outcome, Cannot) and bound_names(text) <= bound_names(content):
        draft.keep(path)  # The app's own version of what is needed.
    else:
        draft.edit(path, outcome, rank=rendered.rank)


def _app(project: Project, name: str, path: str | None) -> AppLayout:
    label = name.rpartition(".")[2]
    problems = [
        f"{part!r} can't be part of the name of a package: it must be an identifier and no keyword."
        for part in name.split(".")
        if not part.isidentifier() or keyword.iskeyword(part)
    ]
    if problems:
        raise InvalidRequest(problems)
    installed = project.app(label)
    app = installed if installed is not None else new_app(project, name, path=path)
    if installed is not None and name not in (label, installed.package):
        problems.append(f"There is an app with the label {label} already: {installed.package}.")
    if installed is None and label in project.installed:
        problems.append(f"{project.installed[label]} has the label {label} already, and is not of this project.")
    if app.package == project.layout.package:
        problems.append(f"{app.package} is the package of the project, whose api.py is not that of an app.")
    if installed is None and not (project.layout.root / app.path).exists() and _is_importable(app.package):
        problems.append(f"There is a module {app.package} already, which an app of this name would hide.")
    problems += [
        f"{module} is hidden by the package of the same name: move what it holds there, and delete it."
        for module in rival_modules(project.layout.root, app)
    ]
    if problems:
        raise InvalidRequest(problems)
    return app


def _split(draft: Draft, app: AppLayout) -> AppLayout:
    for layer in sorted(app.single_modules):
        module = app.path / f"{layer}.py"
        split_module(draft, module, app.path / layer / "__init__.py", rank=_RANKS[layer])
    if app.tests != "tests":
        split_module(draft, app.path / "tests.py", app.path / "tests" / "test_app.py", rank=_RANKS["tests"])
    return replace(app, single_modules=frozenset(), tests="tests")


def _replace_stubs(draft: Draft, app: AppLayout) -> None:
    """Delete what `startapp` wrote and nobody touched; the packages of the same names are there by then."""
    for name in STUB_NAMES:
        if is_stub(draft.root / app.path / name):
            draft.delete(app.path / name, rank=max(_RANKS.values()))


def _is_importable(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ImportError:
        return False
