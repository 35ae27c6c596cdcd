"""Templates and views in, files out: pure text, not formatted yet (`format.format_rendered` does all files in one batch)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.project.layout import AppLayout, ProjectLayout, Target
from django_layers.scaffold.rendering.artifacts import APP, ENTITY, PROJECT, Artifact, Kind
from django_layers.scaffold.rendering.environment import Templates, bound
from django_layers.scaffold.rendering.views.app import app_view
from django_layers.scaffold.rendering.views.entity import EntityView
from django_layers.scaffold.rendering.views.entity_builder import entity_view
from django_layers.scaffold.rendering.views.known import known_names
from django_layers.scaffold.rendering.views.tests import view_of_tests

__all__ = [
    "Export",
    "Rendered",
    "RouterLine",
    "app_router_line",
    "entity_exports",
    "entity_router_lines",
    "render_app",
    "render_entity",
    "render_project",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The text of one file, or of the members that go into a file of many entities.

    Attributes:
        path: the file, relative to the project's root.
        text: the text; a complete little module for a fragment too.
        kind: "whole" for a file of its own; "fragment" for members to add with `edits.members.add_members`.
        layer: the layer that it belongs to, "project", "app" or "tests".
        rank: its place in the order of writing, lowest first.
    """

    path: PurePosixPath
    text: str
    kind: Kind
    layer: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Names that a package re-exports: for `edits.exports.add_export(source, module=..., names=...)`.

    Attributes:
        path: the file that re-exports them, relative to the project's root.
        module: the module that defines them, dotted and absolute.
        names: the names.
        rank: its place in the order of writing.
    """

    path: PurePosixPath
    module: str
    names: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterLine:
    """One `target.add_router(prefix, expression)`, for `edits.routers.add_router`.

    Attributes:
        path: the file, relative to the project's root.
        target: the name of what gets the router in that file, "router" or "api".
        prefix: the prefix of the routes, "/ratings", or "".
        expression: what is added, "rating.router" or "recipes_router".
        module: `from module import name [as alias]` binds the first name of the expression.
        name: see module.
        alias: see module; empty for none.
        rank: its place in the order of writing.
    """

    path: PurePosixPath
    target: str
    prefix: str
    expression: str
    module: str
    name: str
    alias: str = ""
    rank: int


def render_project(project: ProjectLayout) -> tuple[Rendered, ...]:
    """Render what is written once into a project: `actors.py`, `api.py`, `pytest.ini` and `mypy.ini`."""
    templates = Templates(project.root)
    settings_module = project.settings_module or f"{project.package}.settings"
    sources = str(project.package_path).removesuffix(project.package.replace(".", "/")).rstrip("/")
    found = []
    for artifact in PROJECT:
        folder = project.package_path if artifact.path.startswith("{package}/") else PurePosixPath()
        text = templates.render(artifact.template, project=project, settings_module=settings_module, sources=sources)
        path = folder / artifact.path.removeprefix("{package}/")
        found.append(Rendered(path=path, text=text, kind="whole", layer=artifact.layer, rank=artifact.rank))
    return tuple(found)


def render_app(app: AppLayout, project: ProjectLayout) -> tuple[Rendered, ...]:
    """Render what an app has before its first entity."""
    templates = Templates(project.root)
    view = app_view(app, project)
    found = []
    for artifact in APP:
        path, kind = artifact.place(app)
        text = templates.render(artifact.template, app=view, project=project)
        found.append(Rendered(path=path, text=text, kind=kind, layer=artifact.layer, rank=artifact.rank))
    return tuple(found)


def render_entity(
    entity: EntitySpec,
    app: AppLayout,
    project: ProjectLayout,
    targets: Mapping[str, Target],
    *,
    present: frozenset[str] = frozenset(),
) -> tuple[Rendered, ...]:
    """Render an entity through its layers and its tests, in the order of writing.

    Args:
        entity: what to render; `entity.layers` says which layers, all where it is empty.
        app: where the app keeps things.
        project: where the project keeps things.
        targets: the models that the entity refers to, by label ("recipes.Recipe"); its own label is not needed.
        present: the layers that the entity has already, whether they are rendered again or not.
    """
    templates = Templates(project.root)
    view = entity_view(entity, app, project, targets)
    tests, known = view_of_tests(view), known_names(view)
    found = []
    for artifact in ENTITY:
        if not _is_wanted(artifact, view, present):
            continue
        path, kind = artifact.place(app, view.name.snake)
        text = templates.render(artifact.template, view=view, tests=tests)
        siblings = _siblings(artifact, view)
        text = bound(text, known, here=_module(path, app), siblings=siblings, template=artifact.template)
        found.append(Rendered(path=path, text=text, kind=kind, layer=artifact.layer, rank=artifact.rank))
    return tuple(found)


def entity_exports(entity: EntitySpec, app: AppLayout) -> tuple[Export, ...]:
    """Return what `models/__init__.py` re-exports for an entity; nothing where its models are not asked for, or a module."""
    if entity.model is not None or "models" in app.single_modules or not _has_layer(entity, "models"):
        return ()
    module = app.module("models", Name(entity.name, entity.plural).snake)
    path = app.path / "models" / "__init__.py"
    return (Export(path=path, module=module, names=(entity.name,), rank=18),)


def entity_router_lines(entity: EntitySpec, app: AppLayout) -> tuple[RouterLine, ...]:
    """Return the line of an entity in its app's `api/__init__.py`; nothing where the api is a single module.

    In a single module the endpoints stand on the app's own `router`, so there is nothing to add; nor is there where no
    endpoints are asked for.
    """
    if "api" in app.single_modules or not _has_layer(entity, "api"):
        return ()
    name = Name(entity.name, entity.plural)
    line = RouterLine(
        path=app.path / "api" / "__init__.py",
        target="router",
        prefix=f"/{name.route}",
        expression=f"{name.snake}.router",
        module=f"{app.package}.api",
        name=name.snake,
        rank=85,
    )
    return (line,)


def app_router_line(app: AppLayout, project: ProjectLayout) -> RouterLine:
    """Return the line of an app in the project's `api.py`."""
    return RouterLine(
        path=project.package_path / "api.py",
        target="api",
        prefix="",
        expression=f"{app.label}_router",
        module=f"{app.package}.api",
        name="router",
        alias=f"{app.label}_router",
        rank=92,
    )


def _is_wanted(artifact: Artifact, view: EntityView, present: frozenset[str]) -> bool:
    if artifact.layer == "types" and not view.enumerations:
        return False
    if artifact.layer == "models" and view.spec.model is not None:
        return False
    if artifact.needs and artifact.needs not in present and not _has_layer(view.spec, artifact.needs):
        return False
    return _has_layer(view.spec, artifact.layer)


def _has_layer(entity: EntitySpec, layer: str) -> bool:
    return not entity.layers or layer in entity.layers


def _module(path: PurePosixPath, app: AppLayout) -> str:
    """Return the dotted name of a module of the app."""
    return ".".join([app.package, *path.relative_to(app.path).with_suffix("").parts])


def _siblings(artifact: Artifact, view: EntityView) -> frozenset[str]:
    """Return the names that other members of the same file bind."""
    if artifact.template == "entity/dependencies.py":
        return frozenset(service.provider for service in view.services)
    if artifact.template == "entity/tests/memory.py":
        return frozenset(service.memory for service in view.services)
    return frozenset({"router"}) if artifact.layer == "api" and "api" in view.app.single_modules else frozenset()
