"""The files of a project that somebody wrote: its modules and templates, without what tools keep beside them."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

__all__ = ["written_files"]

_TOOLS = frozenset({"__pycache__", "node_modules", "site-packages", "dist-packages", "migrations", "staticfiles"})
_WRITTEN = frozenset({".py", ".html", ".htm", ".txt", ".xml", ".jinja", ".jinja2", ".j2", ".graphql"})


def written_files(root: Path) -> Iterator[PurePosixPath]:
    """Give the modules and templates below a folder, relative to it, in the order of their names.

    Migrations are left out, which tell of the past; so are hidden folders and virtual environments.
    """
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if _is_written(here / name))
        for name in sorted(files):
            if Path(name).suffix in _WRITTEN:
                yield PurePosixPath((here / name).relative_to(root).as_posix())


def _is_written(folder: Path) -> bool:
    return folder.name not in _TOOLS and not folder.name.startswith(".") and not (folder / "pyvenv.cfg").exists()
