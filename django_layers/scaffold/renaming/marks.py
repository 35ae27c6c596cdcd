"""How the places of a module that say the names in question are told: where each starts, and what takes its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django_layers.scaffold.renaming.index import Module
from django_layers.scaffold.renaming.inference import Inference
from django_layers.scaffold.renaming.roles import Roles

__all__ = ["Marks", "Place", "Site"]

_PATH = re.compile(r"[-+]?[a-z]\w*")
_DEFINED = re.compile(rb"(?:async\s+def|def|class)\s+")


@dataclass(frozen=True, slots=True)
class Site:
    """One place that says a name in question.

    Attributes:
        start: the offset of its first byte.
        end: the offset after its last one.
        old: the name, or the string that holds it.
        new: what takes its place; empty where nothing does.
        certain: whether it certainly means the entity.
    """

    start: int
    end: int
    old: str
    new: str
    certain: bool = True


@dataclass(frozen=True)
class Place:
    """Where in the module a node stands.

    Attributes:
        inference: what is known there.
        owner: the dotted name of the class whose body it is in; empty outside of one.
        own: what takes the place of the names that the body of the class defines.
        model: the class of the model that strings and lookups are about; None where they may be about anything.
        strings: other strings that are in question there.
        inside: what takes the place of the locals of the function that it is in.
        texts: whether strings of the entity's own modules count.
    """

    inference: Inference
    owner: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    model: str | None = None
    strings: Mapping[str, str] = field(default_factory=dict)
    inside: Mapping[str, str] = field(default_factory=dict)
    texts: bool = True


@dataclass(frozen=True)
class Marks:
    """Makes sites of single nodes.

    Attributes:
        roles: the names in question.
        module: the module that the nodes are of.
    """

    roles: Roles
    module: Module

    def imported(self, node: ast.ImportFrom) -> Iterator[Site]:
        """Give the names in question that an import names."""
        names, index = self.roles.subject.names, self.roles.index
        base = self.module.absolute("." * node.level + (node.module or ""))
        for alias in node.names:
            symbol = index.resolve(f"{base}.{alias.name}")
            if symbol is not None and symbol.name in names and symbol.name.rpartition(".")[2] == alias.name:
                start = self.module.document.start(alias)
                yield self.symbol(start, alias.name, names[symbol.name])

    def name(self, node: ast.Name, name: str, place: Place) -> Iterator[Site]:
        """Give a name, where it stands for one that a module of the entity defines, or is a local in question."""
        if name in place.inference.known:
            yield from self.local(node, name, place)
            return
        symbol = self.roles.index.resolve(self.roles.index.dotted(node, self.module))
        names = self.roles.subject.names
        if symbol is not None and symbol.name in names and symbol.name.rpartition(".")[2] == name:
            yield self.symbol(self.module.document.start(node), name, names[symbol.name])

    def local(self, node: ast.Name | ast.arg, name: str, place: Place) -> Iterator[Site]:
        """Give a local or a parameter in question."""
        if name in place.inside and place.inside[name] not in place.inference.known:
            start = self.module.document.start(node)
            yield Site(start, start + len(name.encode()), name, place.inside[name])

    def symbol(self, start: int, old: str, new: str) -> Site:
        """Return the place of what a module of the entity defines."""
        # A module that calls something else so already is for its author to sort out.
        taken = new in self.module.definitions or new in self.module.imports
        is_swapped = any(name.rpartition(".")[2] == new for name in self.roles.subject.names)
        return Site(start, start + len(old.encode()), old, new, certain=not taken or is_swapped)

    def definition(self, node: ast.stmt, old: str, new: str | None) -> Iterator[Site]:
        """Give the name in the first line of a class or a function."""
        if new is None:
            return
        document = self.module.document
        found = _DEFINED.match(document.utf8, document.start(node))
        if found is not None:
            yield Site(found.end(), found.end() + len(old.encode()), old, new)

    def string(self, node: ast.expr, old: str, new: str | None) -> Iterator[Site]:
        """Give the place of a name inside of its string, where that says it without escapes."""
        if new is None:
            return
        document = self.module.document
        start, end = document.start(node), document.end(node)
        at = document.utf8.find(old.encode(), start, end)
        if at >= 0:
            yield Site(at, at + len(old.encode()), old, new)

    def constant(self, node: ast.Constant, text: str, place: Place) -> Iterator[Site]:
        """Give a string that is a name in question, a path of the ORM to it, or generated text about it."""
        texts = self.roles.subject.texts.get(self.module.name, {}) if place.texts else {}
        new = texts.get(text) or self.roles.path(place.model, text)
        if new is None:
            new = place.strings.get(text)
        if new is not None:
            yield from self.string(node, text, new)
        elif _PATH.fullmatch(text) and {text.lstrip("-+"), *text.lstrip("-+").split("__")} & self.roles.subject.words:
            start = self.module.document.start(node)
            yield Site(start, self.module.document.end(node), text, "", certain=False)

    def keyword(self, keyword: ast.keyword, new: str | None) -> Iterator[Site]:
        """Give the name of a keyword argument."""
        if new is not None and keyword.arg is not None:
            start = self.module.document.start(keyword)
            yield Site(start, start + len(keyword.arg.encode()), keyword.arg, new)
