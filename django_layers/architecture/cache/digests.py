"""Digests of what results depend on."""

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NoReturn

import django_layers
from django_layers.architecture.tree.files import python_files

__all__ = ["digest", "digest_of_file", "digest_of_tool", "has_changed_since", "stamp_of_file"]

_PACKAGE = Path(django_layers.__file__).parent
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
"""On Windows, the bytes of a file are only had as they are where that is said."""


def digest(*parts: bytes) -> str:
    """Return the digest of some bytes; where one part ends and the next begins counts."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8))
        made.update(part)
    return made.hexdigest()


def digest_of_file(path: str) -> str:
    """Return the digest of what a file holds; of the error, where it cannot be opened."""
    try:
        descriptor = os.open(path, _READING)
        try:
            parts = [os.read(descriptor, 1 << 20)]
            while parts[-1]:
                parts.append(os.read(descriptor, 1 << 20))
        finally:
            os.close(descriptor)
    except OSError as error:
        return f"errno {error.errno}"
    return digest(b"".join(parts))


def stamp_of_file(path: str, until: int) -> list[int] | None:
    """Return what the file system says of a file, which differs once the file holds something else.

    Writing a file sets the time of its last change, which nobody can set back. Where it was changed at the very moment of
    the look, a second change could be at the same tick of the clock, so that there is nothing to rely on.

    Args:
        path: the file.
        until: the last moment that is long enough ago, in nanoseconds.
    """
    try:
        found = os.stat(path)  # noqa: PTH116  # a path would have to be made for it
    except OSError:
        return None
    if max(found.st_ctime_ns, found.st_mtime_ns) > until:
        return None
    return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def has_changed_since(path: str, moment: int) -> bool:
    """Tell whether a file has been written after a moment, in nanoseconds, or is gone."""
    try:
        return os.stat(path).st_ctime_ns > moment  # noqa: PTH116  # a path would have to be made for it
    except OSError:
        return True


@cache
def digest_of_tool() -> str:
    """Return the digest of the checker itself and of the Python that runs it.

    The version alone would not do: a checker that is worked on has the same one from day to day.
    """
    files = [*python_files(str(_PACKAGE / "architecture"), _fail), str(_PACKAGE / "layers.py")]
    return digest(sys.version.encode(), *(digest_of_file(file).encode() for file in files))


def _fail(folder: str, reason: str) -> NoReturn:
    raise OSError(f"{folder} of the checker itself cannot be looked into: {reason}")
