"""What a merge comes to."""

from dataclasses import dataclass
from enum import Enum


class Unmergeable(Exception):
    """One of the three texts can't be read.

    Attributes:
        reason: What is wrong with it, without a full stop.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Choice(Enum):
    """Whose version of a member is taken where both changed it."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A member that both sides changed in a way that can't be joined.

    Attributes:
        path: The member, as `Class.method`; empty for the module itself, or a statement without a name in it.
        reason: Why they can't be joined, a sentence without a full stop.
        base: The member as it was generated before; None where there was none.
        mine: The member as it stands in the file; None where it was deleted.
        theirs: The member as it is generated now; None where it is no longer.
    """

    path: str
    reason: str
    base: str | None
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A change that did not land, since what it is about was deleted by hand.

    Attributes:
        path: The member, as `Class.method`; empty for the module itself.
        code: The new code, on one line; empty where the member as a whole was deleted.
    """

    path: str
    code: str = ""

    def __str__(self) -> str:
        where = self.path or "the module"
        return f"`{self.code}` in {where}" if self.code else where


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge.

    Attributes:
        source: The file; what it was where there are conflicts.
        conflicts: What has to be decided first.
        notes: What was done that a reader wouldn't expect, such as a change that followed a method to another class.
        skipped: Changes that didn't land because the member was deleted by hand.
        partial: The file with all that could be joined, and the user's version of what is in conflict; None where
            nothing could be.
        joined: Whether the file holds edits, which were joined with what is generated.
    """

    source: bytes
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    partial: bytes | None = None
    joined: bool = False
