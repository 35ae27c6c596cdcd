"""Changes of the user's file, gathered while merging and made all at once."""

from __future__ import annotations

from dataclasses import dataclass, field


class Clash(Exception):
    """Both sides changed the same thing.

    Attributes:
        reason: What, a sentence without a full stop.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Splice:
    """Bytes of the user's file that give way to a text, with `\\n` as newlines."""

    start: int
    end: int
    text: str


@dataclass
class Splices:
    """The changes so far."""

    found: list[Splice] = field(default_factory=list)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of some bytes; between them, where there are none."""
        self.found.append(Splice(start, end, text))

    def applied(self, utf8: bytes, newline: str) -> bytes:
        """Return a file with all changes made; those at one place come in the order in which they were gathered."""
        pieces: list[bytes] = []
        position = 0
        for splice in sorted(self.found, key=lambda each: (each.start, each.end)):
            if splice.start < position:
                raise Clash("two changes overlap")
            pieces += [utf8[position : splice.start], splice.text.replace("\n", newline).encode()]
            position = splice.end
        return b"".join([*pieces, utf8[position:]])
