"""The golden project, as renames and removals of its fields see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.renaming.entities import with_renamed_fields, without_fields
from django_layers.scaffold.renaming.forms import forms_of
from django_layers.scaffold.renaming.index import Index
from django_layers.scaffold.renaming.roles import Roles
from django_layers.scaffold.renaming.subject import GeneratedModule, removal, renaming
from django_layers.scaffold.rendering.render import Rendered, render_entity
from tests.scaffold.assembly import App, project_layout
from tests.scaffold.entities import PANTRY_APP, RECIPES_APP

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LAYOUT = project_layout(GOLDEN)


@dataclass(frozen=True)
class Rendering:
    """One generated file with the old names and with the new ones."""

    path: PurePosixPath
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Renamed:
    """A rename of fields of a golden entity."""

    roles: Roles
    files: tuple[Rendering, ...]


def read(path: PurePosixPath) -> bytes | None:
    """Return a file of the golden project."""
    place = GOLDEN / path
    return place.read_bytes() if place.is_file() else None


def index(files: Mapping[str, str] | None = None) -> Index:
    """Return the modules of the golden project, with others on top."""
    on_top = {PurePosixPath(path): text.encode() for path, text in (files or {}).items()}
    return Index((PurePosixPath(),), lambda path: on_top.get(path) or read(path), MODELS)


def rename(entity: EntitySpec, files: Mapping[str, str] | None = None, **renames: str) -> Renamed:
    """Rename fields of a golden entity."""
    app = entity.app_label
    after = with_renamed_fields(entity, renames, user_model="auth.User")
    both = list(zip(_rendered(app, entity), _rendered(app, after), strict=True))
    own = index(files)
    modules = [_module(own, old, new.text) for old, new in both]
    subject = renaming(MODELS[f"{entity.app_label}.{entity.name}"], modules, forms_of(entity, after))
    renderings = (
        Rendering(old.path, module.name, old.text, new.text) for module, (old, new) in zip(modules, both, strict=True)
    )
    return Renamed(Roles(subject, own, {}), tuple(renderings))


def remove(entity: EntitySpec, *names: str, files: Mapping[str, str] | None = None) -> Roles:
    """Remove fields of a golden entity."""
    app = entity.app_label
    after = without_fields(entity, names)
    new = {each.path: each.text for each in _rendered(app, after)}
    own = index(files)
    modules = [_module(own, old, new.get(old.path, "")) for old in _rendered(app, entity)]
    return Roles(removal(MODELS[f"{entity.app_label}.{entity.name}"], modules, names), own, {})


def _module(own: Index, old: Rendered, after: str) -> GeneratedModule:
    return GeneratedModule(own.name_of(old.path), old.text, after, is_whole=old.kind == "whole")


@cache
def _rendered(app_label: str, entity: EntitySpec) -> tuple[Rendered, ...]:
    app = next(each for each in _APPS if each.layout.label == app_label)
    return render_entity(entity, app.layout, LAYOUT, app.targets)


def _models(apps: Iterable[App]) -> dict[str, str]:
    found = {}
    for app in apps:
        for entity in app.entities:
            module = app.layout.module("models", Name(entity.name, entity.plural).snake)
            found[f"{app.layout.label}.{entity.name}"] = f"{module}.{entity.name}"
    return found


_APPS = (RECIPES_APP, PANTRY_APP)
MODELS = _models(_APPS)
