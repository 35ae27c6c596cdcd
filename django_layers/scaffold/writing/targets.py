"""Where the changes of a plan really go, and whether everything there is as the plan read it."""

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import StaleTarget, UnsafeTarget
from django_layers.scaffold.plans.plan import Action, Change, Plan
from django_layers.scaffold.writing.effects import Owner
from django_layers.scaffold.writing.journal import Folder, digest_of

__all__ = ["Target", "emptied_folders", "missing_folders", "real_root", "targets_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A change together with the file that it goes to.

    Attributes:
        change: what happens.
        path: the file relative to the real root, with every symbolic link followed.
        before: digest of what is there; None when nothing is.
        after: digest of what will be there; None when nothing will be.
        mode: permissions of what is there.
        owner: whom it belongs to.
    """

    change: Change
    path: PurePosixPath
    before: str | None
    after: str | None
    mode: int | None
    owner: Owner | None


def real_root(root: Path) -> Path:
    """Return the root with every symbolic link followed."""
    return Path(os.path.realpath(root))


def targets_of(plan: Plan) -> tuple[Target, ...]:
    """Return what a plan writes, in the order of writing, after checking that it may be written.

    Raises:
        UnsafeTarget: a path leads out of the root, to something other than a file, or to what can't be written.
        StaleTarget: a file is not what the plan read, one that it found identical included.
    """
    root = real_root(plan.root)
    targets = tuple(_target(root, change) for change in plan.writes)
    seen: set[PurePosixPath] = set()
    for target in targets:
        if target.path in seen:
            raise UnsafeTarget(target.change.path, f"is, through a symbolic link, {target.path}, which is written too")
        seen.add(target.path)
    stale = [target.change.path for target in targets if target.before != _digest(target.change.before)]
    stale += [
        change.path
        for change in plan.changes
        if change.action is Action.IDENTICAL and digest_of(_real_file(root, change)) != _digest(change.before)
    ]
    if stale:
        raise StaleTarget(stale)
    for target in targets:
        _check_writable(root, target)
    return targets


def missing_folders(root: Path, targets: Iterable[Target]) -> tuple[PurePosixPath, ...]:
    """Return the folders that have to be made for the targets, parents first."""
    missing = {
        folder
        for target in targets
        for folder in _folders(target.path)
        if target.after is not None and not (root / folder).exists()
    }
    return tuple(sorted(missing))


def emptied_folders(root: Path, targets: Iterable[Target]) -> tuple[Folder, ...]:
    """Return the folders that the deletions among the targets may leave empty, parents first."""
    folders = {folder for target in targets if target.after is None for folder in _folders(target.path)}
    return tuple(Folder(folder, stat.S_IMODE((root / folder).stat().st_mode)) for folder in sorted(folders))


def _target(root: Path, change: Change) -> Target:
    file = _real_file(root, change)
    if change.action is Action.DELETE and (root / change.path).is_symlink():
        raise UnsafeTarget(change.path, "is to be deleted, but is a symbolic link; remove it by hand")
    status = file.lstat() if os.path.lexists(file) else None
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise UnsafeTarget(change.path, "is not an ordinary file")
    return Target(
        change=change,
        path=PurePosixPath(file.relative_to(root).as_posix()),
        before=digest_of(file),
        after=_digest(change.after),
        mode=None if status is None else stat.S_IMODE(status.st_mode),
        owner=None if status is None else (status.st_uid, status.st_gid),
    )


def _real_file(root: Path, change: Change) -> Path:
    file = Path(os.path.realpath(root / change.path))
    if not file.is_relative_to(root) or file == root:
        raise UnsafeTarget(change.path, f"leads out of the project, to {file}")
    return file


def _check_writable(root: Path, target: Target) -> None:
    file = root / target.path
    if target.mode is not None and not _writable(file):
        raise UnsafeTarget(target.change.path, "is read-only")
    folder = next(folder for folder in file.parents if os.path.lexists(folder))
    if not folder.is_dir():
        raise UnsafeTarget(target.change.path, f"needs the folder {folder}, but that is a file")
    if not _writable(folder):
        raise UnsafeTarget(target.change.path, f"can't be written, since the folder {folder} is read-only")


def _writable(path: Path) -> bool:
    # The superuser may write everything; a path that nobody may write is protected on purpose all the same.
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)


def _folders(path: PurePosixPath) -> list[PurePosixPath]:
    return [folder for folder in path.parents if folder.parts]


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()
