"""What git knows of the project, asked while a command plans, so that nobody waits for the answer."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["asking_git", "is_dirty"]

# Untracked files are left out: looking for them goes through the whole tree, and git would not bring them back anyway.
_STATUS = ("git", "--no-optional-locks", "status", "--porcelain", "--untracked-files=no", "--ignore-submodules")
_LONGEST_WAIT = 2.0


@contextmanager
def asking_git(root: Path) -> "Iterator[subprocess.Popen[bytes] | None]":
    """Start to ask git about a folder, for `is_dirty`; gives None where there is no git."""
    try:
        asked = subprocess.Popen(_STATUS, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        yield None
        return
    with asked:
        try:
            yield asked
        finally:
            asked.kill()


def is_dirty(asked: "subprocess.Popen[bytes] | None") -> bool:
    """Return whether files that git knows have changes that are not committed; false where git can't tell in time."""
    if asked is None:
        return False
    try:
        output, _ = asked.communicate(timeout=_LONGEST_WAIT)
    except subprocess.TimeoutExpired:
        return False
    return asked.returncode == 0 and bool(output)
