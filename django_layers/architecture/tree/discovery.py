"""The modules of a project and its layered apps, found without configuration."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django_layers.architecture.errors import NothingLayered, PathNotFound
from django_layers.architecture.tree.files import python_files
from django_layers.architecture.tree.places import MARKERS, UNASSIGNED, Place, part_of

__all__ = ["Source", "Tree", "discover"]


@dataclass(frozen=True, slots=True)
class Source:
    """A module on the disk.

    Attributes:
        path: its file.
        name: its dotted name, which no other module of the tree has.
        root: the folder that the names of its project start in.
        place: which part of which layered app it is.
    """

    path: Path
    name: str
    root: Path
    place: Place

    @property
    def is_package(self) -> bool:
        """Whether it is the `__init__` of a package."""
        return self.path.name == "__init__.py"


@dataclass(frozen=True, slots=True)
class Tree:
    """What there is to check.

    Attributes:
        sources: every module, those that only serve to follow names included.
        apps: the dotted packages of the layered apps, sorted.
        aliases: the name of a module, by the folder that a dotted name starts in and that dotted name.
        chosen: what the request named; findings elsewhere are not told.
    """

    sources: tuple[Source, ...]
    apps: tuple[str, ...]
    aliases: dict[tuple[Path, str], str] = field(default_factory=dict)
    chosen: tuple[Path, ...] = ()

    def is_chosen(self, path: Path) -> bool:
        """Tell whether the request asks about a file."""
        return any(path == one or one in path.parents for one in self.chosen)


def discover(paths: Sequence[Path]) -> Tree:
    """Find the modules and the layered apps at some paths.

    Names must be followed beyond the paths, so all of the project around them is read: from the nearest folder upwards
    that holds a `manage.py`, or else from where the package that the path is in begins.

    Args:
        paths: folders and Python files.

    Raises:
        PathNotFound: one of them is neither.
        NothingLayered: there is no layered app among the modules.
    """
    chosen = tuple(_existing(path) for path in paths)
    roots = _outermost({_project_root(path) for path in chosen})
    files = [file for root in roots for file in python_files(root)]
    files += sorted({path for path in chosen if path.is_file()} - set(files))
    packages = {file.parent for file in files if file.name == "__init__.py"}
    starts = {*roots, *(file.parent for file in files if file.name == "manage.py")}
    starts |= {root / "src" for root in list(starts) if root / "src" not in packages and (root / "src").is_dir()}
    apps = _app_folders(files, starts, packages)
    sources, aliases = _named(files, starts - packages | set(roots), packages, apps)
    names = tuple(sorted({source.place.app for source in sources if source.place.app}))
    if not names:
        raise NothingLayered(paths)
    return Tree(sources, names, aliases, chosen)


def _existing(path: Path) -> Path:
    found = Path(os.path.normpath(path.absolute()))
    if not found.is_dir() and not (found.is_file() and found.suffix == ".py"):
        raise PathNotFound(path)
    return found


def _project_root(path: Path) -> Path:
    folder = path if path.is_dir() else path.parent
    for ancestor in (folder, *folder.parents):
        if (ancestor / "manage.py").is_file():
            return ancestor
    return _start_of_package(folder)


def _start_of_package(folder: Path) -> Path:
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _outermost(folders: set[Path]) -> list[Path]:
    return sorted(folder for folder in folders if not folders & set(folder.parents))


def _app_folders(files: Iterable[Path], starts: set[Path], packages: set[Path]) -> set[Path]:
    """Return the folders that hold two of the marking layers, and are no part of a layer themselves."""
    markers: dict[Path, set[str]] = {}
    for file in files:
        if file.stem in MARKERS:
            markers.setdefault(file.parent, set()).add(file.stem)
        if file.parent.name in MARKERS:
            markers.setdefault(file.parent.parent, set()).add(file.parent.name)
    found: set[Path] = set()
    for folder in sorted(markers, key=lambda folder: len(folder.parts)):
        if len(markers[folder]) < 2 or (folder in starts and folder not in packages):
            continue
        if all(part_of(folder.relative_to(app).parts) == UNASSIGNED for app in found if app in folder.parents):
            found.add(folder)
    return found


def _named(
    files: Iterable[Path], starts: set[Path], packages: set[Path], apps: set[Path]
) -> tuple[tuple[Source, ...], dict[tuple[Path, str], str]]:
    sources: dict[Path, Source] = {}
    aliases: dict[tuple[Path, str], str] = {}
    taken: set[str] = set()
    for file in files:
        names = _possible_names(file, starts, packages)
        if not names:
            continue
        name = next((name for name, _ in names if name not in taken), names[-1][0])
        taken.add(name)
        sources[file] = Source(file, name, names[0][1], _place(file, name, apps))
        for other, root in names:
            aliases.setdefault((root, other), name)
    return tuple(sources.values()), aliases


def _possible_names(file: Path, starts: set[Path], packages: set[Path]) -> list[tuple[str, Path]]:
    """Return the dotted names that a file can be imported by, from the deepest folder that names can start in."""
    start = file.parent
    while start in packages:
        start = start.parent
    found = []
    for root in file.parents:
        if root != start and root not in starts:
            continue
        parts = [*file.relative_to(root).parts[:-1], file.stem]
        if parts[-1] == "__init__":
            parts.pop()
        if parts and all(part.isidentifier() for part in parts):
            found.append((".".join(parts), root))
    # A namespace package is found from the folder of manage.py, not from inside itself.
    found.sort(key=lambda pair: pair[1] not in starts)
    return found


def _place(file: Path, name: str, apps: set[Path]) -> Place:
    for depth, folder in enumerate(file.parents):
        if folder in apps:
            parts = name.split(".")
            length = depth if file.name == "__init__.py" else depth + 1
            inside = parts[len(parts) - length :] if length else []
            return Place(".".join(parts[: len(parts) - length]), part_of(tuple(inside)))
    return Place()
