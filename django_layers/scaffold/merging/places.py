"""Where in the user's file a new member goes, and what goes with one that is taken out."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from django_layers.scaffold.merging.edits import Clash, Splices
from django_layers.scaffold.merging.expressions import reindented
from django_layers.scaffold.merging.members import IMPORTS, Member
from django_layers.scaffold.merging.source import Source


@dataclass(frozen=True)
class Neighbours:
    """The members of one module or class of the user's file, and those of the new text.

    Attributes:
        source: The user's file.
        scope: The module or class in it.
        mine: Its members.
        theirs: Those of the new text.
        splices: Where changes are gathered.
    """

    source: Source
    scope: ast.Module | ast.ClassDef
    mine: Mapping[str, Member]
    theirs: Mapping[str, Member]
    splices: Splices

    def insert(self, member: Member, gone: list[Member]) -> None:
        """Put a member of the new text where its neighbours stand.

        Args:
            member: The member.
            gone: What is taken out, and so no neighbour.
        """
        document = self.source.document
        names = list(self.theirs)
        index = next(at for at, each in enumerate(self.theirs.values()) if each is member)
        kept = {name: each for name, each in self.mine.items() if all(each is not other for other in gone)}
        before = next((kept[name] for name in reversed(names[:index]) if name in kept), None)
        after = next((kept[name] for name in names[index + 1 :] if name in kept), None)
        neighbour = before or after
        indent = neighbour.indent if neighbour else self._indent()
        text = indent + reindented(member.code, member.indent, indent)
        if before is not None:
            self._require_own_lines(before.start, before.end)
            newlines = max(self._gap(index), self._least(before, member))
            self.splices.replace(before.end, before.end, "\n" * newlines + text)
        elif after is not None:
            self._require_own_lines(after.start, after.end)
            at = document.line_start(after.start)
            self.splices.replace(at, at, text + "\n" * max(self._gap_below(index), self._least(member, after)))
        else:
            self._append(text, member)

    def remove(self, gone: list[Member]) -> None:
        """Take members out, with the smaller one of the gaps around them."""
        siblings = self._siblings()
        removed = {member.start for member in gone}
        if removed and len(removed) == len(siblings) and isinstance(self.scope, ast.ClassDef):
            raise Clash("nothing would be left of the class")
        index = 0
        while index < len(siblings):
            stop = index
            while stop < len(siblings) and siblings[stop][0] in removed:
                stop += 1
            if stop > index:
                self._cut(siblings, index, stop)
            index = stop + 1

    def _cut(self, siblings: list[tuple[int, int]], index: int, stop: int) -> None:
        document = self.source.document
        start, end = document.line_start(siblings[index][0]), siblings[stop - 1][1]
        for extent in siblings[index:stop]:
            self._require_own_lines(*extent)
        above = siblings[index - 1][1] if index else None
        below = document.line_start(siblings[stop][0]) if stop < len(siblings) else None
        if above is None and below is None:
            cut = (start, document.next_line(end))
        elif below is None or (above is not None and self._newlines(end, below) > self._newlines(above, start)):
            cut = (above or 0, end)
        else:
            cut = (start, below)
        own = sum(len(self.source.tokens.comments(*extent)) for extent in siblings[index:stop])
        if len(self.source.tokens.comments(*cut)) > own:
            raise Clash("a comment of yours stands beside what is no longer generated")
        self.splices.replace(*cut, "")

    def _require_own_lines(self, start: int, end: int) -> None:
        """Leave alone what shares its lines with other statements, which would come along."""
        document = self.source.document
        if not document.leads_line(start) or document.utf8[end : document.line_end(end)].strip():
            raise Clash("it shares a line with another statement")

    def _newlines(self, start: int, end: int) -> int:
        return self.source.document.utf8[start:end].count(b"\n")

    def _siblings(self) -> list[tuple[int, int]]:
        floor = (
            0
            if isinstance(self.scope, ast.Module)
            else self.source.document.next_line(self.source.document.start(self.scope))
        )
        return self.source.extents(self.scope.body, floor)

    def _append(self, text: str, member: Member) -> None:
        """Put a member below all that there is in the scope."""
        document = self.source.document
        siblings = self._siblings()
        if not siblings:
            tail = document.utf8[len(document.utf8.rstrip()) :]
            lead = "" if not document.utf8.strip() else "\n" * max(3 - tail.count(b"\n"), 0)
            self.splices.replace(len(document.utf8), len(document.utf8), f"{lead}{text}\n")
            return
        is_plain = isinstance(member.node, ast.Assign | ast.AnnAssign | ast.Expr)
        is_import = isinstance(self.scope.body[-1], IMPORTS)
        blank = 1 if isinstance(self.scope, ast.ClassDef) or (is_plain and is_import) else 2
        end = siblings[-1][1]
        self.splices.replace(end, end, "\n" * (blank + 1) + text)

    def _indent(self) -> str:
        if isinstance(self.scope, ast.Module):
            return ""
        return self.source.document.indent_at(self.source.start(self.scope.body[0]))

    def _gap(self, index: int) -> int:
        """How many newlines stand above a member in the new text."""
        both = list(self.theirs.values())
        if not index:
            return 1
        utf8 = both[index].source.document.utf8
        return utf8[both[index - 1].end : both[index].start].count(b"\n")

    def _gap_below(self, index: int) -> int:
        both = list(self.theirs.values())
        if index + 1 == len(both):
            return 1
        utf8 = both[index].source.document.utf8
        return utf8[both[index].end : both[index + 1].start].count(b"\n")

    def _least(self, above: Member, below: Member) -> int:
        """How many newlines there must be between two members: blank lines around functions and classes."""
        blocks = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        if not isinstance(above.node, blocks) and not isinstance(below.node, blocks):
            return 1
        return 3 if isinstance(self.scope, ast.Module) else 2
