"""Which layers a name of a module of no layer leads to: through what it uses, and not through what its neighbours use."""

from collections.abc import Iterator
from typing import TypeAlias

from django_layers.architecture.facts.expressions import Name
from django_layers.architecture.facts.statements import ClassFacts, FunctionFacts, Import
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Module

__all__ = ["Reach", "is_no_layer"]

_Node: TypeAlias = tuple[Module, str]


def is_no_layer(module: Module) -> bool:
    """Tell whether a module belongs to no layer and is no other way into an app."""
    place = module.source.place
    return not place.app or place.part in {"unassigned", "package"}


class Reach:
    """Follows names through modules of no layer.

    Args:
        project: the modules.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._next_to: dict[tuple[str, str], tuple[_Node, ...]] = {}
        self._reached: dict[tuple[str, str], tuple[tuple[Module, tuple[str, ...]], ...]] = {}

    def layered(self, module: Module, name: str) -> tuple[tuple[Module, tuple[str, ...]], ...]:
        """Return the modules of layers that a name leads to, the nearest first, each with the modules on the way.

        Args:
            module: a module of no layer.
            name: a name at its top level; empty for all that it imports.
        """
        key = (module.name, name)
        if key not in self._reached:
            self._reached[key] = tuple(self._search(module, name))
        return self._reached[key]

    def _search(self, module: Module, name: str) -> Iterator[tuple[Module, tuple[str, ...]]]:
        waiting: list[tuple[_Node, tuple[str, ...]]] = [((module, name), (module.name,))]
        seen, told = {(module.name, name)}, set()
        for (inner, used), chain in waiting:
            for target, wanted in self._steps(inner, used):
                way = chain if target is inner else (*chain, target.name)
                if not is_no_layer(target):
                    if target.name not in told:
                        told.add(target.name)
                        yield target, way
                elif (target.name, wanted) not in seen:
                    seen.add((target.name, wanted))
                    waiting.append(((target, wanted), way))

    def _steps(self, module: Module, name: str) -> tuple[_Node, ...]:
        key = (module.name, name)
        if key not in self._next_to:
            self._next_to[key] = tuple(self._next(module, name))
        return self._next_to[key]

    def _next(self, module: Module, name: str) -> Iterator[_Node]:
        """Walk what a name is made of: other names of its module, and what is imported for it."""
        bound = module.names.get(name)
        if isinstance(bound, Import):
            yield from self._imported(bound, module)
        elif bound is None:
            imports = module.facts.imports if not name else module.stars
            for one in imports:
                yield from self._imported(one, module, name)
        else:
            yield from ((module, used) for used in dict.fromkeys(_names_in(bound)) if used in module.names)
            if isinstance(bound, FunctionFacts | ClassFacts):
                scope = f"{bound.qualname}."
                for one in module.facts.imports:
                    if f"{one.scope}.".startswith(scope):
                        yield from self._imported(one, module)

    def _imported(self, one: Import, module: Module, name: str = "") -> Iterator[_Node]:
        if one.context == "type-checking":
            return
        found = self._project.module(self._project.absolute(one, module), module)
        if one.name == "*":
            if found is not None and found is not module:
                yield found, name
        elif not one.name:
            if found is not None:
                yield found, ""
        elif found is not None and one.name in found.names:
            yield found, one.name
        else:
            inner = self._project.module(f"{self._project.absolute(one, module)}.{one.name}", module)
            if inner is not None:
                yield inner, ""
            elif found is not None and found is not module:
                yield found, one.name


def _names_in(part: object) -> Iterator[str]:
    """Walk the names that a definition or an expression uses, without recursion: it may be nested deeply."""
    waiting = [part]
    while waiting:
        one = waiting.pop()
        match one:
            case Name():
                yield one.id
            case tuple():
                waiting += one
            case FunctionFacts():
                waiting += [one.decorators, one.body, one.returns, *(each.annotation for each in one.parameters)]
            case ClassFacts():
                waiting += [one.bases, one.keywords, one.decorators, one.body]
            case _:
                pass
