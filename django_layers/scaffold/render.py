"""Templates and views in, files out: pure text, not formatted yet (`format.format_rendered` does all files in one batch)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from django_layers.scaffold.artifacts import APP, ENTITY, PROJECT, Artifact, Kind
from django_layers.scaffold.layout import AppLayout, ProjectLayout, Target
from django_layers.scaffold.spec import EntitySpec

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


def render_app(app: AppLayout, project: ProjectLayout) -> tuple[Rendered, ...]:
    """Render what an app has before its first entity."""


def render_entity(
    entity: EntitySpec, app: AppLayout, project: ProjectLayout, targets: Mapping[str, Target]
) -> tuple[Rendered, ...]:
    """Render an entity through its layers and its tests, in the order of writing.

    Args:
        entity: what to render; `entity.layers` says which layers, all where it is empty.
        app: where the app keeps things.
        project: where the project keeps things.
        targets: the models that the entity refers to, by label ("recipes.Recipe"); its own label is not needed.
    """


def entity_exports(entity: EntitySpec, app: AppLayout) -> tuple[Export, ...]:
    """Return what `models/__init__.py` re-exports for an entity; nothing where models are a single module."""


def entity_router_lines(entity: EntitySpec, app: AppLayout) -> tuple[RouterLine, ...]:
    """Return the line of an entity in its app's `api/__init__.py`; nothing where the api is a single module.

    In a single module the endpoints stand on the app's own `router`, so there is nothing to add.
    """


def app_router_line(app: AppLayout, project: ProjectLayout) -> RouterLine:
    """Return the line of an app in the project's `api.py`."""
