"""The folder in a project that keeps what runs have found."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

__all__ = ["FOLDER", "keep_file"]

FOLDER = ".layers-cache"


def keep_file(path: Path, content: Iterable[bytes]) -> None:
    """Replace a file of the folder as a whole, so that a run that reads it meanwhile has the one or the other.

    A folder that may not be written to makes the next run slow, and no run wrong.

    Args:
        path: the file; its folder is made, and left out of version control.
        content: the parts of what it is to hold.
    """
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        ignored = path.parent / ".gitignore"
        if not ignored.exists():
            ignored.write_bytes(b"*\n")
        _replace(path, content)


def _replace(path: Path, content: Iterable[bytes]) -> None:
    # Only a run that writes needs it, and it takes as long to import as a small check.
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
