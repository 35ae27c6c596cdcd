"""Whole projects out of rendered entities, without the planner: what the golden files and the end-to-end runs share."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from django_layers.scaffold.edits.exports import add_export
from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.members import add_members
from django_layers.scaffold.edits.outcome import AlreadyThere, Done, Outcome
from django_layers.scaffold.edits.routers import add_router
from django_layers.scaffold.language.derived import owner_field
from django_layers.scaffold.language.fields import is_private
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.project.layout import AppLayout, KeyType, ProjectLayout, Target
from django_layers.scaffold.rendering.format import format_rendered
from django_layers.scaffold.rendering.render import (
    Rendered,
    RouterLine,
    app_router_line,
    entity_exports,
    entity_router_lines,
    render_app,
    render_entity,
    render_project,
)
from django_layers.scaffold.rendering.views.references import label_of, own_key

__all__ = ["App", "assemble_project", "project_layout", "target_of"]

_SETTINGS = """\
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "for tests"
DEBUG = True
ALLOWED_HOSTS = ["*"]
USE_TZ = True
ROOT_URLCONF = "{package}.urls"
STATIC_URL = "static/"
MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "media/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_layers",
    "ninja",
{apps}
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}}}
"""

_URLS = """\
from django.urls import path

from {package}.api import api

urlpatterns = [
    path("api/", api.urls),
]
"""

_MANAGE = """\
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{package}.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
"""


@dataclass(frozen=True)
class App:
    """An app with its entities, those that are referred to first."""

    layout: AppLayout
    entities: tuple[EntitySpec, ...]
    targets: Mapping[str, Target] = field(default_factory=dict)


def project_layout(root: Path) -> ProjectLayout:
    """Return the layout of a project that is called MealGenie."""
    return ProjectLayout(
        root=root,
        package="mealgenie",
        package_path=PurePosixPath("mealgenie"),
        title="MealGenie",
        api_prefix="api/",
        user_model="auth.User",
        user_key=KeyType("int"),
    )


def target_of(entity: EntitySpec, app: AppLayout, fields: Mapping[str, KeyType] | None = None) -> Target:
    """Return an entity as others refer to it."""
    owner = owner_field(entity)
    return Target(
        label=label_of(entity),
        entity=entity.name,
        key=own_key(entity),
        model_module=f"{app.package}.models",
        layered=True,
        app=app,
        fields=fields or {},
        owner=owner.name if owner is not None and is_private(owner) else "",
    )


def assemble_project(root: Path, *apps: App) -> ProjectLayout:
    """Write a whole project with these apps into an empty folder."""
    project = project_layout(root)
    files = _Files(root, first_party=frozenset({project.package, *(app.layout.package.split(".")[0] for app in apps)}))
    installed = "\n".join(f'    "{app.layout.package}",' for app in apps)
    for name, text in {"settings": _SETTINGS, "urls": _URLS, "__init__": ""}.items():
        files.write(project.package_path / f"{name}.py", text.format(package=project.package, apps=installed))
    files.write(PurePosixPath("manage.py"), _MANAGE.format(package=project.package))
    for app in apps:
        for folder in (app.layout.path, *app.layout.path.parents[:-1]):
            files.write(folder / "__init__.py", "")
    files.add(format_rendered(render_project(project), project))
    for app in apps:
        files.add(format_rendered(render_app(app.layout, project), project))
        files.route(app_router_line(app.layout, project))
        for entity in app.entities:
            rendered = render_entity(entity, app.layout, project, app.targets)
            files.add(format_rendered(rendered, project))
            for export in entity_exports(entity, app.layout):
                files.edit(export.path, add_export(files.read(export.path), module=export.module, names=export.names))
            for line in entity_router_lines(entity, app.layout):
                files.route(line)
    return replace(project, root=root)


@dataclass
class _Files:
    root: Path
    first_party: frozenset[str]

    def read(self, path: PurePosixPath) -> bytes:
        return (self.root / path).read_bytes()

    def write(self, path: PurePosixPath, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)

    def add(self, rendered: tuple[Rendered, ...]) -> None:
        for file in rendered:
            if file.kind == "fragment" and (self.root / file.path).exists():
                fragment = file.text.encode()
                self.edit(file.path, add_members(self.read(file.path), fragment, first_party=self.first_party))
            else:
                self.write(file.path, file.text)

    def route(self, line: RouterLine) -> None:
        outcome = add_router(
            self.read(line.path),
            target=line.target,
            prefix=line.prefix,
            router_expression=line.expression,
            import_=ImportRequest(line.module, (line.name,), line.alias or None),
            first_party=self.first_party,
        )
        self.edit(line.path, outcome)

    def edit(self, path: PurePosixPath, outcome: Outcome) -> None:
        assert isinstance(outcome, Done | AlreadyThere), f"{path}: {outcome}"
        if isinstance(outcome, Done):
            (self.root / path).write_bytes(outcome.source)
