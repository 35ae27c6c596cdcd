"""What can go wrong between a request and the written files; each error knows its exit code and the way out."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import ClassVar

__all__ = [
    "ApplyError",
    "InterruptedRunRolledBack",
    "InvalidPlan",
    "JournalUnreadable",
    "LedgerUnreadable",
    "Locked",
    "PlanConflict",
    "RecoveryIncomplete",
    "RootNotFound",
    "ScaffoldError",
    "StaleTarget",
    "UnsafeTarget",
]


class ScaffoldError(Exception):
    """Base of everything that the generator refuses or fails at.

    Attributes:
        exit_code: what a command exits with: 1 for the state of the project, 2 for a wrong request.
    """

    exit_code: ClassVar[int] = 1


class InvalidPlan(ScaffoldError, ValueError):
    """A plan contradicts itself or leaves its root."""

    exit_code = 2


class RootNotFound(ScaffoldError):
    """No project root at or above a folder."""

    exit_code = 2

    def __init__(self, start: Path) -> None:
        super().__init__(
            f"No project at {start} or above it: none of these folders holds a manage.py. "
            "Run this inside the project, or name its root with --root."
        )
        self.start = start


class ApplyError(ScaffoldError):
    """A plan could not be written; the project is as it was, unless the message says otherwise."""


class PlanConflict(ApplyError):
    """A plan with conflicts was to be written."""

    def __init__(self, paths: Sequence[PurePosixPath]) -> None:
        super().__init__(f"Nothing was written: these files are in conflict: {_listed(paths)}.")
        self.paths = tuple(paths)


class StaleTarget(ApplyError):
    """Somebody else changed files between the reading of them and the writing."""

    def __init__(self, paths: Sequence[PurePosixPath]) -> None:
        super().__init__(
            f"Changed by somebody else since this run read it: {_listed(paths)}. "
            "Nothing of this run was kept; run the command again to plan with what is there now."
        )
        self.paths = tuple(paths)


class UnsafeTarget(ApplyError):
    """A target is not an ordinary, writable file below the root."""

    def __init__(self, path: PurePosixPath, reason: str) -> None:
        super().__init__(f"Nothing was written: {path} {reason}.")
        self.path = path
        self.reason = reason


class Locked(ApplyError):
    """Another run is writing below the same root."""

    def __init__(self, root: Path, holder: str) -> None:
        super().__init__(f"Nothing was written: {holder} is writing in {root}. Wait for it to end and run this again.")
        self.root = root
        self.holder = holder


class InterruptedRunRolledBack(ApplyError):
    """A run that was interrupted after this plan was made has been rolled back, so the plan is out of date."""

    def __init__(self) -> None:
        super().__init__(
            "Another run was interrupted while this one was planned. What it had written has been put back, and "
            "nothing of this run was written; run the command again."
        )


class RecoveryIncomplete(ApplyError):
    """Not every file could be put back to what it was before an interrupted or failed run."""

    def __init__(self, message: str, *, left: Sequence[PurePosixPath] = (), report: Path | None = None) -> None:
        super().__init__(message)
        self.left = tuple(left)
        self.report = report

    @classmethod
    def changed_meanwhile(cls, left: Sequence[PurePosixPath], report: Path) -> "RecoveryIncomplete":
        """Say which files somebody else changed, so that they were left alone, and where their old text is."""
        return cls(
            f"Put back, except for what somebody else changed meanwhile: {_listed(left)}. These were left as they "
            f"are; what they held before the run is kept in {report.parent}, and {report.name} there says which is "
            "which. Delete that folder when you have compared them.",
            left=left,
            report=report,
        )

    @classmethod
    def failed(cls, first: BaseException, second: BaseException) -> "RecoveryIncomplete":
        """Say that putting files back failed too, and that the journal is still there."""
        return cls(
            f"Writing failed ({_described(first)}), and so did putting the files back ({_described(second)}). The "
            "journal is kept: mend the cause and run `python -m django_layers recover`."
        )


class JournalUnreadable(ScaffoldError):
    """The journal of an interrupted run is damaged, so it can't be rolled back."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} can't be used: {reason}. Nothing was changed. Compare the project with your version control, "
            f"and delete the folder {path.parent} when it is as it should be."
        )
        self.path = path
        self.reason = reason


class LedgerUnreadable(ScaffoldError):
    """The ledger of an entity can't be read, so nothing is known about what was generated."""

    def __init__(self, path: Path, reason: str, way_out: str) -> None:
        super().__init__(f"{path} can't be used: {reason}. {way_out}")
        self.path = path
        self.reason = reason
        self.way_out = way_out


def _listed(paths: Sequence[PurePosixPath]) -> str:
    return ", ".join(map(str, paths))


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")
