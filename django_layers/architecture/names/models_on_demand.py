"""The models of a project, each read when it is first asked for."""

from collections.abc import Callable, Container, Iterator, Mapping

from django_layers.architecture.names.known_models import KnownModels
from django_layers.architecture.names.model import Model, Related

__all__ = ["ModelsOnDemand", "RelatedOnDemand"]


class ModelsOnDemand(Mapping[str, Model]):
    """Models that are read when they are asked for."""

    def __init__(self, known: KnownModels, read: Callable[[str, KnownModels], Model]) -> None:
        self._known = known
        self._read = read
        self._found: dict[str, Model] = {}

    def __getitem__(self, name: str) -> Model:
        if name not in self._found:
            if name not in self._known.modules:
                raise KeyError(name)
            self._found[name] = self._read(name, self._known)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known.modules)

    def __len__(self) -> int:
        return len(self._known.modules)

    def __contains__(self, name: object) -> bool:
        return name in self._known.modules


class RelatedOnDemand(Mapping[str, Related]):
    """Models that are read, and for others what these make on them."""

    def __init__(self, own: Mapping[str, Model], every: Container[str]) -> None:
        self._own = own
        self._every = every
        self.found: dict[str, Related] = {}

    def __getitem__(self, name: str) -> Related:
        if name in self._own:
            return self._own[name]
        if name not in self._every:
            raise KeyError(name)
        return self.found.setdefault(name, Related())

    def __iter__(self) -> Iterator[str]:
        return iter((*self._own, *self.found))

    def __len__(self) -> int:
        return len(self._own) + len(self.found)
