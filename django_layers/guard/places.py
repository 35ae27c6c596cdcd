"""Which code may ask the database, by the layer that its module is in."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Final

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.signals import setting_changed

from django_layers.conf import layers_settings
from django_layers.guard.layout import Layout, layout_of

__all__ = ["Standing", "forget_places", "is_project_file", "nearest", "standing_of_module"]


class Standing(Enum):
    """What a module has to do with a query that it is on the way to."""

    PASSED = auto()
    """Nothing: whoever called it asks. Libraries, and the models themselves."""

    ALLOWED = auto()
    """It may ask."""

    REFUSED = auto()
    """It may not: it is the project's, and no repository."""

    AWAITED = auto()
    """Nothing, but a thread may begin there that somebody awaits, who asks."""

    DECORATES = auto()
    """Nothing, but it may call a function that it decorates, and so stand before that: `@atomic`."""


EXEMPT: Final = (
    # What runs tests: outside of it there is nothing of the project's.
    "_pytest",
    "unittest.case",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.core.cache",
    # Where Django begins to serve a request: nothing of the project's asked for what it does before and after.
    "django.core.handlers",
    "django.db.migrations",
    "django_layers.repositories",
    # Field classes whose values are in memory too may ask what is stored already.
    "django_layers.testing.memory",
)
"""Libraries that may ask by themselves."""

RECORDS: Final = ("django.contrib.auth.models", "django.contrib.auth.base_user")
"""Modules of these that are models, so that whoever saves a user asks."""

UNGUARDED: Final = frozenset({"admin", "apps", "conftest", "migrations"})
"""Modules of an app that Django, or a test, asks to work with the database."""

ENTRIES: Final = frozenset({"__main__", "manage", "asgi", "wsgi"})
"""Where a process begins, whatever it then does."""

_standings: dict[str, Standing] = {}


def nearest(frame: FrameType | None) -> Iterator[tuple[FrameType, FrameType, Standing]]:
    """Give the frames from one on outwards whose modules have to do with a query, each with what it called and how.

    Every query of a process comes by here: of most frames no more is asked than the name of their file.

    Args:
        frame: where the query is run.
    """
    inner = frame
    while frame is not None:
        file = frame.f_code.co_filename
        standing = _standings.get(file)
        if standing is None:
            standing = _standings[file] = standing_of_module(str(frame.f_globals.get("__name__", "")), file)
        if standing is not Standing.PASSED:
            yield frame, inner or frame, standing
        inner, frame = frame, frame.f_back


def forget_places() -> None:
    """Work out anew what each module may do: settings, or the installed apps, have changed."""
    _standings.clear()
    for each in (_roots, _apps, _layout, _is_layered, is_project_file):
        each.cache_clear()


def _forget(*, setting: str, **_: object) -> None:
    if setting in {"BASE_DIR", "DJANGO_LAYERS", "INSTALLED_APPS"}:
        forget_places()


setting_changed.connect(_forget, dispatch_uid="django_layers.guard.places")


def standing_of_module(name: str, file: str) -> Standing:
    """Return what a module has to do with a query that was made below it.

    Args:
        name: its dotted name.
        file: the path of its file.
    """
    if _is_in(name, layers_settings.guard_exempt):
        return Standing.ALLOWED
    if name == "contextlib":
        return Standing.DECORATES
    if name == "asgiref.sync":
        return Standing.AWAITED
    if name in RECORDS:
        return Standing.PASSED
    if _is_in(name, EXEMPT):
        return Standing.ALLOWED
    if not is_project_file(file):
        return Standing.PASSED
    app = next((each for each in _apps() if _is_in(name, (each.name,))), None)
    if app is None:
        parts = name.split(".")
        return Standing.ALLOWED if _is_test(parts) or parts[-1] in ENTRIES else Standing.REFUSED
    return _standing_in(app, name[len(app.name) + 1 :].split("."))


@cache
def is_project_file(file: str) -> bool:
    """Return whether a file is the project's own, and no library's."""
    return any(file.startswith(root) for root in _roots()) and not any(file.startswith(each) for each in _libraries())


def _standing_in(app: AppConfig, inside: list[str]) -> Standing:
    layer = _layout().layer_of(inside)
    if layer in {"models", "types"}:
        return Standing.PASSED
    if layer.startswith("repositories") or inside[0] in UNGUARDED or _is_test(inside):
        return Standing.ALLOWED
    # An app without layers has none to keep.
    return Standing.REFUSED if _is_layered(app.name, app.path) else Standing.ALLOWED


def _is_test(parts: list[str]) -> bool:
    return any(part == "conftest" or part.startswith("test") for part in parts)


def _is_in(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@cache
def _is_layered(app: str, path: str) -> bool:
    return _layout().is_layered(app, Path(path))


@cache
def _layout() -> Layout:
    return layout_of(_base().resolve())


@cache
def _apps() -> tuple[AppConfig, ...]:
    """Return the installed apps, an app in another one before that."""
    return tuple(sorted(apps.get_app_configs(), key=lambda app: -len(app.name)))


@cache
def _roots() -> tuple[str, ...]:
    return _folders(_base(), *(Path(app.path) for app in _apps()))


def _base() -> Path:
    base: Any = getattr(settings, "BASE_DIR", None)
    return Path(base or Path.cwd())


@cache
def _libraries() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    places = [paths[kind] for kind in ("stdlib", "platstdlib", "purelib", "platlib")]
    # A virtual environment may be in the project's own folder.
    if sys.prefix != sys.base_prefix and not _base().resolve().is_relative_to(Path(sys.prefix).resolve()):
        places.append(sys.prefix)
    # This package as well, where it is installed from its sources.
    return _folders(*map(Path, places), Path(__file__).parent.parent)


def _folders(*folders: Path) -> tuple[str, ...]:
    """Return what the paths of the files in folders begin with, whether they are reached over a link or not."""
    both = [each for folder in folders for each in (folder.absolute(), folder.resolve())]
    return tuple(dict.fromkeys(f"{each}{os.sep}" for each in both))
