"""Which Python files there are at some paths and around them."""

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from django_layers.architecture.configuration.layout import Layout
from django_layers.architecture.errors import PathNotFound
from django_layers.architecture.tree.files import python_files

__all__ = ["Survey", "existing", "survey"]


class Survey(NamedTuple):
    """Which files there are.

    Attributes:
        chosen: what the request names; findings elsewhere are not told.
        roots: the folders that were looked through.
        files: the paths of the Python files, in the order that they are found in.
        closed: the folders that cannot be looked into, with the reason.
        is_plain: whether all of them were found by looking through the folders, and none is there because it is named.
    """

    chosen: tuple[Path, ...]
    roots: tuple[Path, ...]
    files: tuple[str, ...]
    closed: tuple[tuple[Path, str], ...] = ()
    is_plain: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether the request names all that was looked through."""
        return all(self.is_chosen(root) for root in self.roots)

    def is_chosen(self, path: Path) -> bool:
        """Tell whether the request asks about a file."""
        return any(path == one or one in path.parents for one in self.chosen)


def survey(paths: Sequence[Path], layout: Layout, unsaved: Collection[Path] = ()) -> Survey:
    """Find the Python files that there are at some paths and around them.

    Names must be followed beyond the paths, so all of the project is read: from the folder of the configuration, or else
    from the nearest one upwards that holds a `manage.py`, or else from where the package that the path is in begins.

    Args:
        paths: folders and Python files.
        layout: where the layers are.
        unsaved: absolute paths of files that the disk need not have: those that an editor holds, or that are planted.

    Raises:
        PathNotFound: one of them is neither.
    """
    chosen = tuple(existing(path, unsaved) for path in paths)
    roots = _outermost({_project_root(path, layout) for path in chosen} | set(layout.roots))
    closed: list[tuple[Path, str]] = []
    files = [
        file
        for root in roots
        for file in python_files(str(root), lambda *found: closed.append((Path(found[0]), found[1])))
    ]
    wanted = {path for path in chosen if not path.is_dir()}
    wanted |= {path for path in unsaved if not set(roots).isdisjoint(path.parents)}
    more = sorted({str(path) for path in wanted} - set(files))
    return Survey(chosen, tuple(roots), (*files, *more), tuple(closed), is_plain=not more)


def existing(path: Path, unsaved: Collection[Path] = ()) -> Path:
    """Return a folder or a Python file as an absolute path.

    Args:
        path: the folder or file.
        unsaved: absolute paths of files that an editor holds and the disk need not have.

    Raises:
        PathNotFound: it is neither.
    """
    found = Path(os.path.normpath(path.absolute()))
    try:
        is_there = found.is_file() or (found in unsaved and found.parent.is_dir())
        is_asked_for = found.is_dir() or (is_there and found.suffix == ".py")
    except PermissionError:
        is_asked_for = False
    if not is_asked_for:
        raise PathNotFound(path)
    return found


def _project_root(path: Path, layout: Layout) -> Path:
    folder = path if path.is_dir() else path.parent
    if layout.folder is not None and layout.folder in (folder, *folder.parents):
        return layout.folder
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
