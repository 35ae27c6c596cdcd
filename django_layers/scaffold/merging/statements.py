"""Merging the statements of a body, in order, and the code of one statement."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from django_layers.scaffold.merging.diff3 import Region, regions
from django_layers.scaffold.merging.edits import Clash
from django_layers.scaffold.merging.expressions import Expressions, reindented
from django_layers.scaffold.merging.source import Source

_BLOCKS = ("body", "orelse", "finalbody", "handlers")


@dataclass(frozen=True)
class Body:
    """Statements of a file with the lines that they take.

    Attributes:
        source: The file.
        statements: The statements.
        extents: Where each lies with its comments.
    """

    source: Source
    statements: Sequence[ast.stmt]
    extents: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, source: Source, statements: Sequence[ast.stmt], floor: int = 0) -> Body:
        """Find the lines of statements.

        Args:
            source: The file.
            statements: The statements.
            floor: The offset above which the comments of the first one don't reach.
        """
        return cls(source, statements, source.extents(statements, floor))

    def keys(self) -> list[str]:
        """What each statement says, with its comments."""
        return [self.source.full_key(*each) for each in zip(self.statements, self.extents, strict=True)]

    def weak_keys(self) -> list[str]:
        """What each statement is recognised by when both sides changed it: its kind, and its code to the first bracket."""
        return [self.source.weak_key(statement) for statement in self.statements]

    def text(self, place: slice) -> str:
        """The lines of some statements, the first one's indentation left out."""
        start, end = self.extents[place][0][0], self.extents[place][-1][1]
        return self.source.text(start, end).lstrip(" \t")

    def indent(self, index: int) -> str:
        """The indentation of a statement."""
        return self.source.document.indent_at(self.source.start(self.statements[index]))

    def __getitem__(self, place: slice) -> Body:
        return Body(self.source, self.statements[place], self.extents[place])

    def __len__(self) -> int:
        return len(self.statements)


class Statements:
    """Merges statements of a base and a new text into the user's file."""

    def __init__(self, expressions: Expressions) -> None:
        self._expressions = expressions
        self._splices = expressions.splices

    def merge(self, base: Body, mine: Body, theirs: Body) -> None:
        """Bring what changed between two bodies into the user's.

        Raises:
            Clash: both sides changed the same statement.
        """
        for region in regions(base.keys(), mine.keys(), theirs.keys()):
            if not region.is_stable:
                self._region(base, mine, theirs, region)

    def _region(self, base: Body, mine: Body, theirs: Body, region: Region, *, is_weak: bool = False) -> None:
        old, own, new = base[region.base], mine[region.mine], theirs[region.theirs]
        if old.keys() == new.keys() or own.keys() == new.keys():
            return
        if old.keys() == own.keys():
            self._replace(mine, region.mine, theirs, region.theirs)
            return
        if not is_weak:
            # What is the same kind of statement, to the first bracket, is taken for one that changed.
            for inner in regions(old.weak_keys(), own.weak_keys(), new.weak_keys()):
                self._region(old, own, new, inner, is_weak=True)
            return
        block = _block_around(old, own)
        if block is not None:
            self.merge(old, block, new)
            return
        if not (len(old) == len(own) == len(new)):
            raise Clash("statements were added or removed where others changed")
        for parts in zip(old.statements, own.statements, new.statements, strict=True):
            self.statement(*parts)

    def _replace(self, mine: Body, place: slice, theirs: Body, new: slice) -> None:
        if place.start == place.stop:
            self._insert(mine, place.start, theirs, new)
            return
        start, end = mine.extents[place][0][0], mine.extents[place][-1][1]
        document = mine.source.document
        if new.start == new.stop:
            after = document.next_line(end)
            if len(mine) == place.stop - place.start:
                raise Clash("nothing would be left of a body")
            # With the blank lines below, or those above where it was the last.
            if place.stop < len(mine):
                self._splices.replace(start, mine.extents[place.stop][0], "")
            else:
                above = document.next_line(mine.extents[place.start - 1][1])
                self._splices.replace(above, after, "")
            return
        text = reindented(theirs.text(new), theirs.indent(new.start), mine.indent(place.start))
        lead = start + len(mine.indent(place.start)) if document.leads_line(start) else start
        self._splices.replace(lead, end, text)

    def _insert(self, mine: Body, index: int, theirs: Body, new: slice) -> None:
        document = mine.source.document
        anchor = index - 1 if index else 0
        indent = mine.indent(anchor)
        text = indent + reindented(theirs.text(new), theirs.indent(new.start), indent)
        their = theirs.source.document
        if index:
            above = their.utf8[theirs.extents[new.start - 1][1] : theirs.extents[new.start][0]] if new.start else b"\n"
            blank = "\n" * max(above.count(b"\n"), 1)
            at = mine.extents[anchor][1]
            self._splices.replace(at, at, blank + text)
        else:
            below = their.utf8[theirs.extents[new.stop - 1][1] : theirs.extents[new.stop][0]]
            at = document.line_start(mine.extents[0][0])
            self._splices.replace(at, at, text + "\n" * max(below.count(b"\n"), 1))

    def statement(self, base: ast.stmt, mine: ast.stmt, theirs: ast.stmt) -> None:
        """Bring what changed between two statements into the user's.

        Raises:
            Clash: both sides changed the same code.
        """
        sources = (self._expressions.base, self._expressions.mine, self._expressions.theirs)
        nodes = (base, mine, theirs)
        if not (type(base) is type(mine) is type(theirs)):
            raise Clash("a statement became another kind of statement on one side")
        if getattr(base, "body", None):
            shapes = {tuple(bool(getattr(node, name, None)) for name in _BLOCKS) for node in nodes}
            if len(shapes) > 1 or isinstance(base, ast.Match | ast.Try):
                raise Clash("both sides changed a block")
            self._items(
                [
                    source.items(source.start(node), _head_end(source, node))
                    for source, node in zip(sources, nodes, strict=True)
                ]
            )
            for name in ("body", "orelse"):
                if getattr(base, name, None):
                    self.merge(
                        *(
                            Body.of(source, getattr(node, name), _head_end(source, node))
                            for source, node in zip(sources, nodes, strict=True)
                        )
                    )
            return
        self._items(
            [source.items(source.start(node), source.end(node)) for source, node in zip(sources, nodes, strict=True)]
        )

    def _items(self, items: Sequence[Sequence[object]]) -> None:
        self._expressions.merge(*items)  # type: ignore[arg-type]


def _head_end(source: Source, node: ast.stmt) -> int:
    """The offset at which the first statement of a block starts."""
    body: list[ast.stmt] = node.body  # type: ignore[attr-defined]
    return source.start(body[0])


def _block_around(base: Body, mine: Body) -> Body | None:
    """Return the block of the user's that statements were put into as they were; None where there is none."""
    for statement in mine.statements:
        for node in ast.walk(statement):
            for name in ("body", "orelse", "finalbody"):
                statements = getattr(node, name, None)
                if not isinstance(statements, list) or not statements or not isinstance(statements[0], ast.stmt):
                    continue
                weak = [mine.source.weak_key(each) for each in statements]
                if base.statements and all(key in weak for key in base.weak_keys()):
                    return Body.of(mine.source, statements, mine.source.start(statements[0]))
    return None
