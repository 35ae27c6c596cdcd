"""A comment that suppresses violations."""

from datetime import date
from typing import NamedTuple

__all__ = ["Suppression"]


class Suppression(NamedTuple):
    """A comment that suppresses violations.

    Attributes:
        codes: the rules.
        reason: why; empty where none is given.
        until: the last day that it holds; None for no end.
        whole_file: whether it is about the whole file.
        line: where the comment stands.
        column: where the comment stands, in characters.
        first: the first line that it is about.
        last: the last line that it is about.
        problem: why it cannot be read; empty where it can.
    """

    codes: tuple[str, ...]
    reason: str
    until: date | None
    whole_file: bool
    line: int
    column: int
    first: int
    last: int
    problem: str = ""

    def covers(self, line: int) -> bool:
        """Tell whether it is about a line."""
        return self.whole_file or self.first <= line <= self.last
