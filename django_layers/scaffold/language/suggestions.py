"""The nearest valid choice to a word that is none."""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["did_you_mean", "nearest"]


def nearest(word: str, choices: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Return the choice that is most like a word, whatever its case; None where none is like it.

    Args:
        word: the word.
        choices: the valid choices.
        likeness: how like it must be, from 0 to 1 for equal.
    """
    by_lower = {choice.lower(): choice for choice in sorted(choices)}
    matches = get_close_matches(word.lower(), by_lower, n=1, cutoff=likeness)
    return by_lower[matches[0]] if matches else None


def did_you_mean(word: str, choices: Iterable[str], *, otherwise: str = "") -> str:
    """Return the question whether the nearest choice was meant, or another sentence where none is near."""
    found = nearest(word, choices)
    return f"Did you mean {found}?" if found else otherwise
