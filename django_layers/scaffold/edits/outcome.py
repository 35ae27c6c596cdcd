"""What an edit of a user's file can come to."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Done:
    """The edit was made; `source` is the whole new file."""

    source: bytes


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """The file says already what the edit would have added."""


@dataclass(frozen=True, slots=True)
class Cannot:
    """The edit can't be made with certainty, so the file is left alone.

    Attributes:
        reason: What stands in the way, with its line, and where `paste` belongs.
        paste: The exact lines to paste by hand; of a removal, those to take out by hand.
    """

    reason: str
    paste: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """The file says nothing of what a removal would take out."""


Outcome: TypeAlias = Done | AlreadyThere | Cannot
Removal: TypeAlias = Done | NotThere | Cannot


class CannotEdit(Exception):
    """An edit was given up; its message says what stands in the way, and where."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
