"""Which modules what is found in a module can depend on."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from django_layers.architecture.facts.statements import Import
from django_layers.architecture.names.known_models import KnownModels
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Module

__all__ = ["Dependence", "dependents"]

_OF_ENTITIES = frozenset({"models", "schemas"})


class Dependence:
    """Works out on which modules each module depends directly.

    A module depends on what it imports, on the packages above that, and on all that is in a package that it imports as a
    whole, since attributes lead there. Models depend on those that they have relations with, in both directions, and the
    models and schemas of one app on each other, which are compared.

    Args:
        project: the modules, of which none is read for this.
        known: what is known of their models.
    """

    def __init__(self, project: Project, known: KnownModels) -> None:
        self._project = project
        self._sorted = sorted(project.modules)
        self._related: dict[str, set[str]] = {}
        for model, (to_one, to_many) in known.relations.items():
            own = known.modules[model]
            for target in (*to_one.values(), *to_many.values()):
                other = known.modules.get(target)
                if other is not None:
                    self._related.setdefault(own, set()).add(other)
                    self._related.setdefault(other, set()).add(own)
        self._of_entities: dict[str, list[str]] = {}
        for place, names in project.named_at.items():
            if place.part in _OF_ENTITIES:
                self._of_entities.setdefault(place.app, []).extend(names)

    def of(self, module: Module) -> frozenset[str]:
        """Return the modules that a module depends on directly."""
        found = set(self._related.get(module.name, ()))
        if module.source.place.part in _OF_ENTITIES:
            found.update(self._of_entities[module.source.place.app])
        for one in module.facts.imports:
            found.update(self._of_import(one, module))
        return frozenset(found - {module.name})

    def _of_import(self, one: Import, module: Module) -> Iterator[str]:
        name = self._project.absolute(one, module)
        parts = name.split(".")
        names = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
        if one.name and one.name != "*":
            names.append(f"{name}.{one.name}")
        for each in names:
            found = self._project.module_name(each, module)
            if found is not None:
                yield found
        # What an import binds is a package where there are modules below it.
        whole = names[-1] if one.name or one.bound != parts[0] else parts[0]
        if one.name != "*":
            yield from self._below(self._project.module_name(whole, module) or whole)

    def _below(self, package: str) -> Iterator[str]:
        start = f"{package}."
        at = bisect_left(self._sorted, start)
        while at < len(self._sorted) and self._sorted[at].startswith(start):
            yield self._sorted[at]
            at += 1


def dependents(changed: Iterable[int], users: Sequence[Sequence[int]]) -> frozenset[int]:
    """Return what depends on something, directly or through others, itself included.

    Args:
        changed: the positions of what has changed.
        users: by position, the positions of those that depend on each directly.
    """
    found = set(changed)
    waiting = list(found)
    for position in waiting:
        new = [one for one in users[position] if one not in found]
        found.update(new)
        waiting += new
    return frozenset(found)
