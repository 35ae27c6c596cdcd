"""Putting back what an interrupted run had written; it can be interrupted itself at any point and run again."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import ApplyError, JournalUnreadable, RecoveryIncomplete
from django_layers.scaffold.plans.plan import JOURNAL_FOLDER
from django_layers.scaffold.writing import journal as journals
from django_layers.scaffold.writing.bytecode import forget_bytecode, remove_if_empty
from django_layers.scaffold.writing.effects import DISK, Effects
from django_layers.scaffold.writing.journal import NOT_A_FILE, Journal, digest_of
from django_layers.scaffold.writing.lock import locked
from django_layers.scaffold.writing.targets import real_root

__all__ = ["REPORT_NAME", "Recovery", "recover", "roll_back", "sweep"]

REPORT_NAME = "report.txt"


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a recovery did.

    Attributes:
        interrupted: whether there was an interrupted run at all.
        restored: the files that were put back, relative to the root.
    """

    interrupted: bool
    restored: tuple[PurePosixPath, ...] = ()


def recover(root: Path, *, effects: Effects = DISK) -> Recovery:
    """Put back what an interrupted run has written below a root; without one, do nothing.

    Every writing command calls it before it reads the project, so that no plan is made from half-written files.

    Args:
        root: the root of the project.
        effects: what touches the disk.

    Raises:
        Locked: a run is under way.
        RecoveryIncomplete: files that somebody else changed meanwhile were left alone; everything else is put back.
        JournalUnreadable: the journal is damaged; nothing was changed.
        ApplyError: the disk refused something; the journal is still there.
    """
    real = real_root(root)
    if not _leftovers(real / JOURNAL_FOLDER):
        return Recovery(interrupted=False)
    try:
        with locked(real, effects) as folder:
            journal = journals.read(folder)
            if journal is None:
                sweep(folder, effects)
                return Recovery(interrupted=False)
            return roll_back(real, folder, journal, effects=effects)
    except OSError as error:
        raise ApplyError(
            f"The disk refused a step of the recovery ({error}). Mend the cause and run "
            "`python -m django_layers recover` again."
        ) from error


def roll_back(
    root: Path,
    folder: Path,
    journal: Journal,
    *,
    touched: frozenset[int] | None = None,
    effects: Effects,
) -> Recovery:
    """Put everything back to what a journal says was there; the caller holds the lock.

    Args:
        root: the root, without symbolic links.
        folder: the folder of the journal.
        journal: the journal in it.
        touched: indices of the entries that the run may have put in place; None when only the journal knows.
        effects: what touches the disk.

    Raises:
        RecoveryIncomplete: files that somebody else changed meanwhile were left alone; everything else is put back.
        JournalUnreadable: what is needed to put a file back is damaged; nothing was changed.
    """
    indices = range(len(journal.entries)) if touched is None else sorted(touched)
    state = {index: _digest_below(root, journal.entries[index].path) for index in indices}
    restore = [index for index, digest in state.items() if digest == journal.entries[index].after]
    left = [
        index
        for index, digest in state.items()
        if digest not in (journal.entries[index].before, journal.entries[index].after)
    ]
    contents = {index: _old_content(folder, journal, index) for index in restore}

    _remove_temporaries(root, journal, effects)
    _remake_folders(root, journal, effects)
    for index in reversed(restore):
        _restore(root, journal, index, contents[index], effects)
    for path in reversed(journal.created):
        if _is_in_place(root / path):
            remove_if_empty(root / path, effects)
    for parent in sorted({(root / item).parent for item in _all_paths(journal)}):
        if parent.is_dir():
            effects.sync_folder(parent)
    return _finish(folder, journal, restored=restore, left=left, effects=effects)


def sweep(folder: Path, effects: Effects) -> None:
    """Remove what runs left in the folder of the journal that no journal needs; what a report names stays."""
    for path in _unneeded(folder):
        if path.is_dir():
            for image in sorted(path.iterdir()):
                effects.remove(image)
            effects.remove_folder(path)
        else:
            effects.remove(path)


def _is_in_place(path: Path) -> bool:
    # A folder that has become a symbolic link since leads to files that the run has never written.
    return os.path.realpath(path.parent) == str(path.parent)


def _digest_below(root: Path, path: PurePosixPath) -> str | None:
    return digest_of(root / path) if _is_in_place(root / path) else NOT_A_FILE


def _old_content(folder: Path, journal: Journal, index: int) -> bytes | None:
    before = journal.entries[index].before
    if before is None:
        return None
    image = folder / journal.folder_name / journal.image_name(index)
    try:
        content = image.read_bytes()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != before:
        reason = f"the old content of {journal.entries[index].path}, kept in {image}, is missing or damaged"
        raise JournalUnreadable(journals.journal_file(folder), reason)
    return content


def _remove_temporaries(root: Path, journal: Journal, effects: Effects) -> None:
    for index in range(len(journal.entries)):
        temporary = root / journal.temporary(index)
        if _is_in_place(temporary) and os.path.lexists(temporary):
            effects.remove(temporary)


def _remake_folders(root: Path, journal: Journal, effects: Effects) -> None:
    for folder in journal.emptied:
        if _is_in_place(root / folder.path) and not os.path.lexists(root / folder.path):
            effects.make_folder(root / folder.path, mode=folder.mode)


def _restore(root: Path, journal: Journal, index: int, content: bytes | None, effects: Effects) -> None:
    entry = journal.entries[index]
    file = root / entry.path
    if content is None:
        effects.remove(file)
    else:
        temporary = root / journal.temporary(index)
        effects.write_new(temporary, content, mode=entry.mode, owner=entry.owner)
        effects.replace(temporary, file)
    forget_bytecode(file, effects)


def _all_paths(journal: Journal) -> list[PurePosixPath]:
    return [entry.path for entry in journal.entries] + [*journal.created, *(item.path for item in journal.emptied)]


def _finish(folder: Path, journal: Journal, *, restored: list[int], left: list[int], effects: Effects) -> Recovery:
    report = folder / journal.folder_name / REPORT_NAME
    if report.exists():
        effects.remove(report)
    if left:
        effects.write_new(report, _report(journal, left).encode(), mode=0o600)
        effects.sync_folder(report.parent)
    effects.remove(journals.journal_file(folder))
    effects.sync_folder(folder)
    sweep(folder, effects)
    if left:
        raise RecoveryIncomplete.changed_meanwhile([journal.entries[index].path for index in left], report)
    return Recovery(interrupted=True, restored=tuple(journal.entries[index].path for index in restored))


def _report(journal: Journal, left: list[int]) -> str:
    lines = ["Left as they are, because somebody else changed them after an interrupted run had begun:", ""]
    for index in left:
        entry = journal.entries[index]
        old = "there was no such file" if entry.before is None else f"kept here as {journal.image_name(index)}"
        lines.append(f"  {entry.path}: before the run, {old}")
    return "\n".join([*lines, "", "Delete this folder when you have compared them.", ""])


def _unneeded(folder: Path) -> list[Path]:
    # Called without a journal only, or by the one who has just removed it.
    return [
        path
        for path in sorted(folder.iterdir())
        if (path.name.startswith("before-") and path.is_dir() and not (path / REPORT_NAME).exists())
        or path.name == f"{journals.JOURNAL_NAME}.tmp"
    ]


def _leftovers(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir()}
    kept = {path.parent.name for path in folder.glob(f"before-*/{REPORT_NAME}")}
    return names != kept or not names
