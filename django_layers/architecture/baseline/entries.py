"""What a baseline holds."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django_layers.architecture.violations import Violation

__all__ = ["Entry", "Known", "counted"]


class Entry(NamedTuple):
    """What makes two violations the same one, whatever lines and files are called.

    Attributes:
        app: the dotted package of the app.
        code: the rule.
        symbol: the part of the app and the function or class.
        target: what it is about.
    """

    app: str
    code: str
    symbol: str
    target: str


Known = Mapping[Entry, int]
"""How often each violation is known."""


def entry_of(one: Violation) -> Entry | None:
    """Return the entry that a violation has in a baseline; None where it can have none."""
    if not one.app or not one.identity:
        return None
    return Entry(one.app, one.code, one.identity[0], one.identity[1])


def counted(violations: Iterable[Violation]) -> Known:
    """Return how often each violation is there."""
    entries = (entry_of(one) for one in violations)
    return Counter(entry for entry in entries if entry is not None)
