"""The Python files below a folder, without what no project means by its code."""

import os
from collections.abc import Callable

__all__ = ["python_files"]

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "migrations", "build", "dist"})


def python_files(root: str, on_closed: Callable[[str, str], object]) -> list[str]:
    """Return the Python files below a folder, each once, whatever symbolic links say: by its own path where it has one.

    Hidden folders, virtual environments, migrations and what build tools leave are passed over.

    Args:
        root: the folder.
        on_closed: is told of each folder that cannot be looked into, and why.
    """
    found: list[str] = []
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    for folder in waiting:
        # Links come when everything else is found, since what they lead to may be that.
        _add_below(folder, found, seen, waiting, on_closed)
    return found


def _add_below(
    folder: str,
    found: list[str],
    seen: set[tuple[int, int]],
    links: list[str],
    on_closed: Callable[[str, str], object],
) -> None:
    try:
        status = os.stat(folder)  # noqa: PTH116  # paths are made for what is found only
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as inside:
            entries = sorted(inside, key=lambda entry: entry.name)
    except OSError as error:
        on_closed(folder, error.strerror or str(error))
        return
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.name.endswith(".py") and _is_file(entry):
            found.append(entry.path)
        elif entry.name not in _SKIPPED and _is_folder(entry):
            if entry.is_symlink():
                links.append(entry.path)
            else:
                _add_below(entry.path, found, seen, links, on_closed)


def _is_file(entry: "os.DirEntry[str]") -> bool:
    # A link that leads nowhere is a file that cannot be read, which is worth a finding.
    try:
        return entry.is_file() or (entry.is_symlink() and not _is_folder(entry))
    except OSError:
        return True


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link in a circle.
        return False
