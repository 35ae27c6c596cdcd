"""Tables, as text for a terminal and as Markdown."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Table"]


@dataclass(frozen=True)
class Table:
    """A table, of texts; the first column is flush left, the others flush right.

    Attributes:
        headings: of its columns.
        rows: each as long as the headings.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def text(self) -> str:
        """Return the table for a terminal."""
        lines = [self.headings, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "".join(
            "  ".join(
                cell.ljust(width) if not index else cell.rjust(width) for index, (cell, width) in enumerate(cells)
            )
            + "\n"
            for cells in (list(zip(line, widths, strict=True)) for line in lines)
        )

    def markdown(self) -> str:
        """Return the table in Markdown."""
        rule = ("---", *("--:" for _ in self.headings[1:]))
        return "".join(f"| {' | '.join(line)} |\n" for line in (self.headings, rule, *self.rows))
