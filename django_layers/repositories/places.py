"""Where a page stands in its list, and where the pages before and after it begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django_layers.repositories.ordering import Order

__all__ = ["FIRST", "Cut", "Place", "cut", "known_total", "reading_order"]

RowT = TypeVar("RowT")


@dataclass(frozen=True)
class Place:
    """Where a page begins, and in which direction it is read.

    Attributes:
        position: what the row beside the page has for each term of the order; None for an end of the list.
        backwards: whether the page is before that row, and not after it.
    """

    position: tuple[object, ...] | None = None
    backwards: bool = False


FIRST = Place()
"""The beginning of a list."""


@dataclass(frozen=True)
class Cut(Generic[RowT]):
    """What a page holds of the rows that were read for it.

    Attributes:
        rows: the rows of the page, in the order of the list.
        has_more: whether there are further rows in the direction in which it was read.
    """

    rows: Sequence[RowT]
    has_more: bool

    def neighbours(self, place: Place, positions: tuple[tuple[object, ...], ...]) -> tuple[Place | None, Place | None]:
        """Return where the next page and the page before begin; None where there is none.

        Where the page came from there is a page as well: perhaps an empty one, as rows go. From an empty page the way
        back leads to that end of the list.

        Args:
            place: where the page begins.
            positions: of the first row and of the last one; nothing where there is no row.
        """
        first, last = (positions[0], positions[-1]) if positions else (None, None)
        onward = Place(first if place.backwards else last, place.backwards) if self.has_more else None
        back = Place(last if place.backwards else first, not place.backwards)
        behind = None if place.position is None else back
        return (behind, onward) if place.backwards else (onward, behind)


def reading_order(order: Order, place: Place) -> Order:
    """Return the order in which the rows of a page are read."""
    return order.mirrored() if place.backwards else order


def cut(found: Sequence[RowT], limit: int, place: Place) -> Cut[RowT]:
    """Return what a page holds of rows.

    Args:
        found: the rows from the place on, in the order in which they are read, at least one more than the page holds if
            there are as many.
        limit: how many rows a page holds.
        place: where the page begins.
    """
    rows = found[:limit]
    return Cut(rows[::-1] if place.backwards else rows, len(found) > limit)


def known_total(place: Place, page: Cut[RowT]) -> int | None:
    """Return how many rows the list has, where a page alone tells it: where it holds them all."""
    return len(page.rows) if place.position is None and not page.has_more else None
