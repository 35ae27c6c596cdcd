"""One writer for each root: a lock that the operating system releases when its holder dies."""

import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import Locked, UnsafeTarget
from django_layers.scaffold.plans.plan import JOURNAL_FOLDER
from django_layers.scaffold.writing.effects import Effects

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["LOCK_NAME", "locked"]

LOCK_NAME = "lock"

_TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
# Windows locks bytes against reading too, so the locked one is far behind the text that says who holds the lock.
_LOCKED_BYTE = 1 << 20


@contextmanager
def locked(root: Path, effects: Effects) -> Iterator[Path]:
    """Hold the lock of a root; the folder of the journal is there meanwhile and goes when it is empty.

    A lock file whose holder is dead doesn't count, whatever process has its number today: the lock is the operating
    system's, and the file only says whom to wait for.

    Args:
        root: the root, without symbolic links.
        effects: what touches the disk.

    Yields:
        The folder of the journal.

    Raises:
        Locked: another process holds it.
        UnsafeTarget: the journal's folder can't be made, since a file or link of its name is there.
    """
    folder = root / JOURNAL_FOLDER
    descriptor = _acquire(root, folder, effects)
    try:
        yield folder
    finally:
        _release(descriptor, folder, effects)


def _acquire(root: Path, folder: Path, effects: Effects) -> int:
    if folder.is_symlink() or folder.is_file():
        raise UnsafeTarget(PurePosixPath(JOURNAL_FOLDER), "is not a folder, but the journal needs one of this name")
    path = folder / LOCK_NAME
    while True:
        if not folder.is_dir():
            try:
                effects.make_folder(folder, mode=0o700)
            except FileExistsError:
                continue  # Another process was faster; whether it holds the lock shows below.
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            continue  # The last holder has just removed the folder.
        try:
            if _lock(descriptor) and _is_current(descriptor, path):
                os.truncate(descriptor, 0)
                os.write(descriptor, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        taken = _is_current(descriptor, path)
        holder = _holder(descriptor)
        os.close(descriptor)
        if taken:
            raise Locked(root, holder)


def _release(descriptor: int, folder: Path, effects: Effects) -> None:
    if sys.platform == "win32":  # An open file can't be removed there; a new holder's open one can't either.
        os.close(descriptor)
        effects.remove(folder / LOCK_NAME)
    else:
        # Removed while still locked, so that nobody's new lock file is removed; see `_is_current`.
        try:
            effects.remove(folder / LOCK_NAME)
        finally:
            os.close(descriptor)
    try:
        effects.remove_folder(folder)
    except OSError as error:
        # Not empty: a kept report, or another process's lock. Gone: that process has ended already.
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT}:
            raise


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True


def _is_current(descriptor: int, path: Path) -> bool:
    """Tell whether the path still leads to the opened file: its last holder removes it before releasing it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _holder(descriptor: int) -> str:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        data = json.loads(os.read(descriptor, 4096))
        return f"process {data['pid']} on {data['host']}"
    except (ValueError, KeyError, TypeError):
        return "another process"  # It has the lock, but has not yet written its name into it.
