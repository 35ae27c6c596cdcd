"""Where a project keeps its layers."""

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from django_layers.layers import MARKERS, NAMES, layer_at

__all__ = ["Layout", "excluded_by"]


class Layout(NamedTuple):
    """Where a project keeps its layers.

    Attributes:
        folder: what the paths of the configuration are relative to; None without a configuration.
        names: for every layer the modules and packages that hold it.
        roots: folders that names start in, besides those that are found.
        apps: dotted packages that are layered apps whatever they hold.
        excluded: patterns of paths that are not read.
    """

    folder: Path | None = None
    names: Mapping[str, tuple[str, ...]] = NAMES
    roots: tuple[Path, ...] = ()
    apps: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def layer_of(self, inside: tuple[str, ...]) -> str:
        """Return the layer of a module, by the parts of its name inside of its app; empty where it is in none."""
        return layer_at(inside, self.names)

    def excluding(self, path: Path) -> list[str]:
        """Return the patterns that exclude a file or folder."""
        if self.folder is None or not self.excluded:
            return []
        relative = os.path.relpath(path, self.folder).replace(os.sep, "/")
        return [pattern for pattern in self.excluded if excluded_by(pattern, relative)]

    def markers(self) -> dict[str, str]:
        """Return the names in an app by which it counts as layered, with the layer that each stands for."""
        return {one: layer for layer in MARKERS for one in self.names[layer] if "." not in one}


def excluded_by(pattern: str, path: str) -> bool:
    """Tell whether a pattern matches a path or a folder that it is in.

    Args:
        pattern: a path, or one with `*`, `?` and `[...]`; `*` reaches over slashes.
        path: relative, with slashes.
    """
    pattern = pattern.strip("/").removeprefix("./")
    parts = path.split("/")
    return any(fnmatchcase("/".join(parts[:end]), pattern) for end in range(1, len(parts) + 1))
