"""The journal: what a run is about to write, durable before the first write, so that it can be taken back."""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import JournalUnreadable
from django_layers.scaffold.writing.effects import Effects, Owner

__all__ = ["JOURNAL_NAME", "NOT_A_FILE", "Entry", "Folder", "Journal", "digest_of", "journal_file", "read", "write"]

JOURNAL_NAME = "journal.json"
JOURNAL_VERSION = 1
NOT_A_FILE = "not a file"
"""What `digest_of` returns for a folder, a link that leads nowhere and the like; equal to no digest."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_RUN = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a run.

    Attributes:
        path: the file that is written, relative to the root, with every symbolic link followed.
        before: digest of its content before the run; None when there was no such file.
        after: digest of its content after the run; None when it goes.
        mode: its permissions before the run; None when there was no such file.
        owner: whom it belonged to before the run; None when there was no such file.
    """

    path: PurePosixPath
    before: str | None
    after: str | None
    mode: int | None
    owner: Owner | None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that a run may remove because its last file goes, with the permissions to make it again with."""

    path: PurePosixPath
    mode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What a run is about to do.

    Attributes:
        run: 16 hexadecimal digits that no other run has; they are part of the names of its temporary files.
        entries: the files in the order of writing.
        created: the folders that the run makes, parents first.
        emptied: the folders that its deletions may leave empty, parents first.
    """

    run: str
    entries: tuple[Entry, ...]
    created: tuple[PurePosixPath, ...] = ()
    emptied: tuple[Folder, ...] = ()

    @property
    def folder_name(self) -> str:
        """Name of the folder, beside the journal, that holds what the files were before."""
        return f"before-{self.run}"

    def image_name(self, index: int) -> str:
        """Name of the file that holds the old content of an entry."""
        # The name is for the person who looks for it; cut, since a file name is at most 255 bytes long.
        return f"{index:04}-{self.entries[index].path.name[-50:]}"

    def temporary(self, index: int) -> PurePosixPath:
        """Path of the file, in the folder of an entry, that its new content is first written to."""
        return self.entries[index].path.with_name(f".layers-{self.run}-{index:04}.tmp")


def digest_of(path: Path) -> str | None:
    """Return the SHA-256 of a file in hexadecimal, None if there is none, `NOT_A_FILE` for anything else."""
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            return NOT_A_FILE
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def journal_file(folder: Path) -> Path:
    """Return where the journal of a folder is."""
    return folder / JOURNAL_NAME


def write(journal: Journal, folder: Path, effects: Effects) -> None:
    """Put a journal into a folder; from its end on, the run is either committed or taken back."""
    temporary = folder / f"{JOURNAL_NAME}.tmp"
    effects.write_new(temporary, _dumped(journal).encode(), mode=0o600)
    effects.replace(temporary, journal_file(folder))
    effects.sync_folder(folder)


def read(folder: Path) -> Journal | None:
    """Return the journal of a folder, or None when no run is under way or interrupted.

    Raises:
        JournalUnreadable: it isn't one of ours, or it names anything outside the root.
    """
    path = journal_file(folder)
    try:
        data: object = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise JournalUnreadable(path, f"it is not JSON ({error})") from error
    try:
        return _loaded(data)
    except ValueError as error:
        raise JournalUnreadable(path, str(error)) from error


def _dumped(journal: Journal) -> str:
    data = {
        "version": JOURNAL_VERSION,
        "run": journal.run,
        "entries": [
            {
                "path": entry.path.as_posix(),
                "before": entry.before,
                "after": entry.after,
                "mode": entry.mode,
                "owner": entry.owner,
            }
            for entry in journal.entries
        ],
        "created": [path.as_posix() for path in journal.created],
        "emptied": [{"path": folder.path.as_posix(), "mode": folder.mode} for folder in journal.emptied],
    }
    return json.dumps(data, indent=1) + "\n"


def _loaded(data: object) -> Journal:
    fields = _mapping(data)
    if fields.get("version") != JOURNAL_VERSION:
        raise ValueError(f"it has version {fields.get('version')!r}, and this release knows {JOURNAL_VERSION} only")
    run = fields.get("run")
    if not isinstance(run, str) or not _RUN.fullmatch(run):
        raise ValueError("the number of its run is malformed")
    return Journal(
        run=run,
        entries=tuple(_entry(_mapping(item)) for item in _items(fields.get("entries"))),
        created=tuple(_path(item) for item in _items(fields.get("created"))),
        emptied=tuple(_folder(_mapping(item)) for item in _items(fields.get("emptied"))),
    )


def _entry(fields: dict[str, object]) -> Entry:
    return Entry(
        path=_path(fields.get("path")),
        before=_digest(fields.get("before")),
        after=_digest(fields.get("after")),
        mode=None if fields.get("mode") is None else _number(fields.get("mode")),
        owner=None if fields.get("owner") is None else _owner(fields.get("owner")),
    )


def _folder(fields: dict[str, object]) -> Folder:
    return Folder(_path(fields.get("path")), _number(fields.get("mode")))


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} is not an object")
    return value


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list")
    return value


def _path(value: object) -> PurePosixPath:
    # A repository from somewhere else can hold a journal: it must not reach anything outside of itself.
    path = PurePosixPath(value) if isinstance(value, str) and "\0" not in value else PurePosixPath()
    if not path.parts or path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{value!r} is not a path below the root")
    return path


def _digest(value: object) -> str | None:
    if value is not None and not (isinstance(value, str) and _DIGEST.fullmatch(value)):
        raise ValueError(f"{value!r} is not a digest")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is not a number")
    return value


def _owner(value: object) -> Owner:
    match _items(value):
        case [user, group]:
            return _number(user), _number(group)
    raise ValueError(f"{value!r} is not an owner")
