"""What is to be known before a file is written: which layer it is in, and what belongs where."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django_layers.architecture.checking import CODES
from django_layers.architecture.configuration.finding import find_configuration
from django_layers.architecture.configuration.layout import Layout
from django_layers.architecture.configuration.reading import read_configuration
from django_layers.architecture.rules.imports import OPEN_TO_OTHER_APPS
from django_layers.architecture.tree.discovery import Tree, discover
from django_layers.architecture.tree.places import Place, allowed_imports, part_of
from django_layers.layers import LAYERS

__all__ = ["Context", "Home", "context_of"]


@dataclass(frozen=True, slots=True)
class Home:
    """Where in an app one kind of thing belongs.

    Attributes:
        layer: the layer.
        holds: what belongs there.
        path: the folder or module of it.
    """

    layer: str
    holds: str
    path: Path


@dataclass(frozen=True, slots=True)
class Context:
    """What is to be known of a file.

    Attributes:
        path: the file, which need not be there yet.
        place: the app and the part of it; empty outside of layered apps.
        may_import: the layers of its own app that it may import.
        of_other_apps: the layers of other apps that it may import.
        homes: where what belongs.
        apps: the layered apps.
    """

    path: Path
    place: Place
    may_import: tuple[str, ...]
    of_other_apps: tuple[str, ...]
    homes: tuple[Home, ...]
    apps: tuple[str, ...]


def context_of(path: Path) -> Context:
    """Return what is to be known of a file.

    Raises:
        CheckError: there is no layered app around it.
    """
    path = Path(os.path.normpath(path.absolute()))
    start = next(one for one in (path, *path.parents) if one.exists())
    start = start if start.is_dir() else start.parent
    layout = read_configuration(find_configuration([start]), CODES)[0].layout
    tree = discover([start], layout)
    folders = _app_folders(tree)
    folder = next((one for one in path.parents if one in folders), None)
    if folder is None:
        return Context(path, Place(), (), (), (), tree.apps)
    inside = path.relative_to(folder).with_suffix("").parts
    part = part_of(inside[:-1] if inside[-1] == "__init__" else inside, layout)
    place = Place(folders[folder], part)
    own = allowed_imports(part)
    others = tuple(layer for layer in own if layer in OPEN_TO_OTHER_APPS)
    return Context(path, place, own, others, _homes(folder, layout), tree.apps)


def _app_folders(tree: Tree) -> dict[Path, str]:
    """Return the folders of the apps, with their dotted packages."""
    found = {}
    for source in tree.sources:
        app = source.place.app
        if app:
            depth = source.name.count(".") - app.count(".") + source.is_package
            found[source.path.parents[depth - 1] if depth else source.path.parent] = app
    return found


def _homes(folder: Path, layout: Layout) -> tuple[Home, ...]:
    return tuple(Home(layer.name, layer.holds, _home(folder, layout.names[layer.name])) for layer in LAYERS)


def _home(folder: Path, names: Sequence[str]) -> Path:
    """Return the first of some modules or packages that is there, or else the package that would be made."""
    paths = [folder.joinpath(*name.split(".")) for name in names]
    there = [one for path in paths for one in (path, path.with_suffix(".py")) if one.exists()]
    return (there or paths)[0]
