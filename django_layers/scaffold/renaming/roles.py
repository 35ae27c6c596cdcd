"""Which names of a value, of a call or of a lookup are those in question."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django_layers.scaffold.renaming.index import Index
from django_layers.scaffold.renaming.orm import factory_product, relation
from django_layers.scaffold.renaming.subject import Subject, members_of

__all__ = ["Roles"]


@dataclass(frozen=True)
class Roles:
    """Says what takes the place of a name, by what has it.

    Attributes:
        subject: the names in question.
        index: the modules of the project.
        reverse: the ways back of models: by the class that has them, name and class that they lead to.
    """

    subject: Subject
    index: Index
    reverse: dict[str, dict[str, str]]

    def of_class(self, name: str) -> Mapping[str, str]:
        """Return the names in question that a class has, those of its bases included."""
        symbol = self.index.resolve(name)
        found: dict[str, str] = {}
        for base in self.index.bases(symbol) if symbol is not None and symbol.node is not None else ():
            found = {**self.subject.members.get(base.name, {}), **found}
        return found

    def of_arguments(self, name: str) -> Mapping[str, str]:
        """Return the names in question among the keyword arguments that make an instance of a class."""
        symbol = self.index.resolve(name)
        product = None
        if symbol is not None and symbol.node is not None:
            product = factory_product(self.index, symbol)
        return {**(self.of_class(product) if product else {}), **self.of_class(name)}

    def taken(self) -> Iterator[tuple[str, str]]:
        """Give the classes that define a name already which is to take the place of another one, each with it."""
        for owner, names in self.subject.members.items():
            symbol = self.index.resolve(owner)
            defined = members_of(symbol.node) if symbol is not None and isinstance(symbol.node, ast.ClassDef) else []
            yield from ((owner, new) for old, new in names.items() if new in defined and new not in names)

    def path(self, model: str | None, text: str) -> str | None:
        """Return a path of the ORM with the names that take the place of those in question.

        Args:
            model: the dotted name of the class of the model that it starts at; None where that isn't known.
            text: the path, "-recipe__title" or "stars__gte".

        Returns:
            The path, None where none of the names in question is in it; empty where one of them goes for good.
        """
        sign = text[:1] if text[:1] in {"-", "+", "?"} else ""
        segments, found, gone = text.removeprefix(sign).split("__"), False, False
        for position, segment in enumerate(segments):
            if model is None:
                break
            own = self.of_class(model)
            if segment in own:
                found, gone = True, gone or not own[segment]
                segments[position] = own[segment]
            model = relation(self.index, model, segment, self.reverse)
        if not found:
            return None
        return "" if gone else sign + "__".join(segments)
