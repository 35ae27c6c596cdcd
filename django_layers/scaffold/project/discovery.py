"""Where this project keeps things, read from its settings, its app registry and the disk; nothing of it is imported."""

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django_layers.scaffold.edits.settings_source import find_settings_source
from django_layers.scaffold.project.apps import app_layout, dotted_name, has_layers, model_module, relative_to
from django_layers.scaffold.project.code_style import line_length, quote_character
from django_layers.scaffold.project.introspect import key_type
from django_layers.scaffold.project.layout import AppLayout, ProjectLayout
from django_layers.scaffold.project.mounts import mounted_prefix
from django_layers.scaffold.refusals import InvalidRequest, ProjectUnusable

if TYPE_CHECKING:
    from django.apps import AppConfig
    from django.contrib.auth.models import AbstractBaseUser

__all__ = ["Project", "discover_project", "new_app", "project_root"]

_FOREIGN = frozenset({"site-packages", "dist-packages"})
_UNTELLING = frozenset({"app", "backend", "conf", "config", "core", "main", "project", "server", "settings", "site"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as it is now.

    Attributes:
        layout: what templates need to know.
        settings_file: the file that INSTALLED_APPS is written in; None where the settings are not below the root.
        urls_file: the root urls.
        sources: the folder that the project's package is in, for new apps; relative to the root.
        apps: the project's own apps.
        layered: the labels of those that have layers.
        installed: the package of every installed app, by label.
        first_party: the top-level packages of the project.
    """

    layout: ProjectLayout
    settings_file: PurePosixPath | None
    urls_file: PurePosixPath
    sources: PurePosixPath
    apps: tuple[AppLayout, ...]
    layered: frozenset[str]
    installed: dict[str, str]
    first_party: frozenset[str]

    def app(self, label: str) -> AppLayout | None:
        """Return the layout of one of the project's own apps, or None."""
        return next((app for app in self.apps if app.label == label), None)


def project_root() -> Path:
    """Return the folder of manage.py: at or above the settings module, else at or above the working folder.

    Where there is no manage.py, it is BASE_DIR of the settings, else the working folder.
    """
    from django.conf import settings

    settings_file = _file_of_module(_settings_module())
    starts = [start for start in (settings_file and settings_file.parent, Path.cwd()) if start]
    for start in starts:
        for folder in (start, *start.parents):
            if (folder / "manage.py").is_file():
                return folder.resolve()
    return Path(getattr(settings, "BASE_DIR", "") or os.curdir).resolve()


def discover_project() -> Project:
    """Find out where the project keeps things; the app registry must be ready.

    Raises:
        ProjectUnusable: the root urls or the user model can't be found.
    """
    from django.apps import apps

    root = project_root()
    package, urls = _root_urls(root)
    user_model = _user_model()
    own = {
        config.label: app_layout(root, Path(config.path).resolve(), label=config.label, package=config.name)
        for config in apps.get_app_configs()
        if _is_own(config, root)
    }
    settings_file = _installed_apps_file(root)
    return Project(
        layout=ProjectLayout(
            root=root,
            package=package,
            package_path=relative_to(root, urls.parent),
            title=_title(root, package),
            api_prefix=mounted_prefix(urls.read_bytes(), api_module=f"{package}.api", package=package) or "api/",
            user_model=user_model._meta.label,
            user_module=model_module(user_model),
            user_key=key_type(user_model),
            line_length=line_length(root),
            quote=quote_character(root),
            settings_module=_settings_module(),
        ),
        settings_file=settings_file,
        urls_file=relative_to(root, urls),
        sources=relative_to(root, _source_folder(urls, package)),
        apps=tuple(own.values()),
        layered=frozenset(label for label, app in own.items() if has_layers(root, app)),
        installed={config.label: config.name for config in apps.get_app_configs()},
        first_party=frozenset(name.partition(".")[0] for name in (package, *(app.package for app in own.values()))),
    )


def _root_urls(root: Path) -> tuple[str, Path]:
    """Return the package and the file of the root urls.

    Raises:
        ProjectUnusable: they are in no package below the root.
    """
    from django.conf import settings

    name = str(getattr(settings, "ROOT_URLCONF", None) or "")
    package = name.rpartition(".")[0]
    urls = _file_of_module(name)
    if urls is None or not package or not urls.is_relative_to(root):
        raise ProjectUnusable(
            f"ROOT_URLCONF is {name!r}, but django-layers needs a module in a "
            f"package below {root}, such as 'config.urls': actors.py and api.py are written beside it."
        )
    return package, urls


def _user_model() -> "type[AbstractBaseUser]":
    from django.contrib.auth import get_user_model
    from django.core.exceptions import ImproperlyConfigured

    try:
        return get_user_model()
    except ImproperlyConfigured as error:
        raise ProjectUnusable(f"{error}: django-layers needs a user model, so install django.contrib.auth.") from error


def new_app(project: Project, name: str, *, path: str | None) -> AppLayout:
    """Return the layout of an app that is not installed: a new one, or a folder that is there already.

    Args:
        project: the project.
        name: its label, or its dotted package ("apps.recipes").
        path: the folder that it goes into, relative to the root; None for the one of the project's package.

    Raises:
        InvalidRequest: the name or path is none that an app can have.
        NotImportable: the folder is not on the import path.
    """
    root = project.layout.root
    *packages, label = name.split(".")
    if path is not None and packages:
        raise InvalidRequest([f"Say where {label} goes either by --path or by the dotted name {name}, not by both."])
    folder = root.joinpath(project.sources, *packages) if path is None else (root / path).resolve()
    if not folder.is_relative_to(root):
        raise InvalidRequest([f"--path {path} leaves the project ({root})."])
    return app_layout(root, folder / label, label=label, package=dotted_name(folder / label))


def _settings_module() -> str:
    from django.conf import settings

    return str(getattr(settings, "SETTINGS_MODULE", None) or "")


def _installed_apps_file(root: Path) -> PurePosixPath | None:
    settings_file = _file_of_module(_settings_module())
    if settings_file is None:
        return None
    # Where the list is not written as such, the edit of the settings module itself says what to paste.
    file = (find_settings_source(settings_file, _file_of_module) or settings_file).resolve()
    return relative_to(root, file) if file.is_relative_to(root) else None


def _file_of_module(name: str) -> Path | None:
    """Return the source file of a module; of its parents those are imported that are not yet."""
    if not name:
        return None
    module = sys.modules.get(name)
    origin = getattr(module, "__file__", None)
    if origin is None:
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            return None
        origin = spec.origin if spec is not None and spec.has_location else None
    return Path(origin).resolve() if origin else None


def _is_own(config: "AppConfig", root: Path) -> bool:
    path = Path(config.path).resolve()
    return path.is_relative_to(root) and not _FOREIGN & set(path.parts)


def _source_folder(urls: Path, package: str) -> Path:
    folder = urls.parent
    for _ in package.split("."):
        folder = folder.parent
    return folder


def _title(root: Path, package: str) -> str:
    name = package.partition(".")[0]
    words = (root.name if name in _UNTELLING else name).replace("-", "_").split("_")
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "API"
