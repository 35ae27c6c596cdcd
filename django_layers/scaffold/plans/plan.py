"""A plan: what a run would do to the files of a project, as plain data."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from django_layers.scaffold.errors import InvalidPlan
from django_layers.scaffold.merging import Conflict

__all__ = ["JOURNAL_FOLDER", "Action", "Change", "Plan"]

JOURNAL_FOLDER = ".layers-journal"
"""Name of the folder below a root that holds the lock and the journal while a plan is written."""


class Action(StrEnum):
    """What a run does to one file; the values are the words that commands print."""

    CREATE = "create"
    MERGE = "merge"
    EDIT = "edit"
    IDENTICAL = "identical"
    CONFLICT = "conflict"
    DELETE = "delete"
    MANUAL = "manual"


_WRITING = frozenset({Action.CREATE, Action.MERGE, Action.EDIT, Action.DELETE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one file.

    Attributes:
        action: what a run does.
        path: the file, relative to the root of the plan.
        before: the bytes that the plan read; None when there was no such file.
        after: the bytes to be written; None when nothing is written or the file goes.
        reason: one sentence, why it is in conflict or manual.
        paste: the lines to paste by hand, for `manual`.
        conflicts: the members that are in conflict, each with its three versions; none where the file is as a whole. A
            merged file has some where conflict markers are written into it.
        rank: place in the order of writing: leaves 0, what imports them later, settings and urls last.
        migration: whether the file is a migration.
        joined: whether edits of the user's and what is generated were joined in it.

    Raises:
        InvalidPlan: the parts contradict each other, or the path leaves the root.
    """

    action: Action
    path: PurePosixPath
    before: bytes | None
    after: bytes | None
    reason: str = ""
    paste: str = ""
    conflicts: tuple[Conflict, ...] = ()
    rank: int = 0
    migration: bool = False
    joined: bool = False

    def __post_init__(self) -> None:
        problem = _path_problem(self.path) or _content_problem(self)
        if problem:
            raise InvalidPlan(f"{self.action} {self.path}: {problem}.")

    @property
    def writes(self) -> bool:
        """Whether carrying it out changes the file."""
        return self.action in _WRITING


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a run would do; printed, compared, dumped and written from this one value.

    Attributes:
        root: absolute folder that every path is relative to.
        changes: one for each file, in the order in which they are shown. A file may have `manual` changes beside
            one other, since part of an edit can be impossible.
        notices: sentences for the reader, such as the next step.

    Raises:
        InvalidPlan: the root is relative, or two changes are about one file, or about a file and a folder of its name.
    """

    root: Path
    changes: tuple[Change, ...] = ()
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.root.is_absolute():
            raise InvalidPlan(f"The root of a plan must be an absolute path, not {self.root}.")
        seen: set[PurePosixPath] = set()
        for change in self.changes:
            if change.action is Action.MANUAL:
                continue
            if change.path in seen:
                raise InvalidPlan(f"Two changes of one file: {change.path}.")
            seen.add(change.path)
        for path in sorted(seen):
            for folder in path.parents:
                if folder in seen:
                    raise InvalidPlan(f"{folder} can't be both a file and the folder of {path}.")

    @property
    def writes(self) -> tuple[Change, ...]:
        """The changes that touch the disk, in the order in which they are carried out."""
        return tuple(sorted((change for change in self.changes if change.writes), key=_writing_order))

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """The changes that stop the run."""
        return tuple(self._with(Action.CONFLICT))

    @property
    def marked(self) -> tuple[Change, ...]:
        """The changes that write conflict markers into a file."""
        return tuple(change for change in self.changes if change.conflicts and change.writes)

    @property
    def manual(self) -> tuple[Change, ...]:
        """The changes that the reader has to make."""
        return tuple(self._with(Action.MANUAL))

    @property
    def changes_something(self) -> bool:
        """Whether carrying out the plan would touch any file."""
        return any(change.writes for change in self.changes)

    @property
    def changes_models(self) -> bool:
        """Whether carrying it out would touch a file of models or of their enumerations, so that there may be a migration."""
        places = (change.path for change in self.changes if change.writes)
        return any("models" in path.parts or path.name in ("models.py", "types.py") for path in places)

    def _with(self, action: Action) -> Iterator[Change]:
        return (change for change in self.changes if change.action is action)


def _writing_order(change: Change) -> tuple[int, bool, str]:
    # Deletions come after the writes of their rank: what replaces a file is there before the file goes.
    return change.rank, change.action is Action.DELETE, change.path.as_posix()


def _path_problem(path: PurePosixPath) -> str:
    if not isinstance(path, PurePosixPath):
        return "the path must be a PurePosixPath"
    if path.is_absolute() or ".." in path.parts or not path.parts:
        return "the path must lead to a file below the root of the plan"
    if path.parts[0] == JOURNAL_FOLDER:
        return f"{JOURNAL_FOLDER} belongs to the journal"
    if any(ord(character) < 32 or ord(character) == 127 for character in str(path)):
        return "the path must not hold control characters"
    return ""


def _content_problem(change: Change) -> str:
    before, after = change.before, change.after
    if change.conflicts and change.action not in (Action.CONFLICT, Action.MERGE):
        return "only a file that is merged, or can't be, has members in conflict"
    match change.action:
        case Action.CREATE if before is not None or after is None:
            return "it needs new content and no old one"
        case Action.MERGE | Action.EDIT if before is None or after is None or before == after:
            return "it needs an old and a new content that differ"
        case Action.IDENTICAL if before is None or before != after:
            return "it needs an old and a new content that are equal"
        case Action.DELETE if before is None or after is not None:
            return "it needs old content and no new one"
        case Action.CONFLICT if not change.reason:
            return "it needs a reason"
        case Action.MANUAL if not change.reason or not change.paste or after is not None:
            return "it needs a reason and lines to paste, and no new content"
        case _:
            return ""
