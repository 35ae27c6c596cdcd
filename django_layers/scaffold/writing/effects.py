"""The few things that writing a plan does to the disk, each of them one step that can be interrupted."""

import errno
import os
from pathlib import Path
from typing import Protocol

__all__ = ["DISK", "Disk", "Effects", "Owner"]

Owner = tuple[int, int]
"""Numbers of the user and the group that a file belongs to."""


class Effects(Protocol):
    """What may happen to the disk; tests put an interruption before, inside or after any step."""

    def make_folder(self, path: Path, *, mode: int | None = None) -> None:
        """Make one folder whose parent exists.

        Args:
            path: the folder.
            mode: its permissions; None for those of any new folder.
        """

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""

    def write_new(self, path: Path, content: bytes, *, mode: int | None = None, owner: Owner | None = None) -> None:
        """Write a file that must not exist yet, and wait until its content is on the disk.

        Args:
            path: the file.
            content: its bytes.
            mode: its permissions; None for those of any new file.
            owner: whom it belongs to, as far as this process may say so; None for this process's user.
        """

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, or of none, atomically."""

    def remove(self, path: Path) -> None:
        """Remove a file."""

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk."""


class Disk:
    """The real disk."""

    def make_folder(self, path: Path, *, mode: int | None = None) -> None:
        """Make one folder whose parent exists."""
        path.mkdir(mode=0o777 if mode is None else mode)
        if mode is not None:
            path.chmod(mode)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def write_new(self, path: Path, content: bytes, *, mode: int | None = None, owner: Owner | None = None) -> None:
        """Write a file that must not exist yet, and wait until its content is on the disk."""
        # The mode is given at creation too, so that a secret is readable by others at no moment.
        creation_mode = 0o666 if mode is None else mode & 0o777
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, creation_mode)) as file:
            file.write(content)
            file.flush()
            if owner is not None and _is_superuser():
                os.chown(path, *owner)
            if mode is not None:
                path.chmod(mode)
            os.fsync(file.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, or of none, atomically."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk."""
        if os.name == "nt":  # Windows can't open a folder, and keeps names in order by itself.
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            # Some network and user-space file systems don't know this operation; they have nothing better to offer.
            if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
                raise
        finally:
            os.close(descriptor)


DISK: Effects = Disk()
"""The real disk, as everything but tests uses it."""


def _is_superuser() -> bool:
    # Only the superuser may give files away; run in a container over somebody's checkout, it has to.
    return hasattr(os, "geteuid") and os.geteuid() == 0
