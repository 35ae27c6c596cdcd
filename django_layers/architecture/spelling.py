"""How names that are misspelt, and numbers of things, are told."""

from collections.abc import Iterable

__all__ = ["amount", "did_you_mean"]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a question with the nearest of the names that there are, or else a sentence with all of them."""
    # Few runs meet a misspelt name.
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    return f"There are: {', '.join(names)}." if names else "There are none."


def amount(number: int, one: str, several: str = "") -> str:
    """Return how many there are of something: "1 error", "2 errors"."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
