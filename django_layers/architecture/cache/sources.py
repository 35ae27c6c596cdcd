"""The sources of an earlier run, each of which is only made where it is asked for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from django_layers.architecture.cache.store import Row
from django_layers.architecture.tree.discovery import Source
from django_layers.architecture.tree.places import Place

__all__ = ["Sources"]

_PATH, _NAME, _ROOT, _APP, _PART = range(5)


class Sources(Sequence[Source]):
    """The sources that some rows stand for, by position.

    Args:
        rows: what `encoded_source` gave.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._made: dict[int, Source] = {}
        self._positions = {str(row[_NAME]): at for at, row in enumerate(rows)}
        self._folders: dict[str, Path] = {}

    def __getitem__(self, at: int) -> Source:  # type: ignore[override]  # nobody asks for a part of them
        if at not in self._made:
            path, name, root, app, part = map(str, self._rows[at])
            self._made[at] = Source(Path(path), name, self.folder(root), Place(app, part))
        return self._made[at]

    def __len__(self) -> int:
        return len(self._rows)

    def folder(self, path: str) -> Path:
        """Return a folder, the same for the same path."""
        if path not in self._folders:
            self._folders[path] = Path(path)
        return self._folders[path]

    def position(self, path: str) -> int | None:
        """Return where the source of a file is; None where it has none."""
        return next((at for at, row in enumerate(self._rows) if row[_PATH] == path), None)

    def named(self, but: Collection[str]) -> Mapping[str, Source]:
        """Return the sources by their names, without some names."""
        return _ByName(self, {name: at for name, at in self._positions.items() if name not in but})

    def named_at(self, but: Collection[str]) -> Mapping[Place, Sequence[str]]:
        """Return the names of the modules at each place, without some names."""
        found: dict[tuple[str, str], list[str]] = {}
        for row in self._rows:
            name, app, part = str(row[_NAME]), str(row[_APP]), str(row[_PART])
            if name not in but:
                found.setdefault((app, part), []).append(name)
        return {Place(app, part): names for (app, part), names in found.items()}


class _ByName(Mapping[str, Source]):
    def __init__(self, sources: Sources, positions: Mapping[str, int]) -> None:
        self._sources = sources
        self._positions = positions

    def __getitem__(self, name: str) -> Source:
        return self._sources[self._positions[name]]

    def __contains__(self, name: object) -> bool:
        return name in self._positions

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._positions)
