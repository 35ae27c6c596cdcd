"""The files of a project that somebody wrote: its modules and templates, without what tools keep beside them."""

import os
from collections.abc import Iterator
from os.path import basename
from pathlib import Path, PurePosixPath

__all__ = ["is_written_folder", "written_files"]

_TOOLS = frozenset({"__pycache__", "node_modules", "site-packages", "dist-packages", "migrations", "staticfiles"})
_WRITTEN = frozenset({".py", ".html", ".htm", ".txt", ".xml", ".jinja", ".jinja2", ".j2", ".graphql"})


def written_files(root: Path) -> Iterator[PurePosixPath]:
    """Give the modules and templates below a folder, relative to it, in the order of their names.

    Migrations are left out, which tell of the past; so are hidden folders and virtual environments.
    """
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if is_written_folder(f"{folder}/{name}"))
        for name in sorted(files):
            if Path(name).suffix in _WRITTEN:
                yield PurePosixPath((here / name).relative_to(root).as_posix())


def is_written_folder(folder: str) -> bool:
    """Tell whether somebody wrote what is in a folder."""
    name = basename(folder)  # noqa: PTH119  # a path of each folder would take as long as reading it
    return name not in _TOOLS and not name.startswith(".") and not Path(folder, "pyvenv.cfg").exists()
