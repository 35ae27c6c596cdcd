"""Writing a plan: all of it or nothing, whatever interrupts it.

The order of things, each of which waits for the disk: the old content of every file is kept, the journal says what will
be written, every new content is written to a temporary file beside its target, and only then each is put in place. The
journal's removal is the commit. As long as the journal is there, `recovery` can put everything back.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django_layers.scaffold.errors import (
    ApplyError,
    InterruptedRunRolledBack,
    PlanConflict,
    RecoveryIncomplete,
    ScaffoldError,
    StaleTarget,
)
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.writing import journal as journals
from django_layers.scaffold.writing.bytecode import forget_bytecode, remove_if_empty
from django_layers.scaffold.writing.effects import DISK, Effects
from django_layers.scaffold.writing.journal import Entry, Journal
from django_layers.scaffold.writing.lock import locked
from django_layers.scaffold.writing.recovery import roll_back, sweep
from django_layers.scaffold.writing.targets import Target, emptied_folders, missing_folders, real_root, targets_of

__all__ = ["apply"]


@dataclass(slots=True)
class _Progress:
    """How far a run has come: which entries may have been put in place, and whether it is committed."""

    touched: set[int] = field(default_factory=set)
    committed: bool = False


def apply(plan: Plan, *, effects: Effects = DISK) -> None:
    """Carry out a plan: every write of it, in the order of `plan.writes`, or none.

    Permissions are kept, missing folders are made, folders that a deletion empties are removed, a symbolic link
    within the root is written through, and compiled modules of what is written are removed.

    Args:
        plan: what to write. One without writes leaves the disk alone.
        effects: what touches the disk.

    Raises:
        PlanConflict: the plan has conflicts.
        StaleTarget: a file is no longer what the plan read.
        UnsafeTarget: a path leads out of the root, to something other than a file, or to what is read-only.
        Locked: another process is writing below the same root.
        InterruptedRunRolledBack: a run was interrupted since the plan was made, and has been rolled back.
        RecoveryIncomplete: writing failed, and so did putting the files back.
        ApplyError: the disk refused something, and everything has been put back.
    """
    if plan.conflicts:
        raise PlanConflict([change.path for change in plan.conflicts])
    if not plan.changes_something:
        return
    root = real_root(plan.root)
    progress = _Progress()
    try:
        with locked(root, effects) as folder:
            _refuse_interrupted(root, folder, effects)
            _run(root, folder, targets_of(plan), progress, effects)
    except OSError as error:
        raise ApplyError(_sentence(error, progress)) from error


def _refuse_interrupted(root: Path, folder: Path, effects: Effects) -> None:
    journal = journals.read(folder)
    if journal is not None:
        roll_back(root, folder, journal, effects=effects)
        raise InterruptedRunRolledBack
    sweep(folder, effects)


def _run(root: Path, folder: Path, targets: tuple[Target, ...], progress: _Progress, effects: Effects) -> None:
    try:
        journal = _prepare(root, folder, targets, effects)
        _stage(root, journal, targets, effects)
        _put_in_place(root, journal, progress, effects)
        effects.remove(journals.journal_file(folder))
        progress.committed = True
        effects.sync_folder(folder)
    except BaseException as error:
        _take_back(root, folder, progress.touched, error, effects)
        raise
    sweep(folder, effects)


def _prepare(root: Path, folder: Path, targets: tuple[Target, ...], effects: Effects) -> Journal:
    journal = Journal(
        run=secrets.token_hex(8),
        entries=tuple(
            Entry(path=target.path, before=target.before, after=target.after, mode=target.mode, owner=target.owner)
            for target in targets
        ),
        created=missing_folders(root, targets),
        emptied=emptied_folders(root, targets),
    )
    images = folder / journal.folder_name
    effects.make_folder(images, mode=0o700)
    for index, target in enumerate(targets):
        if target.change.before is not None:
            effects.write_new(images / journal.image_name(index), target.change.before, mode=0o600)
    effects.sync_folder(images)
    journals.write(journal, folder, effects)
    effects.sync_folder(root)
    return journal


def _stage(root: Path, journal: Journal, targets: tuple[Target, ...], effects: Effects) -> None:
    # Everything that needs space on the disk happens here, before the first file is put in place.
    for path in journal.created:
        effects.make_folder(root / path)
    for index, target in enumerate(targets):
        if target.change.after is not None:
            effects.write_new(
                root / journal.temporary(index), target.change.after, mode=target.mode, owner=target.owner
            )


def _put_in_place(root: Path, journal: Journal, progress: _Progress, effects: Effects) -> None:
    for index, entry in enumerate(journal.entries):
        file = root / entry.path
        if journals.digest_of(file) != entry.before:
            raise StaleTarget([entry.path])
        progress.touched.add(index)
        if entry.after is None:
            effects.remove(file)
        else:
            effects.replace(root / journal.temporary(index), file)
        forget_bytecode(file, effects)
    for folder in reversed(journal.emptied):
        remove_if_empty(root / folder.path, effects)
    for path in _folders_to_sync(root, journal):
        effects.sync_folder(path)


def _folders_to_sync(root: Path, journal: Journal) -> Iterable[Path]:
    changed = [entry.path for entry in journal.entries] + [*journal.created, *(item.path for item in journal.emptied)]
    return sorted({folder for path in changed if (folder := (root / path).parent).is_dir()})


def _take_back(root: Path, folder: Path, touched: set[int], error: BaseException, effects: Effects) -> None:
    try:
        journal = journals.read(folder)
        if journal is None:  # Nothing was put in place yet, or everything was, and the run is committed.
            sweep(folder, effects)
        else:
            roll_back(root, folder, journal, touched=frozenset(touched), effects=effects)
    except (OSError, ScaffoldError) as second:
        if isinstance(second, RecoveryIncomplete):
            raise second from error
        raise RecoveryIncomplete.failed(error, second) from error


def _sentence(error: OSError, progress: _Progress) -> str:
    where = f" at {error.filename}" if error.filename else ""
    what = f"The disk refused a step ({error.strerror or error}{where})"
    if progress.committed:
        return f"{what}, but after every file had been written. Run `python -m django_layers recover` to tidy up."
    return f"{what}. Nothing of this run was kept: the project is as it was."
