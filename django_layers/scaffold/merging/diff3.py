"""Where two versions of a sequence differ from the one that both come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Region:
    """A part of three sequences.

    Attributes:
        base: Where it lies in the one that both come from.
        mine: Where it lies in the first version.
        theirs: Where it lies in the second.
        is_stable: Whether it is the same item in all three.
    """

    base: slice
    mine: slice
    theirs: slice
    is_stable: bool


def regions(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Region]:
    """Cut three sequences into single items that stayed, and what lies between them.

    Args:
        base: The keys of the items of the sequence that both versions come from.
        mine: Those of the first version.
        theirs: Those of the second.
    """
    in_mine, in_theirs = _matches(base, mine), _matches(base, theirs)
    at = (0, 0, 0)
    for index in range(len(base)):
        if index in in_mine and index in in_theirs:
            stable = (index, in_mine[index], in_theirs[index])
            yield from _between(at, stable)
            base_at, mine_at, theirs_at = (slice(each, each + 1) for each in stable)
            yield Region(base_at, mine_at, theirs_at, is_stable=True)
            at = (stable[0] + 1, stable[1] + 1, stable[2] + 1)
    yield from _between(at, (len(base), len(mine), len(theirs)))


def _between(start: tuple[int, int, int], end: tuple[int, int, int]) -> Iterator[Region]:
    if start != end:
        base, mine, theirs = (slice(*each) for each in zip(start, end, strict=True))
        yield Region(base, mine, theirs, is_stable=False)


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
