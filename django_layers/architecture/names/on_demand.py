"""The modules of a project, each read when it is first asked for."""

from collections.abc import Callable, Iterator, Mapping

from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.names.symbols import Module
from django_layers.architecture.names.top_level import as_module
from django_layers.architecture.tree.discovery import Source

__all__ = ["ModulesOnDemand"]


class ModulesOnDemand(Mapping[str, Module]):
    """Modules by name; a look whether there is one reads nothing.

    Args:
        sources: where they are, by name.
        read: gives what one says; None where it cannot be read, so that it is as if there were none.
    """

    def __init__(self, sources: Mapping[str, Source], read: Callable[[Source], ModuleFacts | None]) -> None:
        self._sources = sources
        self._read = read
        self._found: dict[str, Module | None] = {}

    def __getitem__(self, name: str) -> Module:
        if name not in self._found:
            source = self._sources[name]
            facts = self._read(source)
            self._found[name] = None if facts is None else as_module(source, facts)
        found = self._found[name]
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)
