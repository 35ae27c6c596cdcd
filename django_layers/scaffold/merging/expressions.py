"""Merging code below a statement: tokens, and the elements of brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django_layers.scaffold.merging.diff3 import regions
from django_layers.scaffold.merging.edits import Clash, Splices
from django_layers.scaffold.merging.result import Skipped
from django_layers.scaffold.merging.source import Source
from django_layers.scaffold.merging.tokens import Atom, Element, Group, Item, key_of

_CALLABLE_END = frozenset({")", "]"})


@dataclass(frozen=True)
class Expressions:
    """Merges code of a base and a new text into the user's file."""

    base: Source
    mine: Source
    theirs: Source
    splices: Splices
    skipped: list[Skipped]

    def merge(
        self, base: Sequence[Item], mine: Sequence[Item], theirs: Sequence[Item], *, is_class: bool = False
    ) -> None:
        """Bring what changed from the base to the new code into the user's.

        Args:
            base: The code that both come from.
            mine: The user's.
            theirs: The new one.
            is_class: Whether the brackets are those of a class, whose arguments have no positions that matter.

        Raises:
            Clash: both changed the same tokens.
        """
        for region in regions(*([item.weak_key for item in items] for items in (base, mine, theirs))):
            old, own, new = base[region.base], mine[region.mine], theirs[region.theirs]
            if key_of(old) == key_of(new) or key_of(own) == key_of(new):
                continue
            if region.is_stable:
                assert isinstance(old[0], Group)
                assert isinstance(own[0], Group)
                assert isinstance(new[0], Group)
                is_call = _is_call(mine, region.mine.start) and not is_class
                self.elements(old[0], own[0], new[0], is_call=is_call)
            elif key_of(old) == key_of(own):
                self.tokens(mine, region.mine, theirs, region.theirs)
            else:
                raise Clash(f"`{self._says(self.mine, own)}` and `{self._says(self.theirs, new)}` stand in one place")

    def tokens(self, mine: Sequence[Item], place: slice, theirs: Sequence[Item], new: slice) -> None:
        """Put tokens of the new code in the place of those that the user did not change.

        Args:
            mine: The user's code.
            place: Where the tokens lie in it.
            theirs: The new code.
            new: Where what replaces them lies in that.

        Raises:
            Clash: a comment would go with them.
        """
        own, their = mine[place], theirs[new]
        if own and their:
            text = self.theirs.text(their[0].start, their[-1].end)
            self.splices.replace(own[0].start, own[-1].end, text)
        elif own:
            start = mine[place.start - 1].end if place.start else own[0].start
            end = own[-1].end if place.start else (mine[place.stop].start if place.stop < len(mine) else own[-1].end)
            if self.mine.tokens.comments(start, end):
                raise Clash("code with a comment of yours in it is no longer generated")
            self.splices.replace(start, end, "")
        elif place.start:
            # With the white space that stands before it in the new code.
            start = theirs[new.start - 1].end if new.start else their[0].start
            at = mine[place.start - 1].end
            self.splices.replace(at, at, self.theirs.text(start, their[-1].end))
        else:
            end = theirs[new.stop].start if new.stop < len(theirs) else their[-1].end
            at = mine[place.stop].start if place.stop < len(mine) else 0
            self.splices.replace(at, at, self.theirs.text(their[0].start, end))

    def elements(self, base: Group, mine: Group, theirs: Group, *, is_call: bool) -> None:
        """Bring what changed between the elements of two brackets into the user's.

        Args:
            base: The bracket that both come from.
            mine: The user's.
            theirs: The new one.
            is_call: Whether what has no name in it is told apart by its position.

        Raises:
            Clash: both changed the same element.
        """
        old, own, new = (_keyed(group, is_call=is_call) for group in (base, mine, theirs))
        for key, element in old.items():
            if key in own and key in new:
                self._element(element, own[key], new[key])
            elif key in own:
                if own[key].key != element.key:
                    raise Clash(f"`{self._says(self.mine, own[key].items)}` was edited and is no longer generated")
            elif key in new and new[key].key != element.key:
                # Whose member it is in is for the caller to say.
                self.skipped.append(Skipped("", self._says(self.theirs, new[key].items)))
        for key in new.keys() & own.keys() - old.keys():
            if new[key].key != own[key].key:
                raise Clash(f"`{self._says(self.mine, own[key].items)}` was added differently on both sides")
        rewritten = self.rewritten(old, own, new)
        gone = {key for key in own if key in old and key not in new}
        added = [key for key in new if key not in old and key not in own and key not in rewritten]
        if gone or added:
            _Elements(self, mine, own).change(gone, {key: _anchor(key, new, own, gone) for key in added}, new)

    def rewritten(self, old: dict[str, Element], own: dict[str, Element], new: dict[str, Element]) -> set[str]:
        """Merge elements without a name that both changed, and return the keys of the new ones.

        What is the same to the first bracket is taken for one element, as with statements.
        """
        rewritten: set[str] = set()
        for key, element in old.items():
            if key in own or key in new:
                continue
            mine, theirs = (
                [each for each in other if each not in old and other[each].weak_key == element.weak_key]
                for other in (own, new)
            )
            if not theirs:
                if mine:
                    raise Clash(f"`{self._says(self.mine, own[mine[0]].items)}` was edited and is no longer generated")
            elif len(theirs) > 1 or len(mine) > 1:
                raise Clash(f"it is not clear what became of `{self._says(self.base, element.items)}`")
            else:
                rewritten.add(theirs[0])
                if mine:
                    self._element(element, own[mine[0]], new[theirs[0]])
                else:
                    self.skipped.append(Skipped("", self._says(self.theirs, new[theirs[0]].items)))
        return rewritten

    def _element(self, base: Element, mine: Element, theirs: Element) -> None:
        if base.key != theirs.key:
            self.merge(base.items, mine.items, theirs.items)

    def _says(self, source: Source, items: Sequence[Item]) -> str:
        return " ".join(source.text(items[0].start, items[-1].end).split()) if items else ""

    def code_of(self, element: Element) -> str:
        """The new text of an element, without its comma."""
        return self.theirs.text(element.start, element.end)


def _is_call(items: Sequence[Item], index: int) -> bool:
    """Whether the bracket at an index holds arguments or parameters, which are told apart by position or by name."""
    if items[index].weak_key != "(" or index == 0:
        return False
    before = items[index - 1]
    if isinstance(before, Group):
        return before.opener in "(["
    return before.text.isidentifier() and before.text not in {"in", "return", "not", "and", "or", "is", "if", "else"}


def _keyed(group: Group, *, is_call: bool) -> dict[str, Element]:
    """The elements of a bracket by what they are recognised by."""
    keyed: dict[str, Element] = {}
    for index, element in enumerate(group.elements):
        key = _name(element, group.opener) or (f"#{index}" if is_call else element.key)
        while key in keyed:
            key += "'"
        keyed[key] = element
    return keyed


def _name(element: Element, opener: str) -> str | None:
    """What an element is called: its keyword, its key in a dictionary, or the name that an object in a list is given."""
    items = element.items
    texts = [item.text if isinstance(item, Atom) else "" for item in items]
    if opener == "{" and ":" in texts:
        return key_of(items[: texts.index(":")]) + ":"
    if opener == "(" and len(texts) > 1 and texts[1] in {"=", ":"} and texts[0].isidentifier():
        return texts[0]
    if opener == "(" and texts[0] in {"*", "**", "/"}:
        return "".join(texts[:2])
    last = items[-1]
    if isinstance(last, Group) and last.opener == "(" and len(items) > 1:
        for inner in last.elements:
            if inner.key.startswith("name\0=\0"):
                return f"{key_of(items[:-1])}({inner.key})"
    return None


def _anchor(key: str, new: dict[str, Element], own: dict[str, Element], gone: set[str]) -> str | None:
    """The element of the user's that a new one comes after; None where it comes first."""
    keys = list(new)
    for before in reversed(keys[: keys.index(key)]):
        if before in own and before not in gone:
            return before
    for after in keys[keys.index(key) + 1 :]:
        if after in own and after not in gone:
            mine = list(own)
            kept = [each for each in mine[: mine.index(after)] if each not in gone]
            return kept[-1] if kept else None
    kept = [each for each in own if each not in gone]
    return kept[-1] if kept else None


@dataclass(frozen=True)
class _Elements:
    """Changes the elements of one bracket of the user's file, in the way in which they are written."""

    expressions: Expressions
    group: Group
    keyed: dict[str, Element]

    def change(self, gone: set[str], anchors: dict[str, str | None], new: dict[str, Element]) -> None:
        """Take elements out and put others in.

        Args:
            gone: The keys of what goes.
            anchors: The key of what each new element comes after, in order; None where it comes first.
            new: The new elements.
        """
        source = self.expressions.mine
        document = source.document
        kept = [key for key in self.keyed if key not in gone]
        is_tall = bool(self.group.elements) and all(document.leads_line(each.start) for each in self.group.elements)
        if source.tokens.comments(self.group.start, self.group.end) and not is_tall:
            raise Clash("there is a comment in a list that isn't written with one element a line")
        if is_tall and document.leads_line(self.group.end - 1):
            self._by_line(gone, anchors, new)
            return
        # On one line, or on a few: written again, each element as it is.
        order: list[str] = list(kept)
        for key, anchor in anchors.items():
            at = 0 if anchor is None else order.index(anchor) + 1
            while at < len(order) and order[at] in anchors and anchors[order[at]] == anchor:
                at += 1
            order.insert(at, key)
        texts = [
            self.expressions.code_of(new[key])
            if key in anchors
            else source.text(self.keyed[key].start, self.keyed[key].end)
            for key in order
        ]
        inside = ", ".join(texts)
        if len(order) == 1 and self.group.opener == "(" and self.group.elements and self.group.elements[-1].comma:
            inside += ","
        first, last = self.group.start + 1, self.group.end - 1
        self.expressions.splices.replace(first, last, inside)

    def _by_line(self, gone: set[str], anchors: dict[str, str | None], new: dict[str, Element]) -> None:
        source, splices = self.expressions.mine, self.expressions.splices
        document = source.document
        indent = document.indent_at(self.group.elements[0].start)
        floor = document.next_line(self.group.start)
        last = self.group.elements[-1]
        for element in self.group.elements:
            top = document.above_comments(element.start, floor)
            floor = document.next_line(element.after)
            key = next(name for name, each in self.keyed.items() if each is element)
            if key in gone:
                if source.tokens.comments(top, floor):
                    raise Clash("an element with a comment of yours is no longer generated")
                splices.replace(top, floor, "")
        for key, anchor in anchors.items():
            text = self._indented(self.expressions.code_of(new[key]), key, new, indent)
            if anchor is None:
                at = document.next_line(self.group.start)
            else:
                before = self.keyed[anchor]
                at = document.next_line(before.after)
                if before.comma is None and before is last:
                    splices.replace(before.end, before.end, ",")
            splices.replace(at, at, f"{indent}{text},\n")

    def _indented(self, code: str, key: str, new: dict[str, Element], indent: str) -> str:
        theirs = self.expressions.theirs.document
        return reindented(code, theirs.indent_at(new[key].start), indent)


def reindented(code: str, old: str, new: str) -> str:
    """Return lines of code with another indentation; the first one has none.

    Args:
        code: The lines.
        old: What the lines after the first start with.
        new: What they are to start with.
    """
    if old == new:
        return code
    first, *rest = code.split("\n")
    return "\n".join([first, *(new + line.removeprefix(old) if line.startswith(old) else line for line in rest)])
